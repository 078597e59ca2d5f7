"""Dependency trees in CoNLL-U, and trees with the labels of UD v1 as those of v2.

The same treebank was annotated by v1 and again by v2; no sentence of the v1 file is in the v2
files, so :func:`as_v2` follows what the guidelines changed and what the two files show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.model import Span
from kg.script import simplify

#: Labels that only have another name; those that depend on the words around: :func:`as_v2`.
LABELS = {
    "dobj": "obj",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "case:suff": "compound",  # 基金 in 基金 會
    "case:pref": "case",
    "case:dec": "case",
    "case:aspect": "aux",
    "neg": "advmod",
    "foreign": "flat:foreign",
}
#: By v1's part of speech, its tag and the v2 label; * is any.
POS = {
    ("CONJ", "*", "*"): "CCONJ",
    ("ADV", "*", "mark"): "SCONJ",
    ("PART", "DEC", "mark:rel"): "SCONJ",
    ("PART", "DEV", "mark"): "SCONJ",
    ("PART", "AS", "*"): "AUX",
    ("VERB", "VC", "cop"): "AUX",
    ("VERB", "BB", "aux:pass"): "AUX",
    ("VERB", "BB", "case"): "ADP",
}
#: Punctuation that v1 writes in half width.
_WIDE = dict(zip(",.:;?!()", "，。：；？！（）", strict=True))
_CLAUSAL = frozenset(("VERB", "ADJ", "AUX"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "PART", "X", "SYM"))
_ROOT = -1


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a tree; ``head`` is the position of the word it depends on, -1 of the root."""

    span: Span
    upos: str
    xpos: str
    head: int
    label: str


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence with its words; what stands between them is white space."""

    text: str
    words: tuple[Word, ...]

    def form(self, at: int) -> str:
        """The characters of the word at *at*."""
        return self.words[at].span.of(self.text)

    def dependents(self, at: int) -> Iterator[int]:
        """The words that depend on the one at *at*, in order."""
        return (n for n, word in enumerate(self.words) if word.head == at)

    @property
    def simplified(self) -> str:
        """The text in Simplified characters, of the same length."""
        return simplify(self.text)


def read_trees(path: Path) -> Iterator[Tree]:
    """The trees of a CoNLL-U file; where it gives no text, the words are joined."""
    text, rows = "", []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if line.startswith("# text = "):
                text = line.removeprefix("# text = ").rstrip("\n")
            elif len(cells) == 10 and cells[0].isdigit():
                rows.append(cells)
            elif not line.strip() and rows:
                yield _tree(rows, text)
                text, rows = "", []
    if rows:
        yield _tree(rows, text)


def _tree(rows: Sequence[Sequence[str]], text: str) -> Tree:
    text = text or "".join(_WIDE.get(row[1], row[1]) for row in rows)
    words, end = [], 0
    for row in rows:
        start = end
        while not text.startswith((row[1], _WIDE.get(row[1], row[1])), start):
            start += 1
        end = start + len(row[1])
        words.append(Word(Span(start, end), row[3], row[4], int(row[6]) - 1, row[7]))
    return Tree(text, tuple(words))


# --- v1 → v2 -----------------------------------------------------------------------------------


def renamed(tree: Tree) -> Tree:
    """A tree of v1 whose labels have v2's names, and no more."""
    draft = _Draft(tree)
    draft.rename()
    draft.set_pos()
    return draft.tree()


def as_v2(tree: Tree) -> Tree:
    """A tree of v1 with the labels, heads and parts of speech of v2, as far as rules can tell."""
    draft = _Draft(tree)
    for step in (
        draft.rename, draft.set_particles, draft.turn_counters, draft.turn_names,
        draft.turn_appositions, draft.set_disposals, draft.turn_clauses, draft.set_obliques,
        draft.move_conjunctions, draft.move_commas, draft.set_pos,
    ):  # fmt: skip
        step()
    return draft.tree()


class _Draft:
    """Heads and labels of a tree while they are changed, step by step."""

    def __init__(self, tree: Tree) -> None:
        self.source = tree
        self.heads = [word.head for word in tree.words]
        self.labels = [word.label for word in tree.words]
        self.pos = [word.upos for word in tree.words]
        self.tags = [word.xpos for word in tree.words]
        self.all = range(len(tree.words))

    def tree(self) -> Tree:
        """The tree as it is now."""
        rows = zip(self.source.words, self.pos, self.heads, self.labels, strict=True)
        words = (replace(w, upos=pos, head=head, label=label) for w, pos, head, label in rows)
        return Tree(self.source.text, tuple(words))

    def rename(self) -> None:
        """What only has another name."""
        self.labels = [LABELS.get(label, label) for label in self.labels]

    def set_particles(self) -> None:
        """的 after a clause marks it; a postposition is the noun's case, not its clause."""
        for at in self.all:
            of_clause = self._pos_of_head(at) in _CLAUSAL
            if self.pos[at] == "PART" and self.labels[at] == "acl:relcl":
                self.labels[at] = "mark:rel"
            elif self.pos[at] == "ADP" and self.labels[at] == "acl":
                self.labels[at] = "mark" if of_clause else "case"
            elif self.labels[at] == "det" and self.pos[at] != "DET":
                self.labels[at] = "nmod"

    def turn_counters(self) -> None:
        """In 三 個 人 the number depends on the noun, and the counter on the number."""
        for at in self.all:
            head = self.heads[at]
            if self.tags[at] != "NNB" or self.labels[at] != "nmod" or head <= at:
                continue
            numbers = [n for n in self._dependents(at) if self.labels[n] in ("nummod", "det")]
            if self.pos[head] in _NOMINAL and numbers == [at - 1]:
                self._hang(at - 1, head, self.labels[at - 1])
                self._hang(at, at - 1, "clf")

    def turn_names(self) -> None:
        """Of a name of several words the first is the head."""
        for at in self.all:
            parts = [n for n in self._dependents(at) if n < at and self._is_part(n, at)]
            if parts:
                first = parts[0]
                moved = [n for n in self._dependents(at) if self.labels[n] != "punct"]
                self._take_over(first, at, moved)
                for n in (*parts[1:], at):
                    self._hang(n, first, "flat:name")

    def _is_part(self, low: int, high: int) -> bool:
        """Whether nothing but names and the dots between them stands there."""
        between = all(self.tags[n] in ("NNP", "/") for n in range(low, high))
        return between and self.tags[high] == "NNP" and self.labels[low] == "nmod"

    def turn_appositions(self) -> None:
        """Of two names for one thing the first is the head (作家 王某)."""
        for at in self.all:
            old = self.heads[at]
            if self.labels[at] == "appos" and old > at:
                outer = [n for n in self._dependents(old) if not at < n < old]
                self._take_over(at, old, [n for n in outer if not self._is_inner(n)])
                self._hang(old, at, "appos")

    def _is_inner(self, at: int) -> bool:
        return self.labels[at].startswith(("flat", "compound", "nmod"))

    def set_disposals(self) -> None:
        """The noun after 把 and 將 is what the verb is done to, the one after 被 who does it."""
        for at in self.all:
            kind = {"aux:caus": "obl:patient", "aux:pass": "obl:agent"}.get(self.labels[at])
            if kind is None:
                continue
            verb = self.heads[at]
            nouns = (
                n for n in self._dependents(verb)
                if at < n < verb and self.labels[n] in ("nsubj", "obj", "nmod", "iobj")
            )  # fmt: skip
            noun = next(nouns, None)
            if noun is not None:
                self.labels[noun] = kind
            if kind == "obl:patient":
                self._hang(at, verb if noun is None else noun, "aux" if noun is None else "case")

    def turn_clauses(self) -> None:
        """Of clauses in a row the first is the head; v1 had the last one."""
        for at in self.all:
            last = self.heads[at]
            if self.labels[at] == "dep" and last < at:
                self.labels[at] = "parataxis"
            elif self.labels[at] == "dep":
                others = self._dependents(last)
                ends = [n for n in others if n > last and self.labels[n] == "punct"]
                rows = [n for n in others if n > at and self.labels[n] == "dep"]
                self._take_over(at, last, [*ends, *(n for n in others if n < at)])
                for n in (*rows, last):
                    self._hang(n, at, "parataxis")

    def set_obliques(self) -> None:
        """A noun that depends on a verb is oblique, a clause that does adverbial."""
        for at in self.all:
            if self._pos_of_head(at) not in _CLAUSAL:
                continue
            if self.labels[at] == "nmod":
                self.labels[at] = "obl"
            elif self.labels[at] == "acl":
                self.labels[at] = "advcl"

    def move_conjunctions(self) -> None:
        """A conjunction, or 、, depends on the member of the list that it stands before."""
        for at in self.all:
            if self.labels[at] == "cc" or self.tags[at] == "EC":
                head = self.heads[at]
                later = (n for n in self._dependents(head) if n > at and self.labels[n] == "conj")
                self.heads[at] = next(later, head)

    def move_commas(self) -> None:
        """A comma depends on the clause before it, or on the one after if that is no head."""
        for at in self.all:
            if self.labels[at] != "punct" or self.source.form(at) not in "，；：":
                continue
            after = [n for n in self.all if n > at and 0 <= self.heads[n] < at]
            before = [n for n in self.all if n < at < self.heads[n]]
            if after or before:
                self.heads[at] = (after or before[-1:])[0]

    def set_pos(self) -> None:
        """Parts of speech by label."""
        for at in self.all:
            pos, tag, label = self.pos[at], self.tags[at], self.labels[at]
            keys = ((pos, tag, label), (pos, tag, "*"), (pos, "*", label), (pos, "*", "*"))
            self.pos[at] = next((POS[key] for key in keys if key in POS), pos)

    def _pos_of_head(self, at: int) -> str:
        head = self.heads[at]
        return "" if head == _ROOT else self.pos[head]

    def _dependents(self, at: int) -> list[int]:
        return [n for n in self.all if self.heads[n] == at]

    def _hang(self, at: int, head: int, label: str) -> None:
        self.heads[at], self.labels[at] = head, label

    def _take_over(self, at: int, old: int, moved: Iterable[int]) -> None:
        """Put the word at *at* in the place of *old*, with those dependents that are *moved*."""
        self._hang(at, self.heads[old], self.labels[old])
        for n in moved:
            if n != at:
                self.heads[n] = at
