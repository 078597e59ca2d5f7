"""Extraction: candidates for relations, events and metrics, by the frames of the lexicon."""
