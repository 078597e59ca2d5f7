"""Where quads are kept and asked: one small protocol, one file a backend."""

from kg.store.base import BOOKS, Rows, Store, Value, replace_graphs
from kg.store.disk import DiskStore, load_disk
from kg.store.memory import MemoryStore, open_memory
from kg.store.opening import is_store, open_store

__all__ = [
    "BOOKS",
    "DiskStore",
    "MemoryStore",
    "Rows",
    "Store",
    "Value",
    "is_store",
    "load_disk",
    "open_memory",
    "open_store",
    "replace_graphs",
]
