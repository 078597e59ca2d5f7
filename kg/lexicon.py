"""``ontology/lexicon.ttl`` read once into plain Python: words, frames, what names are made of.

All words come out in Simplified characters, the form in which texts are matched. The pattern
language of frames is described at the head of the Turtle file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from kg.errors import OntologyError
from kg.iri import compact, expand
from kg.ontology import Properties, iris, load_ontology, ontology_dir, read_turtle
from kg.script import simplify

_TYPE, _DENOTES = expand("rdf:type"), expand("ontolex:denotes")
_WORDS, _FRAME, _PATTERN = expand("lex:words"), expand("lex:frame"), expand("lex:pattern")
_WEIGHT, _STRONG, _MARKS = expand("lex:weight"), expand("lex:strong"), expand("lex:marks")
_SPEECH, _OFFICE, _WORDS_FROM = map(expand, ("lex:speech", "lex:office", "lex:wordsFrom"))
_AFTER_KNOWN = expand("lex:afterKnown")
_UNLISTED = expand("lex:unlisted")
_PREFIX, _TIMELESS = expand("lex:prefix"), expand("lex:timeless")
_HELD, _OVER, _AFFIRMED = map(expand, ("lex:held", "lex:over", "lex:affirmed"))
_OF_ALL = expand("lex:ofAll")
_EXACT, _COMPLEMENT = expand("lex:exact"), expand("lex:complement")
_ENDINGS, _ALONE, _BODY = map(expand, ("lex:endings", "lex:alone", "lex:body"))
_IMPLIED = expand("lex:implied")
_SUBJECT_CLASS, _OBJECT_CLASS = expand("lex:subjectClass"), expand("lex:objectClass")

DEFAULT_WEIGHT = 0.85
CLAUSE, PHRASE = "clause", "phrase"
# Where an entry's implied slot (A?) is looked for, if not among names: who says it, the subject
# that the clause goes on with, the name that it is an apposition of, the work that its sentence is
# about.
BY_SPEAKER, BY_TOPIC, BY_APPOSED, BY_WORK = "speaker", "topic", "apposed", "work"
DENIED, PLANNED, POSSIBLE, REPORTED = "kg:Denied", "kg:Planned", "kg:Possible", "kg:Reported"
CONDITIONAL, QUESTION = "lex:Conditional", "lex:Question"
MARKS = (DENIED, PLANNED, POSSIBLE, REPORTED, CONDITIONAL, QUESTION)

# What a name is taken for where nothing in the text says it: the roots of the ontology.
ENTITY = "kg:Entity"
_WITH, _TOWARD = "与", "对"
PERSON, ORGANIZATION, PRODUCT = "kg:Person", "kg:Organization", "kg:Product"
WORK, PLACE, EVENT = "kg:CreativeWork", "kg:Place", "kg:Event"
MEDIUM = "kg:MediaOrganization"
COMPANY, COUNTRY, AGENT = "kg:Company", "kg:Country", "kg:Agent"
GOVERNMENT = "kg:GovernmentOrganization"
HEAD = "长"  # behind a department's name: who heads it (經濟部長)


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a pattern.

    A slot, implied slot, pair, word, gap, noun-gap, quantity, literal, or the clause's begin or
    end.
    """

    kind: str
    text: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A frame's pattern, split at the word: ``left`` is read leftwards from it."""

    source: str
    left: tuple[Element, ...]
    right: tuple[Element, ...]

    @property
    def specificity(self) -> int:
        """How many fixed elements it asks for."""
        return sum(e.kind in ("literal", "pair", "quantity") for e in self.left + self.right)

    @property
    def names_object(self) -> bool:
        """Whether it asks for a certain noun after the word (提出 … 申請)."""
        return any(e.kind in ("literal", "quantity") for e in self.right)

    @property
    def has_object(self) -> bool:
        """Whether what the word is done to, or a certain noun, follows it (not: V 的 A)."""
        subject = any(e.text == "A" for e in self.right)
        return bool(self.right) and not subject

    @property
    def is_joint(self) -> bool:
        """Whether both sides do the same, with each other (A 與 B V), not one to the other."""
        elements = self.left + self.right
        with_ = any(_WITH in e.choices and _TOWARD not in e.choices for e in elements)
        return with_ or any(e.kind == "pair" for e in elements)

    @property
    def is_phrase(self) -> bool:
        """Whether it is within one noun phrase (B ~ V A), which who writes it vouches for."""
        return all(e.kind in ("slot", "noun-gap") for e in self.left + self.right)


@dataclass(frozen=True, slots=True)
class Entry:
    """A lexical entry: forms, the relation and event classes it denotes, patterns in order.

    ``speech``: what follows is said by the subject; ``office``: the word itself is the role;
    ``timeless``: a date beside it is not its own; ``held``: who plans or might do it has it
    already (持 before 減持); ``over``: it ends the relation (退出); ``affirmed``: denied it says
    nothing; ``prefix`` tells which end's name begins the other's (A or B, else empty); ``classes``
    narrows the relation's domain (A) and range (B), to these very classes if ``exact``, else also
    to those below them; ``complement``: what may follow the object (``clause``, a verb of its own,
    ``phrase``, any words that it begins, else empty); ``body`` is the IRI of the known entity of
    which an office always is;
    ``implied``: where the name for the slot ``A?`` or ``B?`` is looked for, ``("speaker",)``,
    ``("topic",)``, ``("apposed",)`` or by its names in the document, nearest first.
    """

    name: str
    words: tuple[str, ...]
    relations: tuple[str, ...]
    events: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    weight: float
    speech: bool
    office: bool
    prefix: str = ""
    timeless: bool = False
    held: bool = False
    over: bool = False
    affirmed: bool = False
    exact: bool = False
    unlisted: bool = False
    of_all: bool = False
    complement: str = ""
    body: str = ""
    implied: tuple[str, ...] = ()
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suffix:
    """A word that ends names of a class; a strong one needs no other sign of a name.

    ``after_known``: only right after a known name.
    """

    text: str
    cls: str
    strong: bool
    after_known: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """A noun for the part that somebody plays in a document (校方, 被告).

    ``cls`` is what its bearer is, ``endings`` the last characters of his name, if it takes one of
    these. ``alone``: it stands for somebody also where no bearer is named.
    """

    cls: str
    endings: tuple[str, ...] = ()
    alone: bool = False


@dataclass(frozen=True)
class Lexicon:
    """Everything that the extractor knows about words."""

    entries: tuple[Entry, ...]
    suffixes: Mapping[str, Suffix]
    kinds: Mapping[str, str]
    quoted: Mapping[str, str]
    latin_heads: Mapping[str, str]
    anaphors: Mapping[str, str]
    both: Mapping[str, str]
    counted: Mapping[str, str]
    roles: Mapping[str, Role]
    capitals: Mapping[str, str]
    cues: Mapping[str, frozenset[str]]
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def speech(self) -> frozenset[str]:
        """The words of saying: those of the entries marked ``lex:speech``."""
        return frozenset(w for entry in self.entries if entry.speech for w in entry.words)

    @cached_property
    def taking(self) -> frozenset[str]:
        """The verbs whose object is a thing (推出), and no deed, saying or plan (支持, 宣布)."""
        takes = (e for e in self.entries if e.relations and not (e.office or e.timeless))
        others = (e for e in self.entries if e.speech or e.complement)
        cues = frozenset().union(*self.cues.values(), self.words("lex:AuxiliaryVerb"))
        return frozenset(w for e in takes for w in e.words).difference(
            cues, (w for e in others for w in e.words)
        )

    @cached_property
    def triggers(self) -> frozenset[str]:
        """The words of all entries."""
        return frozenset(word for entry in self.entries for word in entry.words)

    @cached_property
    def phrases(self) -> Mapping[str, tuple[str, ...]]:
        """For each role the longer words of the entries that hold it (法庭: 告上法庭)."""
        return {
            role: tuple(sorted(word for word in self.triggers if role in word and role != word))
            for role in self.roles
        }

    def words(self, name: str) -> frozenset[str]:
        """The words of a plain list such as ``lex:Title``; empty if there is none."""
        return self.lists.get(name, frozenset())


_TOKEN = re.compile(
    r"^(?:(?P<slot>[AB])|(?P<implied>[AB])\?|(?P<pair>A\+B)|(?P<word>V)|(?P<gap>…)|(?P<noungap>~)"
    r"|(?P<quantity>Q)|(?P<end>\$)|(?P<begin>\^)"
    r"|\((?P<choice>[^()]+)\)|(?P<literal>[^\sA-Z()…~?$^]+))$"
)


def parse_pattern(source: str) -> Pattern:
    """Parse a frame's pattern; OntologyError names the element that is wrong."""
    elements = [_parse_element(token, source) for token in source.split()]
    at = [i for i, element in enumerate(elements) if element.kind == "word"]
    if len(at) > 1:
        raise OntologyError(f"frame pattern {source!r}: V stands more than once")
    cut = at[0] if at else len(elements)  # without a word, all is read leftwards from its end
    return Pattern(source, tuple(reversed(elements[:cut])), tuple(elements[cut + 1 :]))


def _parse_element(token: str, source: str) -> Element:
    match = _TOKEN.match(token)
    if match is None:
        raise OntologyError(f"frame pattern {source!r}: cannot read {token!r}")
    kind = match.lastgroup or ""
    if kind in ("choice", "literal"):
        words = sorted(simplify(match[kind]).split("|"), key=lambda w: (-len(w), w))
        if not all(words):
            raise OntologyError(f"frame pattern {source!r}: an empty choice in {token!r}")
        return Element("literal", token, tuple(words))
    return Element("noun-gap" if kind == "noungap" else kind, token.removesuffix("?"))


def choice(words: Iterable[str]) -> str:
    """A regular expression for one of *words*, the longest that stands; for nothing if empty."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, longest)) or "(?!)"


def _words(props: Properties, predicate: str = _WORDS) -> tuple[str, ...]:
    text = " ".join(term.value for term in props.get(predicate, ()))
    return tuple(dict.fromkeys(simplify(text).split()))


def _flag(props: Properties, predicate: str) -> bool:
    return any(term.value == "true" for term in props.get(predicate, ()))


class _Reader:
    """Collects the individuals of the file by their type."""

    def __init__(self, table: Mapping[str, Properties], path: Path) -> None:
        self.table, self.path = table, path
        self.ontology = load_ontology()
        self.by_type: dict[str, list[str]] = defaultdict(list)
        for iri, props in table.items():
            for type_ in iris(props, _TYPE):
                self.by_type[compact(type_)].append(iri)

    def individuals(self, type_: str) -> Iterator[tuple[str, Properties]]:
        for iri in self.by_type.get(type_, ()):
            yield iri, self.table[iri]

    def denoted(self, iri: str) -> list[str]:
        curies = [compact(i) for i in iris(self.table[iri], _DENOTES)]
        for curie in curies:
            if curie not in self.ontology.classes and curie not in self.ontology.relations:
                raise OntologyError(f"{self.path}: {compact(iri)} denotes {curie}, unknown")
        return curies

    def denoted_class(self, iri: str) -> str:
        denoted = self.denoted(iri)
        if len(denoted) != 1 or denoted[0] not in self.ontology.classes:
            raise self.refuse(iri, "needs ontolex:denotes with one class")
        return denoted[0]

    def mark(self, iri: str, props: Properties) -> str:
        marks = iris(props, _MARKS)
        if len(marks) != 1:
            raise self.refuse(iri, "needs one lex:marks")
        return compact(marks[0])

    def entry(self, iri: str, props: Properties) -> Entry:
        denoted = self.denoted(iri)
        return Entry(
            name=compact(iri),
            words=self.forms(iri, props),
            relations=tuple(c for c in denoted if c in self.ontology.relations),
            events=tuple(c for c in denoted if c in self.ontology.classes),
            patterns=self.patterns(iri, props),
            weight=self.weight(iri, props),
            speech=_flag(props, _SPEECH),
            office=_flag(props, _OFFICE),
            timeless=_flag(props, _TIMELESS),
            held=_flag(props, _HELD),
            over=_flag(props, _OVER),
            affirmed=_flag(props, _AFFIRMED),
            exact=_flag(props, _EXACT),
            unlisted=_flag(props, _UNLISTED),
            of_all=_flag(props, _OF_ALL),
            prefix=self.choice(iri, props, _PREFIX, ("A", "B")),
            complement=self.choice(iri, props, _COMPLEMENT, (CLAUSE, PHRASE)),
            body=next(iter(iris(props, _BODY)), ""),
            implied=_words(props, _IMPLIED),
            classes={
                "A": self.classes(iri, props, _SUBJECT_CLASS),
                "B": self.classes(iri, props, _OBJECT_CLASS),
            },
        )

    def refuse(self, iri: str, what: str) -> OntologyError:
        return OntologyError(f"{self.path}: {compact(iri)} {what}")

    def weight(self, iri: str, props: Properties) -> float:
        values = props.get(_WEIGHT, ())
        if not values:
            return DEFAULT_WEIGHT
        try:
            weight = float(values[0].value)
        except ValueError:
            weight = -1.0
        if not 0.0 < weight <= 1.0:
            raise self.refuse(iri, f"has the weight {values[0].value}: give one in (0, 1]")
        return weight

    def choice(self, iri: str, props: Properties, predicate: str, choices: tuple[str, str]) -> str:
        value = next((term.value for term in props.get(predicate, ())), "")
        if value not in ("", *choices):
            name = compact(predicate).removeprefix("lex:")
            raise self.refuse(iri, f"has the {name} {value!r}: give {' or '.join(choices)}")
        return value

    def classes(self, iri: str, props: Properties, predicate: str) -> tuple[str, ...]:
        curies = tuple(map(compact, iris(props, predicate)))
        for curie in curies:
            if curie not in self.ontology.classes:
                raise self.refuse(iri, f"is narrowed to {curie}, which is no class")
        return curies

    def forms(self, iri: str, props: Properties) -> tuple[str, ...]:
        lenders = iris(props, _WORDS_FROM)
        for lender in lenders:
            if lender not in self.table:
                raise self.refuse(iri, f"takes words from {compact(lender)}, which is not there")
        borrowed = (_words(self.table[lender]) for lender in lenders)
        return tuple(dict.fromkeys([*_words(props), *(w for words in borrowed for w in words)]))

    def patterns(self, iri: str, props: Properties) -> tuple[Pattern, ...]:
        found = []
        for frame in iris(props, _FRAME):
            if frame not in self.table:
                raise OntologyError(f"{self.path}: {compact(iri)} names no frame {compact(frame)}")
            found += [parse_pattern(t.value) for t in self.table[frame].get(_PATTERN, ())]
        return tuple(sorted(found, key=lambda p: (-p.specificity, p.source)))

    def suffixes(self) -> dict[str, Suffix]:
        return {
            word: Suffix(
                word, self.denoted_class(iri), _flag(props, _STRONG), _flag(props, _AFTER_KNOWN)
            )
            for iri, props in self.individuals("lex:Suffix")
            for word in _words(props)
        }

    def roles(self) -> dict[str, Role]:
        return {
            word: Role(self.denoted_class(iri), _words(props, _ENDINGS), _flag(props, _ALONE))
            for iri, props in self.individuals("lex:Role")
            for word in _words(props)
        }

    def capitals(self) -> dict[str, str]:
        """Capital → IRI of the known state that is called so."""
        return {
            word: state
            for iri, props in self.individuals("lex:Capital")
            for state in iris(props, _BODY)
            for word in self.forms(iri, props)
        }

    def by_class(self, type_: str) -> dict[str, str]:
        return {
            word: self.denoted_class(iri)
            for iri, props in self.individuals(type_)
            for word in _words(props)
        }

    def cues(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = dict.fromkeys(MARKS, frozenset())
        for iri, props in self.individuals("lex:Cue"):
            mark = self.mark(iri, props)
            found[mark] = found.get(mark, frozenset()) | frozenset(_words(props))
        return found

    def lists(self) -> dict[str, frozenset[str]]:
        return {
            type_: frozenset(word for _, props in self.individuals(type_) for word in _words(props))
            for type_ in sorted(self.by_type)
            if type_.startswith("lex:")
        }


def read_lexicon(path: Path) -> Lexicon:
    """Read a lexicon file; OntologyError where it breaks its own rules."""
    reader = _Reader(read_turtle(path), path)
    return Lexicon(
        entries=tuple(reader.entry(*one) for one in reader.individuals("ontolex:LexicalEntry")),
        suffixes=reader.suffixes(),
        kinds=reader.by_class("lex:Kind"),
        quoted=reader.by_class("lex:QuotedSuffix"),
        latin_heads=reader.by_class("lex:LatinHead"),
        anaphors=reader.by_class("lex:Anaphor"),
        both=reader.by_class("lex:AnaphorBoth"),
        counted=reader.by_class("lex:AnaphorCount"),
        roles=reader.roles(),
        capitals=reader.capitals(),
        cues=reader.cues(),
        lists=reader.lists(),
    )


@cache
def load_lexicon() -> Lexicon:
    """The packaged lexicon."""
    return read_lexicon(ontology_dir() / "lexicon.ttl")
