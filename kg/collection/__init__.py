"""A graph that lives in a store: documents come, are corrected and go, readers judge."""

from kg.collection.collection import Collection, State

__all__ = ["Collection", "State"]
