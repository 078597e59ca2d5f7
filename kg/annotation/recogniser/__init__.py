"""The trained recogniser: names that are in no list, by a small transformer over characters."""

from kg.annotation.recogniser.recogniser import Found, Recogniser, load_recogniser

__all__ = ["Found", "Recogniser", "load_recogniser"]
