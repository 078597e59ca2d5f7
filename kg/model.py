"""The records: frozen, slotted, equal by content.

Offsets are half-open and count Unicode code points of :attr:`Document.text`, which is kept
exactly as it was read. Classes and relations are CURIEs such as ``kg:Company``; what they mean
stands in ``ontology/schema.ttl``, never here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Polarity = Literal["asserted", "denied"]
Modality = Literal["actual", "planned", "possible", "reported"]
Comparator = Literal["=", ">", ">=", "<", "<=", "~"]
Precision = Literal["year", "half", "quarter", "month", "week", "day", "minute"]
Verdict = Literal["same", "different", "unsure"]
Ruling = Literal["right", "wrong"]
Script = Literal["Hant", "Hans", "Latn"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``[start, end)`` of a document's text, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of *text* that the span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether *other* lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Document:
    """One article.

    ``text`` is exact; ``published`` an ISO 8601 date (``YYYY-MM-DD``) or None; ``language`` a
    BCP 47 tag (``zh-Hant``, ``zh-Hans``, ``en``); ``digest`` the SHA-256 of the UTF-8 text, hex.
    """

    iri: str
    text: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str = "zh-Hant"
    script: Script = "Hant"
    source: str = ""
    digest: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A date, a period or an open interval.

    ``start`` and ``end`` are inclusive ISO 8601 values of reduced precision (``2017``,
    ``2017-11``, ``2017-11-05``, ``2020-02-03T18:00``); None is an open end. A partial date stays
    partial. For one date both are equal. ``precision`` says how fine the text was.
    """

    start: str | None
    end: str | None
    precision: Precision


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression of the text; ``time`` is None where it could not be resolved."""

    span: Span
    surface: str
    time: TimeSpan | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as the text gives it.

    ``value`` (or the minimum of a range), ``max`` (None unless a range), ``comparator`` between
    the thing and the value (``~`` is "about"), ``unit`` as written ("" if none), ``raw`` text.
    """

    value: float
    max: float | None
    comparator: Comparator
    unit: str
    raw: str


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A quantity and where it stands."""

    span: Span
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Measure:
    """A named quantity: the object of ``kg:hasMetric``."""

    name: str
    quantity: Quantity


# The extractors of mentions that are no names: 該公司 and 他; 其; 我們; 兩者.
ANAPHOR, TOPIC_ANAPHOR, SPEAKER_ANAPHOR = "anaphor", "anaphor-topic", "anaphor-speaker"
BOTH_ANAPHOR = "anaphor-both"
ANAPHORS = frozenset((ANAPHOR, TOPIC_ANAPHOR, SPEAKER_ANAPHOR, BOTH_ANAPHOR))
# The extractor of nouns that say what part somebody plays here: 校方, 被告, 政府.
ROLE = "role"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name (or a pronoun) where it stands; never overwritten by what is resolved later.

    ``cls`` is a class CURIE, ``score`` in [0, 1], ``extractor`` the rules that found it, joined by
    ``+``, ``known`` the IRI of the known entity whose alias it is, if any.
    """

    id: str
    span: Span
    surface: str
    cls: str
    score: float
    extractor: str
    known: str | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The rules that found it: each is a witness of its own."""
        return tuple(self.extractor.split("+"))

    @property
    def is_anaphor(self) -> bool:
        """Whether it is a pronoun or a definite noun rather than a name."""
        return self.extractor in ANAPHORS

    @property
    def is_role(self) -> bool:
        """Whether it says only what part its bearer plays, and names him in this document alone."""
        return self.extractor == ROLE

    @property
    def is_name(self) -> bool:
        """Whether it is a name, which means the same in every document."""
        return not (self.is_anaphor or self.is_role)


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A document with what the annotators found in it.

    ``simplified`` is the text through OpenCC ``t2s``, of the same length, for matching only.
    ``words`` are (span, part of speech) pairs that tile the text, in order. ``offices`` are the
    titles of persons (行政總裁) that the recogniser found. ``judgements`` are those that the text
    itself makes (a declared alias, a short form), between mention ids.
    """

    document: Document
    simplified: str
    sentences: tuple[Span, ...] = ()
    words: tuple[tuple[Span, str], ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    quantities: tuple[QuantityMention, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    offices: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of a confidence: what was seen, and the factor it contributed, in [0, 1]."""

    text: str
    factor: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a frame read from the text, before names are resolved.

    ``predicate`` is a relation's or an event class's CURIE; ``roles`` (role, mention id) pairs in
    text order (``subject``/``object`` for relations, ``agent``/``patient``/… for events); ``cue``
    the trigger word; ``evidence`` the characters that say it.
    """

    predicate: str
    roles: tuple[tuple[str, str], ...]
    cue: Span
    evidence: Span
    score: float
    extractor: str
    measure: Measure | None = None
    time: TimeSpan | None = None
    place: str | None = None
    office: str | None = None
    polarity: Polarity = "asserted"
    modality: Modality = "actual"
    speaker: str | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Drop:
    """A candidate that did not become a claim, and why; counted, never silent."""

    document: str
    stage: str
    predicate: str
    reason: str
    quote: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be processed: where it came from, which stage, what happened."""

    document: str
    stage: str
    error: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read from one document: the unit that travels between workers."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    drops: tuple[Drop, ...] = ()
    failures: tuple[Failure, ...] = ()
    annotated: AnnotatedDocument | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether two things are one; ``left`` and ``right`` are mention ids or IRIs.

    ``at`` is given only where somebody judged by hand: an ISO 8601 date, or date-time in UTC.
    """

    left: str
    right: str
    verdict: Verdict
    score: float
    reasons: tuple[str, ...]
    by: str
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody holds of a claim, by hand: who, and when (as :attr:`Judgement.at`)."""

    ruling: Ruling
    by: str
    at: str | None = None


@dataclass(frozen=True, slots=True)
class EntityMention:
    """Where an entity is named."""

    document: str
    span: Span
    surface: str


@dataclass(frozen=True, slots=True)
class Participant:
    """An entity in its role in an event."""

    role: str
    iri: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A resolved thing. An event is an entity whose class is under ``kg:Event``.

    ``labels`` maps language tags to the preferred name; ``aliases`` are all other names.
    All from ``trigger`` on is for events only: ``place`` and ``speaker`` are entity IRIs, and
    ``polarity`` and ``modality`` say whether the event has happened.
    """

    iri: str
    cls: str
    labels: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    mentions: tuple[EntityMention, ...] = ()
    trigger: str | None = None
    time: TimeSpan | None = None
    participants: tuple[Participant, ...] = ()
    place: str | None = None
    polarity: Polarity = "asserted"
    modality: Modality = "actual"
    speaker: str | None = None

    @property
    def is_fact(self) -> bool:
        """Whether it is there, or has happened: nothing denied, planned, possible or reported."""
        return self.polarity == "asserted" and self.modality == "actual"

    @property
    def label(self) -> str:
        """The name to show where one is enough: as the text writes it, else English."""
        for tag in ("zh-Hant", "zh-Hans", "en"):
            if tag in self.labels:
                return self.labels[tag]
        return next(iter(self.labels.values()), self.iri)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact characters that say a claim: ``text[span] == quote``, always."""

    document: str
    span: Span
    quote: str
    extractor: str
    score: float


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement with its evidence: the atom of which every view is computed.

    ``subject``, ``place``, ``speaker`` and ``event`` are entity IRIs; ``object`` an entity IRI or
    a :class:`Measure`; ``confidence`` lies in [0, 1]; ``role`` is the office, as written;
    ``review`` what a reader holds of it, which does not change what the text says.
    """

    key: str
    subject: str
    predicate: str
    object: str | Measure
    evidence: tuple[Evidence, ...]
    time: TimeSpan | None = None
    place: str | None = None
    role: str | None = None
    polarity: Polarity = "asserted"
    modality: Modality = "actual"
    speaker: str | None = None
    event: str | None = None
    confidence: float = 0.0
    extractor: str = ""
    reasons: tuple[Reason, ...] = ()
    review: Review | None = None

    @property
    def is_rejected(self) -> bool:
        """Whether a reader judged it wrong."""
        return self.review is not None and self.review.ruling == "wrong"

    @property
    def is_fact(self) -> bool:
        """Whether the claim is asserted as actual and not rejected: then it is a plain triple."""
        stated = self.polarity == "asserted" and self.modality == "actual"
        return stated and not self.is_rejected


@dataclass(frozen=True, slots=True)
class ClaimGraph:
    """What a build knows: the input of every view. Sorted: documents, entities and claims by key.

    ``counts`` are documents, sentences, mentions, candidates, … per stage.
    """

    documents: tuple[Document, ...] = ()
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    drops: tuple[Drop, ...] = ()
    failures: tuple[Failure, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    def entity_by_iri(self) -> dict[str, Entity]:
        """The entities under their IRIs."""
        return {entity.iri: entity for entity in self.entities}


@dataclass(frozen=True, slots=True)
class Violation:
    """One result of a validation: which node breaks which shape, and how."""

    focus: str
    path: str
    message: str
    severity: str


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """Whether a graph conforms to the shapes, with every result; ``turtle`` is the SHACL report."""

    conforms: bool
    violations: tuple[Violation, ...]
    turtle: str


Json = dict[str, Any]
