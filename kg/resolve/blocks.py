"""Which profiles are compared at all: those that share a name, in some form of it.

The profiles fall into blocks that share nothing, and each block is judged by itself. So documents
can come and go one by one: only the blocks of their names are judged again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from kg.lexicon import ORGANIZATION, PERSON, load_lexicon
from kg.resolve.clusters import UnionFind
from kg.resolve.compare import Comparison, Features, compared, families, features
from kg.resolve.profiles import Profile

WINDOW = 24  # how many of the next by date one is compared with, where a name is in many documents
_SHORTEST = 2

Pair = tuple[Profile, Profile]


@cache
def short_forms(name: str, cls: str) -> frozenset[str]:
    """What a thing of this name is also called, by the form alone.

    A firm without its legal form (华为技术有限公司: 华为技术), a foreigner by the last part.
    """
    if PERSON in families(cls):
        return frozenset(part for part in name.split("·")[1:] if len(part) >= _SHORTEST)
    if ORGANIZATION in families(cls):
        formal = sorted(load_lexicon().words("lex:Formal"), key=len, reverse=True)
        stem = next((name.removesuffix(form) for form in formal if name.endswith(form)), name)
        return frozenset({stem} if _SHORTEST <= len(stem) < len(name) else ())
    return frozenset()


def tokens_of(profile: Profile) -> frozenset[str]:
    """The names by which a profile finds others; profiles without a common one never meet."""
    return profile.names | {profile.key} | short_forms(profile.key, profile.cls)


def blocks(profiles: Iterable[Profile]) -> Iterator[list[Profile]]:
    """The profiles that are tied by common names, over others too, as long as there are two.

    A name that only known entities have ties nothing: who these are is known, and of the most of
    them there are more with each document. Sorted, whatever the order given.
    """
    ordered = sorted(profiles, key=order)
    borne = {token for p in ordered if not p.known for token in tokens_of(p)}
    tied = [(profile, sorted(tokens_of(profile) & borne)) for profile in ordered]
    sets = UnionFind()
    for _, tokens in tied:
        for token in tokens[1:]:
            sets.union(tokens[0], token)
    found: dict[str, list[Profile]] = defaultdict(list)
    for profile, tokens in tied:
        if tokens:
            found[sets.find(tokens[0])].append(profile)
    for root in sorted(found):
        if len(found[root]) > 1:
            yield found[root]


def order(profile: Profile) -> tuple[str, str, str]:
    """By date, then by document: neighbours in it are told of together."""
    return profile.published or "~", profile.document, profile.iri


def affected(
    changed: Iterable[Profile],
    unknown: Callable[[str], Iterable[Profile]],
    known: Callable[[str], Iterable[Profile]],
) -> list[Profile]:
    """The profiles of all blocks that *changed* are or were in, which must be judged again.

    *unknown* and *known* look up, by token, the profiles that there are now (:func:`tokens_of`),
    known entities apart from the others, for most of their blocks need no judging.
    """
    changed = list(changed)
    waiting = {token for profile in changed for token in tokens_of(profile)}
    # With the last unknown bearer of a name goes what tied others over known ones.
    left = {token for profile in changed if not profile.known for token in tokens_of(profile)}
    seen: set[str] = set()
    found: dict[tuple[str, str], Profile] = {}
    while waiting:
        token = min(waiting)
        waiting.discard(token)
        seen.add(token)
        here = list(unknown(token))
        for profile in (*here, *(known(token) if here or token in left else ())):
            found[profile.document, profile.iri] = profile
            waiting |= tokens_of(profile) - seen
    return sorted(found.values(), key=order)


def pairs(block: Sequence[Profile]) -> Iterator[Pair]:
    """The pairs of a block to compare: near ones by date, and those with a common tie.

    Their number grows with the block, not with its square: who is one with his neighbours in time
    is one with theirs. Two known entities are no pair.
    """
    seen: set[tuple[str, str]] = set()
    for group, reach in _groups(block):
        for at, left in enumerate(group):
            for right in group[at + 1 : at + 1 + reach]:
                names = (left.id, right.id)
                if left.document != right.document and names not in seen:
                    seen.add(names)
                    if not (left.known and right.known):
                        yield left, right


def _groups(block: Sequence[Profile]) -> Iterator[tuple[list[Profile], int]]:
    """The profiles by token, and by token and tie; how far ahead each is compared."""
    by_token: dict[str, list[Profile]] = defaultdict(list)
    by_tie: dict[tuple[str, ...], list[Profile]] = defaultdict(list)
    for profile in block:
        for token in tokens_of(profile):
            by_token[token].append(profile)
            for tie in (*profile.neighbours, *(body for _, body in profile.offices)):
                by_tie[token, tie].append(profile)
    yield from ((by_token[token], WINDOW) for token in sorted(by_token))
    yield from ((by_tie[tie], 1) for tie in sorted(by_tie))


class Surroundings:
    """What is known of names only when a whole block is seen."""

    def __init__(self, block: Iterable[Profile]) -> None:
        self.bearers: dict[str, set[str]] = defaultdict(set)
        for profile in block:
            for token in tokens_of(profile):
                self.bearers[token].add(profile.key)

    def features(self, left: Profile, right: Profile) -> Features:
        """What is alike in two profiles of the block and what is not."""
        return features(left, right, rivals=self._rivals(left, right))

    def compare(self, left: Profile, right: Profile) -> Comparison:
        """How sure it is that two profiles of the block are of one thing."""
        return compared(left, right, self._rivals(left, right))

    def _rivals(self, left: Profile, right: Profile) -> int:
        """Of how many full names the least ambiguous common name is told."""
        if left.key == right.key:
            return 1
        common = tokens_of(left) & tokens_of(right)
        return min((len(self.bearers[token] - {token}) for token in common), default=0)
