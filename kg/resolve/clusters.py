"""Sets of mentions that are judged to be one thing, with the judgements that made them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping


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

    def union(self, left: str, right: str) -> bool:
        """Put the sets of both together; always True."""
        low, high = sorted((self.find(left), self.find(right)))
        self._parent[high] = low
        return True

    def items(self) -> list[str]:
        """Those that were ever put together with another, sorted."""
        return sorted(set(self._parent) | set(self._parent.values()))

    def groups(self, items: Iterable[str]) -> dict[str, list[str]]:
        """The sets among *items*, under their names, members in the order given."""
        found: dict[str, list[str]] = defaultdict(list)
        for item in items:
            found[self.find(item)].append(item)
        return dict(found)


class Apart(UnionFind):
    """Disjoint sets of which some must not meet: a union that would join two of them is refused.

    *pairs* are keys that must stay apart; *keys* gives each item's (the item itself by default).
    """

    def __init__(
        self, pairs: Iterable[tuple[str, str]], keys: Mapping[str, Iterable[str]] | None = None
    ) -> None:
        super().__init__()
        self._foes: dict[str, set[str]] = defaultdict(set)
        for left, right in pairs:
            self._foes[left].add(right)
            self._foes[right].add(left)
        self._own = keys or {}
        self._keys: dict[str, set[str]] = {}

    def union(self, left: str, right: str) -> bool:
        """Put the sets of both together; False if they must stay apart."""
        ours, theirs = (self._keys_of(self.find(item)) for item in (left, right))
        small, large = sorted((ours, theirs), key=len)
        if any(not self._foes[key].isdisjoint(large) for key in small if key in self._foes):
            return False
        super().union(left, right)
        large |= small
        self._keys[self.find(left)] = large
        return True

    def _keys_of(self, root: str) -> set[str]:
        return self._keys.setdefault(root, set(self._own.get(root, (root,))))


class Between:
    """The scores of pairs between sets, added up as the sets are put together.

    *scored* are (left, right, score) of single items, each pair once.
    """

    def __init__(self, scored: Iterable[tuple[str, str, float]]) -> None:
        self._sums: dict[str, dict[str, tuple[float, int]]] = defaultdict(dict)
        for left, right, score in scored:
            self._sums[left][right] = self._sums[right][left] = (score, 1)

    def mean(self, one: str, other: str) -> float:
        """The mean score of the pairs between two sets, by their names; 0 if there is none."""
        total, count = self._sums[one].get(other, (0.0, 1))
        return total / count

    def merge(self, one: str, other: str, name: str) -> None:
        """The sets *one* and *other* are now one of this *name*, that of either."""
        gone = other if name == one else one
        ours, theirs = self._sums[name], self._sums.pop(gone, {})
        ours.pop(gone, None)
        theirs.pop(name, None)
        for third, (total, count) in theirs.items():
            before = ours.get(third, (0.0, 0))
            ours[third] = self._sums[third][name] = (before[0] + total, before[1] + count)
            self._sums[third].pop(gone, None)
