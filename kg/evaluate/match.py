"""Which predicted thing is which gold thing."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence

from kg.evaluate.gold import GoldEntity, GoldEvent
from kg.model import Entity, Measure
from kg.ontology import Ontology
from kg.script import match_key

_TOLERANCE = 0.01
_SCALES = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, "兆": 1e12}
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_SCALE = re.compile(f"[{''.join(_SCALES)}]*")
_SIGN = re.compile(r"[=<>≈≥≤~]+")


def _match(ranked: Iterable[tuple[tuple[float, ...], int, int]]) -> dict[int, int]:
    """Predicted → gold positions, one to one; *ranked* are (rank, gold, predicted), best lowest."""
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, gold, predicted in sorted(ranked):
        if gold not in taken and predicted not in matched:
            matched[predicted] = gold
            taken.add(gold)
    return matched


def _names(entity: Entity) -> frozenset[str]:
    surfaces = (mention.surface for mention in entity.mentions)
    names = map(match_key, (*entity.labels.values(), *entity.aliases, *surfaces))
    return frozenset(name for name in names if name)


def class_score(predicted: str, gold: str, ontology: Ontology) -> float:
    """1 for the gold class or one below it, 0.5 for one above it, else 0."""
    if ontology.is_a(predicted, gold):
        return 1.0
    return 0.5 if ontology.is_a(gold, predicted) else 0.0


def shared_names(
    entities: Sequence[Entity], golds: Sequence[GoldEntity]
) -> dict[tuple[int, int], int]:
    """How many names a gold and a predicted entity share, by their positions, if they share any."""
    names = [_names(entity) for entity in entities]
    return {
        (g, p): shared
        for g, entity in enumerate(golds)
        for p in range(len(entities))
        if (shared := len(names[p] & entity.names))
    }


def match_entities(
    entities: Sequence[Entity], golds: Sequence[GoldEntity], ontology: Ontology
) -> dict[int, int]:
    """Predicted → gold positions of the entities that share a name, one to one."""
    return _match(
        ((-shared, -class_score(entities[p].cls, golds[g].cls, ontology)), g, p)
        for (g, p), shared in shared_names(entities, golds).items()
    )


def match_events(
    events: Sequence[Entity], golds: Sequence[GoldEvent], ids: dict[str, str]
) -> dict[int, int]:
    """Predicted → gold positions of the events of one type and trigger, one to one.

    Equal triggers go first, then those that share most participants; *ids* as in
    :func:`participants`.
    """
    return _match(
        ((far, -len(participants(event, ids) & wanted.participants)), g, p)
        for g, wanted in enumerate(golds)
        for p, event in enumerate(events)
        if event.cls == wanted.cls
        and (far := _trigger_distance(event.trigger or "", wanted.trigger)) is not None
    )


def _trigger_distance(left: str, right: str) -> int | None:
    a, b = match_key(left), match_key(right)
    if a == b:
        return 0
    return 1 if a and b and (a in b or b in a) else None


def participants(event: Entity, ids: dict[str, str]) -> frozenset[str]:
    """Who takes part: the gold id that *ids* gives an entity's IRI, else the IRI."""
    return frozenset(ids.get(p.iri, p.iri) for p in event.participants)


def same_measure(literal: str, measure: Measure) -> bool:
    """Whether a gold ``NAME=VALUE UNIT`` is *measure*, as loosely as ``kg.evaluate`` says."""
    quantity = measure.quantity
    written = _plain(_SIGN.split(literal, maxsplit=1)[-1])
    if written == _plain(quantity.raw):
        return True
    number, unit = _read_number(written)
    scale, own_unit = _read_scale(_plain(quantity.unit))
    values = (quantity.value, quantity.value * scale)
    close = any(math.isclose(number, value, rel_tol=_TOLERANCE) for value in values)
    return close and (unit in own_unit or own_unit in unit)


def _plain(text: str) -> str:
    return match_key(unicodedata.normalize("NFKC", text))


def _read_number(text: str) -> tuple[float, str]:
    """Number (NaN if there is none) and unit of e.g. ``逾16亿美元``."""
    found = _NUMBER.search(text)
    if not found:
        return math.nan, text
    scale, unit = _read_scale(text[found.end() :])
    return float(found[0].replace(",", "")) * scale, unit


def _read_scale(text: str) -> tuple[float, str]:
    characters = _SCALE.match(text)
    scale = characters[0] if characters else ""
    return math.prod(_SCALES[character] for character in scale), text[len(scale) :]
