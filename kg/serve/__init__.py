"""The graph over HTTP: SPARQL, a page for each IRI, and nothing that a stranger could break.

What strangers send is parsed and evaluated only in worker processes that can be killed
(:mod:`kg.serve.pool`); this process reads requests, hands them on and writes answers.
"""
