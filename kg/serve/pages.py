"""The HTML pages of single things: what a person sees where a program gets RDF."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from kg.iri import PREFIXES, compact, expand
from kg.ontology import load_ontology
from kg.render.names import LANGUAGES
from kg.serve.negotiate import choose
from kg.serve.resources import MOST_CLAIMS, MOST_QUOTES, path_of_iri

Binding = Mapping[str, Mapping[str, str]]
"""A row of SPARQL results in JSON."""

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_FIRST = ("rdf:type", "rdfs:label", "skos:altLabel", "dcterms:title", "dcterms:issued")
_NAMES = tuple(map(expand, ("schema:name", "dcterms:title", "rdfs:label")))
_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value to show: its text, where it leads (None: nowhere), its language or None."""

    text: str
    href: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence and the document that has it."""

    text: str
    language: str | None
    document: Cell


@dataclass(frozen=True, slots=True)
class Said:
    """A claim as it is shown."""

    href: str
    subject: Cell
    relation: Cell
    object: Cell
    polarity: str
    modality: str
    confidence: str
    quotes: tuple[Quote, ...]


def page_language(accept_language: str | None) -> str:
    """The one of our three languages that a browser likes best; Traditional Chinese by default."""
    liked = ",".join(f"x/{part.strip()}" for part in (accept_language or "").split(","))
    offer = {
        "x/zh-Hant": "zh-Hant", "x/zh-TW": "zh-Hant", "x/zh-HK": "zh-Hant", "x/zh-Hans": "zh-Hans",
        "x/zh-CN": "zh-Hans", "x/zh-SG": "zh-Hans", "x/zh": "zh-Hant",
        "x/en": "en", "x/en-US": "en", "x/en-GB": "en",
    }  # fmt: skip
    lowered = {asked.lower(): given for asked, given in offer.items()}
    return choose(liked.lower(), lowered) or LANGUAGES[0]


def render_thing(
    iri: str, own: list[Binding], back: list[Binding], claims: list[Binding], language: str
) -> bytes:
    """The page of *iri* in *language*, of the rows of the queries in :mod:`kg.serve.resources`."""
    said = tuple(_said(claims, language))
    return _render(
        "thing.html.j2",
        language,
        iri=iri,
        heading=_heading(iri, own),
        data=data_path(iri),
        properties=_grouped(own, language),
        back=_grouped(back, language),
        claims=said,
        cut=len(said) >= MOST_CLAIMS or len(claims) >= MOST_QUOTES,
    )


def render_yasgui(language: str, questions: Iterable[Any]) -> bytes:
    """The query editor, with our named questions to begin from."""
    settings = {
        "prefixes": PREFIXES,
        "questions": [{"name": one.name, "text": one.text} for one in questions],
    }
    return _render("sparql.html.j2", language, settings=settings)


def data_path(iri: str) -> str:
    """Where the RDF about *iri* is."""
    return _path("/data", iri)


def page_path(iri: str) -> str:
    """Where the page about *iri* is."""
    return _path("/page", iri)


def _path(place: str, iri: str) -> str:
    path = path_of_iri(iri)
    if path is None:
        return f"{place}?iri={quote(iri, safe='')}"
    # A percent sign of the IRI itself stays: it is an escape already.
    return place + quote(path, safe="/%~")


def _href(iri: str) -> str | None:
    """Where a link to *iri* leads: to our page of what is ours, else to the web, else nowhere."""
    path = path_of_iri(iri)
    if path is not None:
        return quote(path, safe="/%~")
    if iri.startswith(PREFIXES["kg"]):
        return page_path(iri)
    return iri if iri.startswith(_WEB) else None


def _heading(iri: str, own: list[Binding]) -> Cell:
    for predicate in _NAMES:
        for row in own:
            if row["p"]["value"] == predicate:
                return _literal(row["o"])
    return Cell(compact(iri))


def _grouped(rows: list[Binding], language: str) -> list[tuple[Cell, list[Cell]]]:
    """Predicate and its values; the telling ones first."""
    groups: dict[str, dict[Cell, None]] = {}
    for row in rows:
        groups.setdefault(row["p"]["value"], {})[_cell(row["o"], row.get("name"), language)] = None
    places = {expand(curie): place for place, curie in enumerate(_FIRST)}
    order = sorted(groups, key=lambda iri: (places.get(iri, len(places)), iri))
    return [(_term(iri, language), list(groups[iri])) for iri in order]


def _cell(value: Mapping[str, str], name: Mapping[str, str] | None, language: str) -> Cell:
    if value["type"] != "uri":
        return _literal(value)
    iri = value["value"]
    if name is not None:
        return Cell(name["value"], _href(iri), name.get("xml:lang"))
    return _term(iri, language)


def _literal(value: Mapping[str, str]) -> Cell:
    return Cell(value["value"], None, value.get("xml:lang"))


def _term(iri: str, language: str) -> Cell:
    """A term of our ontology by its label, any other by its CURIE."""
    curie = compact(iri)
    ontology = load_ontology()
    known = ontology.relations.get(curie) or ontology.classes.get(curie)
    label = known.labels.get(language) if known else None
    return Cell(label or curie, _href(iri), language if label else None)


def _said(rows: list[Binding], language: str) -> Iterator[Said]:
    """The claims in their order, each with all its sentences."""
    groups: dict[str, list[Binding]] = {}
    for row in rows:
        groups.setdefault(row["claim"]["value"], []).append(row)
    for iri, group in groups.items():
        first = group[0]
        yield Said(
            href=_href(iri) or "",
            subject=_cell(first["subject"], first.get("from"), language),
            relation=_term(first["predicate"]["value"], language),
            object=_cell(first["object"], first.get("to"), language),
            polarity=_stance(first["polarity"]),
            modality=_stance(first["modality"]),
            confidence=f"{float(first['confidence']['value']):.2f}",
            quotes=tuple(dict.fromkeys(map(_quote, group))),
        )


def _stance(value: Mapping[str, str]) -> str:
    return value["value"].rpartition("#")[2].lower()


def _quote(row: Binding) -> Quote:
    iri = row["document"]["value"]
    title = row.get("title", {"value": compact(iri)})
    document = Cell(title["value"], _href(iri), title.get("xml:lang"))
    return Quote(row["quote"]["value"], row["quote"].get("xml:lang"), document)


def _render(template: str, language: str, **values: Any) -> bytes:
    text: str = (
        _environment()
        .get_template(template)
        .render(language=language, t=_strings()[language], **values)
    )
    return text.encode("utf-8", "replace")


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from kg.render.page import embed

    environment = Environment(
        loader=PackageLoader("kg.serve"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["embed"] = embed
    return environment


@cache
def _strings() -> dict[str, dict[str, str]]:
    text = (files("kg.serve") / "static" / "strings.json").read_text("utf-8")
    table: dict[str, list[str]] = json.loads(text)
    return {
        language: {name: row[place] for name, row in table.items()}
        for place, language in enumerate(LANGUAGES)
    }
