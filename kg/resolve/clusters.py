"""Sets of mentions that are judged to be one thing, with the judgements that made them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


class UnionFind:
    """Disjoint sets of strings; the smallest member names a set, so order does not matter."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, item: str) -> str:
        """The name of the set that holds *item*."""
        root = item
        while self._parent.get(root, root) != root:
            root = self._parent[root]
        while self._parent.get(item, item) != root:
            self._parent[item], item = root, self._parent[item]
        return root

    def union(self, left: str, right: str) -> None:
        """Put the sets of both together."""
        low, high = sorted((self.find(left), self.find(right)))
        self._parent[high] = low

    def groups(self, items: Iterable[str]) -> dict[str, list[str]]:
        """The sets among *items*, under their names, members in the order given."""
        found: dict[str, list[str]] = defaultdict(list)
        for item in items:
            found[self.find(item)].append(item)
        return dict(found)
