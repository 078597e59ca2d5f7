"""Mentions → entities, within one document.

Every step is a judgement with its reasons; the IRIs are computed from the judgements, so that
withdrawing one and resolving again splits what it had joined.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from kg.iri import content_key, entity_iri, entity_name
from kg.lexicon import load_lexicon
from kg.model import Document, Entity, EntityMention, Extraction, Judgement, Mention
from kg.ontology import KnownEntity, Ontology, load_known_entities
from kg.resolve.clusters import Apart, UnionFind
from kg.resolve.coreference import judge_anaphors
from kg.resolve.roles import judge_roles
from kg.script import LANGUAGE_OF_SCRIPT, match_key, simplify

BY = "kg.resolve"
_CHANCE = 0.5  # what a guess without a sign in the text scores
_DERIVED = frozenset(("short-form", "declared-alias"))


@dataclass(frozen=True, slots=True)
class Resolution:
    """Entities by IRI, the IRI of each (document IRI, mention id), and the judgements."""

    entities: Mapping[str, Entity]
    iri_of: Mapping[tuple[str, str], str]
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """The mentions of one thing in one document, in text order."""

    document: Document
    mentions: tuple[Mention, ...]

    @property
    def names(self) -> tuple[Mention, ...]:
        """The mentions that are names; without one, the roles that its bearer plays here."""
        names = tuple(m for m in self.mentions if m.is_name)
        return names or tuple(m for m in self.mentions if m.is_role)


class Resolver:
    """Resolves the mentions of a document against the known entities.

    *apart* are pairs of entity IRIs that a reader judged different: nothing joins their names.
    """

    def __init__(
        self,
        ontology: Ontology,
        known: Iterable[KnownEntity],
        apart: Iterable[tuple[str, str]] = (),
    ) -> None:
        self.ontology = ontology
        self.known = {entity.iri: entity for entity in known}
        self.apart = tuple((self._key(left), self._key(right)) for left, right in apart)

    def resolve(self, extraction: Extraction) -> Resolution:
        """The entities of one document; see :mod:`kg.resolve.across` for those of several."""
        judgements = self._judge(extraction)
        by_iri: dict[str, list[Cluster]] = defaultdict(list)
        for cluster in _clusters(extraction, judgements):
            by_iri[self._iri(cluster)].append(cluster)
        entities = {iri: self._entity(iri, group) for iri, group in sorted(by_iri.items())}
        iri_of = {
            (c.document.iri, m.id): iri
            for iri, group in by_iri.items()
            for c in group
            for m in c.mentions
        }
        links = (j for iri, group in by_iri.items() for j in self._links(iri, group))
        every = {*links, *judgements}
        return Resolution(entities, iri_of, tuple(sorted(every, key=judgement_order)))

    def _key(self, iri: str) -> str:
        """What the names of an entity are compared by."""
        name = entity_name(iri)
        return iri if name is None or iri in self.known else match_key(name)

    def _judge(self, extraction: Extraction) -> tuple[Judgement, ...]:
        judgements = _document_judgements(extraction, self.ontology)
        if not self.apart:
            return tuple(judgements)
        base = extraction.document.iri
        names = (m for m in extraction.mentions if m.is_name)
        keys = {f"{base}#{m.id}": (m.known or match_key(m.surface),) for m in names}
        sets = Apart(self.apart, keys)
        return tuple(j for j in judgements if j.verdict != "same" or sets.union(j.left, j.right))

    def _iri(self, cluster: Cluster) -> str:
        known = [m.known for m in cluster.names if m.known]
        if known:
            return Counter(known).most_common(1)[0][0]
        name = canonical_name(cluster.names)
        if cluster.names[0].is_role:
            return entity_iri(f"{name} {content_key(cluster.document.iri)}")
        return entity_iri(name)

    def _entity(self, iri: str, clusters: Sequence[Cluster]) -> Entity:
        names = [m for c in clusters for m in c.names]
        known = self.known.get(iri)
        labels = dict(known.labels) if known else _labels(clusters)
        surfaces = dict.fromkeys([*(known.aliases if known else ()), *(m.surface for m in names)])
        return Entity(
            iri=iri,
            cls=known.cls if known else self._class(names),
            labels=labels,
            aliases=tuple(sorted(s for s in surfaces if s not in labels.values())),
            same_as=known.same_as if known else (),
            mentions=tuple(
                EntityMention(c.document.iri, m.span, m.surface) for c in clusters for m in c.names
            ),
        )

    def _class(self, names: Sequence[Mention]) -> str:
        """The class that most score above chance supports; the most specific of equals.

        A mention supports its own class, those above it and those below it.
        """

        def support(cls: str) -> tuple[float, int, str]:
            related = (
                max(0.0, m.score - _CHANCE)
                for m in names
                if self.ontology.is_a(m.cls, cls) or self.ontology.is_a(cls, m.cls)
            )
            return round(sum(related), 6), len(self.ontology.ancestors(cls)), cls

        return max({mention.cls for mention in names}, key=support)

    def _links(self, iri: str, clusters: Sequence[Cluster]) -> Iterator[Judgement]:
        for cluster in clusters:
            for mention in cluster.names:
                left = f"{cluster.document.iri}#{mention.id}"
                if mention.known == iri:
                    yield Judgement(left, iri, "same", 0.9, ("a name of the known entity",), BY)
                else:
                    reason = f"{mention.surface}: a name found by {mention.extractor}"
                    yield Judgement(left, iri, "same", mention.score, (reason,), BY)


def _document_judgements(extraction: Extraction, ontology: Ontology) -> Iterator[Judgement]:
    """The judgements inside a document, with mention ids made global."""
    annotated, base = extraction.annotated, extraction.document.iri
    if annotated is None:
        return
    judges = (judge_anaphors, judge_roles)
    found = (judge(annotated, ontology, load_lexicon()) for judge in judges)
    for judgement in chain(annotated.judgements, *found):
        yield Judgement(
            f"{base}#{judgement.left}", f"{base}#{judgement.right}", judgement.verdict,
            judgement.score, judgement.reasons, judgement.by,
        )  # fmt: skip
    yield from _same_names(extraction)


def _same_names(extraction: Extraction) -> Iterator[Judgement]:
    """Equal names in one document are one thing; so are two names of one known entity."""
    first: dict[str, Mention] = {}
    base = extraction.document.iri
    for mention in extraction.mentions:
        if not mention.is_name:
            continue
        earlier = first.setdefault(mention.known or match_key(mention.surface), mention)
        if earlier is not mention:
            reason = "names of one known entity" if mention.known else "the same name"
            yield Judgement(
                f"{base}#{mention.id}", f"{base}#{earlier.id}", "same", 0.95, (reason,), BY
            )


def _clusters(extraction: Extraction, judgements: Sequence[Judgement]) -> Iterator[Cluster]:
    base = extraction.document.iri
    sets = UnionFind()
    for judgement in judgements:
        if judgement.verdict == "same":
            sets.union(judgement.left, judgement.right)
    by_id = {f"{base}#{m.id}": m for m in extraction.mentions}
    for ids in sets.groups(by_id).values():
        cluster = Cluster(extraction.document, tuple(by_id[i] for i in ids))
        if cluster.names and not _is_nobody(cluster.names):
            yield cluster


def _is_nobody(names: Sequence[Mention]) -> bool:
    """Whether they are a role of which the document does not say who plays it (校方)."""
    roles = load_lexicon().roles
    return all(m.is_role and not roles[simplify(m.surface)].alone for m in names)


def canonical_name(names: Sequence[Mention]) -> str:
    """The name that stands for the thing: not a short form, the most used, then the longest."""
    full = [m for m in names if _DERIVED.isdisjoint(m.sources)] or list(names)
    counts = Counter(m.surface for m in full)
    whole = [name for name in counts if not any(_shortens(name, other) for other in counts)]
    return min(whole, key=lambda name: (-counts[name], -len(name), name))


def _shortens(name: str, other: str) -> bool:
    """Whether the characters of *name* are some of those of *other*, in its order."""
    rest = iter(other)
    return len(name) < len(other) and all(char in rest for char in name)


def told_apart(text: str, apart: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Those of *apart* of which *text* may name both: the others change nothing in its reading."""
    apart = tuple(apart)
    said = match_key(text) if apart else ""
    return tuple(pair for pair in apart if all(_names_of(iri, said) for iri in pair))


def _names_of(iri: str, said: str) -> list[str]:
    """The names of an entity that are in a text, in the form of ``match_key``."""
    known = ((*e.names(), *e.hidden) for e in load_known_entities() if e.iri == iri)
    names = {entity_name(iri) or "", *chain.from_iterable(known)} - {""}
    return [name for name in names if match_key(name) in said]


def judgement_order(judgement: Judgement) -> tuple[str, str, str, float, tuple[str, ...]]:
    """What judgements are sorted by."""
    return judgement.left, judgement.right, judgement.by, judgement.score, judgement.reasons


def _labels(clusters: Sequence[Cluster]) -> dict[str, str]:
    """A label for each language that the documents show, and Simplified for Traditional."""
    labels: dict[str, str] = {}
    for cluster in clusters:
        names = cluster.names
        chinese = [m for m in names if not m.surface.isascii()]
        latin = [m for m in names if m.surface.isascii()]
        language = LANGUAGE_OF_SCRIPT[cluster.document.script]
        if chinese:
            name = canonical_name(chinese)
            labels.setdefault(language, name)
            if language == "zh-Hant":
                labels.setdefault("zh-Hans", simplify(name))
        if latin:
            labels.setdefault("en", canonical_name(latin))
    return labels
