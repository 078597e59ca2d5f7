"""Articles annotated by reading, as JSON files with their text beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.model import Json
from kg.ontology import Ontology, load_ontology
from kg.script import match_key

OTHER = "kg:Other"
"""The gold event type for what no class of the ontology names."""


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An annotated entity; ``names`` are match keys, ``label`` its first name as written."""

    id: str
    cls: str
    label: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """An annotated claim; ``object`` is an entity id, or ``NAME=VALUE UNIT`` if ``literal``.

    ``construction`` is how the sentence carries it (verb, prep, nominal, …), where that was noted.
    """

    subject: str
    predicate: str
    object: str
    literal: bool
    time: str | None
    core: bool
    negated: bool
    planned: bool
    quote: str
    construction: str | None = None


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An annotated event; ``participants`` are entity ids."""

    cls: str
    trigger: str
    time: str | None
    participants: frozenset[str]
    quote: str


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated article; ``text`` is None where the ``.txt`` file is not beside it."""

    path: Path
    document: str
    published: str | None
    title: str | None
    text: str | None
    entities: tuple[GoldEntity, ...]
    claims: tuple[GoldClaim, ...]
    events: tuple[GoldEvent, ...]


def load_gold(path: Path, ontology: Ontology | None = None) -> Gold:
    """Read one gold file and the text beside it.

    Raises InputError if it is no JSON of this form, or names a class, relation or entity id that
    does not exist.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
        gold = _read_gold(path, data)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}: give a gold JSON file") from error
    except KeyError as error:
        raise InputError(f"{path}: the field {error} is missing: add it") from error
    except (ValueError, TypeError, AttributeError, IndexError) as error:
        raise InputError(f"{path}: not a gold file ({error}): see the annotation guide") from error
    _check_gold(gold, ontology or load_ontology())
    return gold


def _read_gold(path: Path, data: Json) -> Gold:
    document = data.get("document") or path.with_suffix(".txt").name
    beside = next(
        (p for p in (path.with_suffix(".txt"), path.parent / document) if p.is_file()), None
    )
    return Gold(
        path=path,
        document=document,
        published=data.get("published"),
        title=data.get("title"),
        # As bytes, so that line ends stay as they are and offsets hold.
        text=beside.read_bytes().decode("utf-8-sig") if beside else None,
        entities=tuple(map(_read_entity, data["entities"])),
        claims=tuple(map(_read_claim, data["claims"])),
        events=tuple(map(_read_event, data["events"])),
    )


def _read_entity(row: Json) -> GoldEntity:
    names = frozenset(map(match_key, row["names"]))
    return GoldEntity(row["id"], "kg:" + row["type"], row["names"][0], names)


def _read_claim(row: Json) -> GoldClaim:
    return GoldClaim(
        subject=row["s"],
        predicate="kg:" + row["p"],
        object=str(row["o"]),
        literal=bool(row.get("literal")),
        time=row.get("time"),
        core=bool(row.get("core")),
        negated=bool(row.get("negated")),
        planned=bool(row.get("planned")),
        quote=row.get("quote", ""),
        construction=str(row["construction"]) if row.get("construction") else None,
    )


def _read_event(row: Json) -> GoldEvent:
    participants = frozenset(row.get("participants", ()))
    return GoldEvent(
        "kg:" + row["type"], row["trigger"], row.get("time"), participants, row.get("quote", "")
    )


def _check_gold(gold: Gold, ontology: Ontology) -> None:
    ids = {entity.id for entity in gold.entities}
    for kind, name, known in _names_used(gold, ids, ontology):
        if name not in known:
            raise InputError(f"{gold.path}: there is no {kind} {name!r}: correct the gold file")


def _names_used(
    gold: Gold, ids: Iterable[str], ontology: Ontology
) -> Iterator[tuple[str, str, Iterable[str]]]:
    for entity in gold.entities:
        yield "class", entity.cls, ontology.classes
    for claim in gold.claims:
        yield "relation", claim.predicate, ontology.relations
        yield "entity id", claim.subject, ids
        if not claim.literal:
            yield "entity id", claim.object, ids
    for event in gold.events:
        yield "event type", event.cls, {*ontology.classes, OTHER}
        yield from (("entity id", participant, ids) for participant in event.participants)
