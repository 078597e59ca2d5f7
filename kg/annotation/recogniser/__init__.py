"""The trained recogniser: names that are in no list, by a small transformer over characters."""

from kg.annotation.recogniser.recogniser import NEWS, Found, Recogniser, load_recogniser

__all__ = ["NEWS", "Found", "Recogniser", "load_recogniser"]
