"""Annotation: script, sentences, words, times, quantities and names, as spaCy components."""
