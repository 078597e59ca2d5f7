"""Articles that are one story: an agency's text in several papers, an article and its update.

MinHash (Broder, Compression and Complexity of Sequences 1997) estimates which part of their
character sequences two texts share; banding finds the pairs without comparing all. That is a dozen
lines of NumPy: the library for it brings SciPy along, ten times the size of this package.
"""

from __future__ import annotations

import random
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kg.model import ClaimGraph, Document, Judgement
from kg.resolve.clusters import UnionFind
from kg.script import simplify

BY = "kg.corpus.copies"
ALIKE = 0.5  # the shared part from which two texts are one story
_GRAM = 5  # characters of a sequence
_SHORTEST = 100  # characters below which texts are alike by chance
_ROWS, _BANDS = 4, 32
_SEED = 20_200_330

_HASH = np.dtype("<u4")

Signature = bytes
"""Some hashes one after the other; half a kilobyte."""
Numbers = npt.NDArray[np.uint64]


def signature(text: str) -> Signature:
    """The MinHash of a text, in either script and whatever its punctuation; empty if it is short.

    It is the same in each run and on each machine, and can be kept.
    """
    letters = "".join(char for char in simplify(text) if char.isalnum())
    if len(letters) < _SHORTEST:
        return b""
    grams = {letters[at : at + _GRAM] for at in range(len(letters) - _GRAM + 1)}
    hashes = np.fromiter((zlib.crc32(gram.encode()) for gram in grams), np.uint64, len(grams))
    factors, offsets = _permutations()
    mixed = (hashes[:, None] * factors + offsets) >> np.uint64(32)
    return bytes(mixed.min(axis=0).astype(_HASH))


@cache
def _permutations() -> tuple[Numbers, Numbers]:
    """Multiply-shift hashes: an odd factor and an offset for each."""
    drawn = random.Random(_SEED)
    numbers = [drawn.getrandbits(64) for _ in range(2 * _ROWS * _BANDS)]
    factors, offsets = np.array(numbers, np.uint64).reshape(2, -1)
    return factors | np.uint64(1), offsets


def bands(signature: Signature) -> Iterator[bytes]:
    """The pieces of a signature: texts that are alike have one in common, at the same place."""
    size = _ROWS * _HASH.itemsize
    for start in range(0, len(signature), size):
        yield signature[start : start + size]


def likeness(left: Signature, right: Signature) -> float:
    """Which part of their character sequences two texts share, about, in [0, 1]."""
    if not (left and right):
        return 0.0
    one, other = (np.frombuffer(kept, _HASH) for kept in (left, right))
    return float((one == other).mean())


def judge_copies(documents: Iterable[Document]) -> tuple[Judgement, ...]:
    """That articles are one story, each with the first of it; needs their texts.

    The order given does not matter.
    """
    return judge_signatures({d: signature(d.text) for d in documents if d.text})


def judge_signatures(signatures: Mapping[Document, Signature]) -> tuple[Judgement, ...]:
    """As :func:`judge_copies`, by what was kept of the texts."""
    found = {d.iri: (d, signatures[d]) for d in sorted(signatures, key=told)}
    sets = UnionFind()
    for left, right in _candidates(found):
        if likeness(found[left][1], found[right][1]) >= ALIKE:
            sets.union(left, right)
    return tuple(
        judge_copy(copy, first, likeness(found[first][1], found[copy][1]))
        for first, *copies in sets.groups(found).values()
        for copy in copies
    )


def _candidates(found: Mapping[str, tuple[Document, Signature]]) -> Iterator[tuple[str, str]]:
    """Of the texts with a common band each with the first and with the one before it."""
    meeting: dict[tuple[int, bytes], list[str]] = defaultdict(list)
    for iri, (_, kept) in found.items():
        for band in enumerate(bands(kept)):
            meeting[band].append(iri)
    for group in meeting.values():
        yield from ((group[0], other) for other in group[2:])
        yield from pairwise(group)


def told(document: Document) -> tuple[str, str]:
    """What articles are sorted by: the date, those without one last, then the IRI."""
    return document.published or "~", document.iri


def find_copies(graph: ClaimGraph) -> tuple[Judgement, ...]:
    """The judgements of a graph that articles are one story, the likest first."""
    found = (one for one in graph.judgements if one.by == BY and one.verdict == "same")
    return tuple(sorted(found, key=lambda one: (-one.score, one.right, one.left)))


def judge_copy(copy: str, first: str, alike: float) -> Judgement:
    """That two articles, given by IRI, are one story, for they share so much."""
    reason = f"about {alike:.0%} of the text is that of the other article"
    return Judgement(copy, first, "same", round(alike, 2), (reason,), BY)


def stories(documents: Sequence[Document], judgements: Iterable[Judgement]) -> dict[str, str]:
    """Each article's IRI → that of the first article that tells its story.

    A reader's judgement that two articles are different outweighs ours.
    """
    ours = {d.iri for d in documents}
    between = [j for j in judgements if j.left in ours and j.right in ours]
    apart = {frozenset((j.left, j.right)) for j in between if j.verdict == "different"}
    sets = UnionFind()
    for one in between:
        if one.verdict == "same" and frozenset((one.left, one.right)) not in apart:
            sets.union(one.left, one.right)
    groups = sets.groups(d.iri for d in sorted(documents, key=told)).values()
    return {iri: group[0] for group in groups for iri in group}
