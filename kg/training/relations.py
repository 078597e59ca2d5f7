"""Public sets of related names, and what their labels mean in our relations.

FinRE (github.com/thunlp/Chinese_NRE, MIT) labels pairs of firms in news, DuIE 2.0
(ai.baidu.com/broad) triples in short texts. ``relations.tsv`` says for each label which of our
relations it means, which end is its subject, and how: *expected*; *allowed*, neither right nor
wrong; *converse*, the expected one told from the other end. Other labels mean none of ours.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError
from kg.ontology import Ontology, load_ontology

MAPPING = Path(__file__).with_name("relations.tsv")
#: FinRE masks numbers, names a firm's relation to itself, and marks labels told from the tail.
_MASK, _NUMBER, _SELF, _REVERSED = "<N>", "5", "自己", "被"
_FIRM = "kg:Company"
_CLASSES = {
    "人物": "kg:Person", "娱乐人物": "kg:Person", "历史人物": "kg:Person",
    "影视作品": "kg:CreativeWork", "歌曲": "kg:CreativeWork", "图书作品": "kg:CreativeWork",
    "文学作品": "kg:CreativeWork", "电视综艺": "kg:CreativeWork", "音乐专辑": "kg:CreativeWork",
    "作品": "kg:CreativeWork", "机构": "kg:Organization", "企业": "kg:Company",
    "企业/品牌": "kg:Company", "学校": "kg:EducationalOrganization", "国家": "kg:Country",
    "城市": "kg:City", "行政区": "kg:Region", "景点": "kg:Place", "地点": "kg:Place",
}  # fmt: skip

Triple = tuple[str, str, str]


@dataclass(frozen=True)
class Related:
    """A text, the class of each name in it, and the labels of pairs (head, tail).

    ``complete``: a pair without labels is labelled as not related.
    """

    text: str
    classes: dict[str, str]
    labels: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    complete: bool = False

    @property
    def names(self) -> set[str]:
        """All names."""
        return set(self.classes)

    def is_labelled(self, left: str, right: str) -> bool:
        """Whether the set says what the two are to each other."""
        if self.complete:
            return left in self.classes and right in self.classes
        return (left, right) in self.labels or (right, left) in self.labels


def read_finre(path: Path) -> list[Related]:
    """The sentences of a FinRE file, each once; pairs of a firm with itself are left out."""
    found: dict[str, Related] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.count("\t") == 3:
            head, tail, label, text = line.replace(_MASK, _NUMBER).split("\t")
            related = found.setdefault(text, Related(text, {}))
            if label != _SELF and head != tail:
                related.classes.update({head: _FIRM, tail: _FIRM})
                related.labels[head, tail].add(label)
    return [related for related in found.values() if related.labels]


def read_duie(path: Path) -> list[Related]:
    """The texts of a DuIE file that name two things or more."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    found = []
    for row in rows:
        related = Related(row["text"], {}, complete=True)
        for triple in row["spo_list"]:
            ends = (triple["subject"], triple["object"]["@value"])
            types = (triple["subject_type"], triple["object_type"]["@value"])
            if ends[0] and ends[1] and all(kind in _CLASSES for kind in types):
                related.classes.update(zip(ends, map(_CLASSES.__getitem__, types), strict=True))
                related.labels[ends].add(triple["predicate"])
        if related.labels:
            found.append(related)
    return found


#: Of each set: where it lies in the data folder, and its reader.
SETS: dict[str, tuple[str, Callable[[Path], list[Related]]]] = {
    "finre": ("relations/finre-train.tsv", read_finre),
    "duie": ("relations/duie2-5000.jsonl", read_duie),
}


def read_set(name: str, folder: Path) -> list[Related]:
    """The texts of a set in the data *folder*; InputError if they cannot be read."""
    file, reader = SETS[name]
    try:
        return reader(folder / file)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{folder / file} cannot be read as {name}: {error}") from error


class Meaning:
    """What the labels of one set say in our relations."""

    def __init__(self, name: str, ontology: Ontology | None = None, path: Path = MAPPING) -> None:
        self.relations = (ontology or load_ontology()).relations
        self.rows: dict[str, list[tuple[str, bool, str]]] = defaultdict(list)
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                if row["set"] == name:
                    told = (f"kg:{row['relation']}", row["subject"] == "tail", row["standing"])
                    self.rows[row["label"]].append(told)
        self.measured = frozenset(self._with("expected"))
        self.converse = {
            converse: expected
            for rows in self.rows.values()
            for expected, _, standing in rows
            for converse, _, other in rows
            if (standing, other) == ("expected", "converse")
        }

    def _with(self, standing: str) -> Iterator[str]:
        for rows in self.rows.values():
            yield from (relation for relation, _, own in rows if own == standing)

    def meant(self, related: Related, standing: str = "expected") -> set[Triple]:
        """The triples that the labels of *related* mean with this standing."""
        return {
            self.normal(tail, relation, head)
            if from_tail != label.startswith(_REVERSED)
            else self.normal(head, relation, tail)
            for (head, tail), labels in related.labels.items()
            for label in labels
            for relation, from_tail, own in self.rows.get(label.removeprefix(_REVERSED), ())
            if own == standing
        }

    def normal(self, subject: str, relation: str, end: str) -> Triple:
        """One form for what can be told from either end."""
        if relation in self.converse:
            return end, self.converse[relation], subject
        if self.relations[relation].symmetric and end < subject:
            return end, relation, subject
        return subject, relation, end

    def verdict(self, related: Related, subject: str, relation: str, end: str) -> bool | None:
        """Whether *related* says so; None where its labels do not tell."""
        triple = self.normal(subject, relation, end)
        if triple[1] not in self.measured or not related.is_labelled(subject, end):
            return None
        if triple in self.meant(related):
            return True
        return None if triple in self.meant(related, "allowed") else False
