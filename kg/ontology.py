"""``ontology/schema.ttl`` and ``ontology/entities.ttl`` read once into plain Python.

Only this module and :mod:`kg.lexicon` know the form of these files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.iri import compact, expand

_SUBCLASS = expand("rdfs:subClassOf")
_HIDDEN_LABEL = expand("skos:hiddenLabel")
_LABEL, _ALT_LABEL, _COMMENT = expand("rdfs:label"), expand("skos:altLabel"), expand("rdfs:comment")
_TYPE, _SAME_AS = expand("rdf:type"), expand("owl:sameAs")
_NER_LABEL, _SCHEME_LABEL = expand("kg:nerLabel"), expand("kg:schemeLabel")
_ENDS = expand("kg:ends")
_DOMAIN, _RANGE = expand("schema:domainIncludes"), expand("schema:rangeIncludes")

Properties = Mapping[str, tuple[ox.NamedNode | ox.Literal, ...]]


@dataclass(frozen=True, slots=True)
class OntologyClass:
    """A class: CURIE, direct parents, labels by language tag, other recognisers' labels for it.

    ``scheme_labels`` is what a label scheme of the field calls it, by scheme; ``ends`` are the
    relations of its parties that an event of this class ends.
    """

    curie: str
    parents: tuple[str, ...]
    labels: Mapping[str, str]
    ner_labels: tuple[str, ...] = ()
    scheme_labels: Mapping[str, str] = field(default_factory=dict)
    ends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation; ``domain`` and ``range`` are alternatives; ``literal`` if it takes a quantity."""

    curie: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    symmetric: bool
    literal: bool
    labels: Mapping[str, str]
    comment: str


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """An entity of ``entities.ttl``; ``aliases`` are all its other names in any language.

    ``hidden`` are names that say little alone (美): they count only where a reader sees its place.
    """

    iri: str
    cls: str
    labels: Mapping[str, str]
    aliases: tuple[str, ...]
    same_as: tuple[str, ...]
    hidden: tuple[str, ...] = ()

    def names(self) -> tuple[str, ...]:
        """Every label and alias once, labels first."""
        return tuple(dict.fromkeys((*self.labels.values(), *self.aliases)))


@dataclass(frozen=True)
class Ontology:
    """The classes and relations, by CURIE; ``values`` are the labels of kg:Denied and its like."""

    classes: Mapping[str, OntologyClass]
    relations: Mapping[str, Relation]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def _ancestors(self) -> dict[str, frozenset[str]]:
        return {curie: frozenset(self._walk_up(curie)) for curie in self.classes}

    def _walk_up(self, curie: str) -> Iterator[str]:
        yield curie
        for parent in self.classes[curie].parents:
            yield from self._walk_up(parent)

    @cached_property
    def ner_labels(self) -> dict[str, str]:
        """Other recognisers' entity labels (``ORG``, ``GPE``) → class."""
        return {label: cls.curie for cls in self.classes.values() for label in cls.ner_labels}

    def label_map(self, scheme: str) -> dict[str, str]:
        """Class → the label of *scheme* for it or for the nearest class above that has one.

        Classes without one are left out; empty if no class names the scheme.
        """
        found = {}
        for curie in self.classes:
            own = (self.classes[above].scheme_labels.get(scheme) for above in self._walk_up(curie))
            if label := next(filter(None, own), None):
                found[curie] = label
        return found

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Whether *cls* is *ancestor* or below it; False for a class that does not exist."""
        return ancestor in self._ancestors.get(cls, ())

    def is_any(self, cls: str, ancestors: Iterable[str]) -> bool:
        """Whether *cls* is, or is below, one of *ancestors*."""
        return any(self.is_a(cls, ancestor) for ancestor in ancestors)

    def ancestors(self, cls: str) -> frozenset[str]:
        """*cls* and all classes above it; empty for a class that does not exist."""
        return self._ancestors.get(cls, frozenset())

    def fits(self, predicate: str, subject_cls: str, object_cls: str | None) -> bool:
        """Whether the classes satisfy the relation's domain and range (None: a quantity)."""
        relation = self.relations[predicate]
        if not self.is_any(subject_cls, relation.domain):
            return False
        if relation.literal or object_cls is None:
            return relation.literal and object_cls is None
        return self.is_any(object_cls, relation.range)

    def label(self, curie: str, language: str = "en") -> str:
        """The label of any term of the schema; the CURIE's local part where there is none."""
        term = self.classes.get(curie) or self.relations.get(curie)
        labels = term.labels if term else self.values.get(curie)
        return curie if labels is None else labels.get(language, curie.partition(":")[2])


def ontology_dir() -> Path:
    """The folder with the Turtle files: in the installed package, else in the checkout."""
    here = Path(__file__).resolve().parent
    for folder in (here / "_ontology", here.parent / "ontology"):
        if (folder / "schema.ttl").is_file():
            return folder
    raise OntologyError(f"schema.ttl is not beside {here}: reinstall claimgraph")


def read_turtle(path: Path) -> dict[str, dict[str, tuple[ox.NamedNode | ox.Literal, ...]]]:
    """Subject → predicate → objects of a Turtle file; blank nodes are refused."""
    table: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(
        lambda: defaultdict(list)
    )
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if not isinstance(quad.subject, ox.NamedNode):
                raise OntologyError(f"{path}: a blank node; give it an IRI")
            if not isinstance(quad.object, ox.NamedNode | ox.Literal):
                raise OntologyError(f"{path}: {quad.subject}: a blank node; give it an IRI")
            table[quad.subject.value][quad.predicate.value].append(quad.object)
    except (SyntaxError, OSError) as error:
        raise OntologyError(f"{path}: {error}") from error
    return {s: {p: tuple(o) for p, o in props.items()} for s, props in table.items()}


def texts_by_language(properties: Properties, predicate: str) -> dict[str, str]:
    """The first literal of *predicate* in each language (tags as written in the file)."""
    found: dict[str, str] = {}
    for term in properties.get(predicate, ()):
        if isinstance(term, ox.Literal):
            found.setdefault(language_tag(term.language), term.value)
    return found


def language_tag(language: str | None) -> str:
    """*language* in the case of BCP 47: pyoxigraph lowers tags, we write ``zh-Hant``."""
    primary, *rest = (language or "").split("-")
    return "-".join([primary, *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def iris(properties: Properties, predicate: str) -> tuple[str, ...]:
    """The IRIs that *predicate* points to, in file order."""
    return tuple(o.value for o in properties.get(predicate, ()) if isinstance(o, ox.NamedNode))


def _own(curies: Iterable[str]) -> tuple[str, ...]:
    return tuple(curie for curie in curies if curie.startswith("kg:"))


def _read_class(iri: str, props: Properties) -> OntologyClass:
    parents = _own(compact(parent) for parent in iris(props, _SUBCLASS))
    ner_labels = tuple(term.value for term in props.get(_NER_LABEL, ()))
    schemes = (term.value.partition(":") for term in props.get(_SCHEME_LABEL, ()))
    return OntologyClass(
        compact(iri),
        parents,
        texts_by_language(props, _LABEL),
        ner_labels,
        {scheme: label for scheme, _, label in schemes},
        _own(map(compact, iris(props, _ENDS))),
    )


def _read_relation(iri: str, props: Properties) -> Relation:
    types, range_ = iris(props, _TYPE), _own(map(compact, iris(props, _RANGE)))
    return Relation(
        curie=compact(iri),
        domain=_own(map(compact, iris(props, _DOMAIN))),
        range=range_,
        symmetric=expand("owl:SymmetricProperty") in types,
        literal=range_ == ("kg:Metric",),
        labels=texts_by_language(props, _LABEL),
        comment=texts_by_language(props, _COMMENT).get("en", ""),
    )


def read_ontology(path: Path) -> Ontology:
    """Read a schema file; classes and relations keep the file's order."""
    table = read_turtle(path)
    classes, relations, values = {}, {}, {}
    for iri, props in table.items():
        if expand("owl:Class") in iris(props, _TYPE):
            classes[compact(iri)] = _read_class(iri, props)
        elif _DOMAIN in props:
            relations[compact(iri)] = _read_relation(iri, props)
        elif _LABEL in props:
            values[compact(iri)] = texts_by_language(props, _LABEL)
    ontology = Ontology(classes, relations, values)
    _check(ontology, path)
    _check_circles(ontology, path)
    return ontology


def _check(ontology: Ontology, path: Path) -> None:
    for owner, names in _references(ontology):
        for name in names:
            if name not in ontology.classes:
                raise OntologyError(f"{path}: {owner} names the class {name}, which is not there")


def _check_circles(ontology: Ontology, path: Path) -> None:
    for curie in ontology.classes:
        above, ends = {curie}, list(ontology.classes[curie].parents)
        while ends:
            parent = ends.pop()
            if parent == curie:
                raise OntologyError(f"{path}: {curie} is below itself")
            if parent not in above:
                above.add(parent)
                ends += ontology.classes[parent].parents


def _references(ontology: Ontology) -> Iterator[tuple[str, tuple[str, ...]]]:
    for cls in ontology.classes.values():
        yield cls.curie, cls.parents
    for relation in ontology.relations.values():
        yield relation.curie, relation.domain + relation.range


def read_known_entities(path: Path, ontology: Ontology) -> tuple[KnownEntity, ...]:
    """Read an entities file; every entity needs one of the ontology's classes."""
    return tuple(_read_known(iri, props, ontology) for iri, props in read_turtle(path).items())


def _read_known(iri: str, props: Properties, ontology: Ontology) -> KnownEntity:
    classes = [c for c in map(compact, iris(props, _TYPE)) if c in ontology.classes]
    if len(classes) != 1:
        raise OntologyError(f"{compact(iri)}: needs exactly one class of schema.ttl, has {classes}")
    aliases, hidden = (
        tuple(dict.fromkeys(t.value for t in props.get(names, ()) if isinstance(t, ox.Literal)))
        for names in (_ALT_LABEL, _HIDDEN_LABEL)
    )
    return KnownEntity(
        iri,
        classes[0],
        texts_by_language(props, _LABEL),
        aliases,
        iris(props, _SAME_AS),
        hidden,
    )


@cache
def load_ontology() -> Ontology:
    """The packaged ontology."""
    return read_ontology(ontology_dir() / "schema.ttl")


@cache
def load_known_entities() -> tuple[KnownEntity, ...]:
    """The packaged known entities."""
    return read_known_entities(ontology_dir() / "entities.ttl", load_ontology())
