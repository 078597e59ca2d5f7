"""Claimgraph: news becomes a knowledge graph whose every edge points at the sentence that says it."""

__version__ = "0.1.0"
