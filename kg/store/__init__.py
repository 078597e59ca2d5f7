"""Where quads are kept and asked: one small protocol, one file a backend."""

from kg.store.base import Rows, Store, Value
from kg.store.memory import MemoryStore, open_memory

__all__ = ["MemoryStore", "Rows", "Store", "Value", "open_memory"]
