"""From JSON to a graph: what is missing or malformed is told with its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import starmap
from pathlib import Path
from typing import Any, TypeVar, get_args

from kg.errors import GraphError
from kg.model import (
    Claim,
    ClaimGraph,
    Comparator,
    Document,
    Drop,
    Entity,
    EntityMention,
    Evidence,
    Failure,
    Json,
    Judgement,
    Measure,
    Modality,
    Participant,
    Polarity,
    Precision,
    Quantity,
    Reason,
    Review,
    Ruling,
    Script,
    Span,
    TimeSpan,
    Verdict,
)

ENTITIES = "entities.jsonl"
CLAIMS = "claims.jsonl"
DOCUMENTS = "documents.jsonl"
JUDGEMENTS = "judgements.jsonl"
WHY = "why.jsonl"

T = TypeVar("T")


def read_graph(folder: Path) -> ClaimGraph:
    """Read what a build wrote; every ``Document.text`` is "".

    ``documents.jsonl``, ``judgements.jsonl`` and ``why.jsonl`` may be absent; without the last,
    evidence has its claim's extractor and confidence. Raises GraphError, which names the file
    and the line, where something is missing or malformed.
    """
    if not all((folder / name).is_file() for name in (ENTITIES, CLAIMS)):
        raise GraphError(f"{folder} is not a build folder: run kg build SOURCE --out {folder}")
    whys = dict(_read(folder / WHY, lambda row: (_text(row, "of"), row)))
    entities = tuple(_read(folder / ENTITIES, _entity))
    known = {entity.iri for entity in entities}
    return ClaimGraph(
        documents=tuple(_read(folder / DOCUMENTS, _document)),
        entities=entities,
        claims=tuple(_read(folder / CLAIMS, lambda row: _claim(row, whys, known))),
        judgements=tuple(_read(folder / JUDGEMENTS, _judgement)),
    )


def from_record(row: Json) -> ClaimGraph:
    """The graph of :func:`to_record`; raises GraphError for what is none."""
    try:
        entities = _many(row, "entities", _entity)
        known = {entity.iri for entity in entities}
        return ClaimGraph(
            documents=_many(row, "documents", lambda d: _document(d, _text(d, "text"))),
            entities=entities,
            claims=_many(row, "claims", lambda c: _claim(c, {c["key"]: c["why"]}, known)),
            judgements=_many(row, "judgements", _judgement),
            drops=_many(row, "drops", lambda drop: Drop(**drop)),
            failures=_many(row, "failures", lambda failure: Failure(**failure)),
            counts=_take(row, "counts", dict),
        )
    except KeyError as error:
        raise GraphError(f"a record lacks {error}: build its article again") from error
    except (ValueError, TypeError, OverflowError) as error:
        raise GraphError(f"a record is malformed ({error}): build its article again") from error


def load_record(line: bytes) -> ClaimGraph:
    """The graph of :func:`dump_record`; raises GraphError for what is none."""
    try:
        return from_record(json.loads(line))
    except (ValueError, RecursionError) as error:
        raise GraphError(f"a record is no JSON ({error}): build its article again") from error


def _read(path: Path, decode: Callable[[Json], T]) -> Iterator[T]:
    if not path.is_file():
        return
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            yield _decode_line(line, decode, f"{path}:{number}")


def _decode_line(line: bytes, decode: Callable[[Json], T], where: str) -> T:
    try:
        return decode(json.loads(line.decode("utf-8")))
    except KeyError as error:
        raise GraphError(f"{where}: the field {error} is missing: build it again") from error
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise GraphError(f"{where}: malformed ({error}): build it again") from error


def _take(row: Json, key: str, *kinds: type) -> Any:
    if not isinstance(row, dict):
        raise TypeError("an object is expected")
    value = row[key]
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        raise TypeError(f"{key} is {str(value)[:40]!r}")
    return value


def _text(row: Json, key: str) -> str:
    return str(_take(row, key, str))


def _optional(row: Json, key: str) -> str | None:
    value = _take(row, key, str, type(None))
    return None if value is None else str(value)


def _number(row: Json, key: str) -> float:
    return float(_take(row, key, int, float))


def _one_of(row: Json, key: str, allowed: Any) -> Any:
    value = _text(row, key)
    if value not in get_args(allowed):
        raise ValueError(f"{key} is {value[:40]!r}, not one of {', '.join(get_args(allowed))}")
    return value


def _many(row: Json, key: str, decode: Callable[[Json], T]) -> tuple[T, ...]:
    return tuple(map(decode, _take(row, key, list)))


def _texts(row: Json, key: str) -> tuple[str, ...]:
    values = _take(row, key, list)
    if not all(isinstance(value, str) for value in values):
        raise TypeError(f"{key} holds what is no text")
    return tuple(values)


def _span(row: Json) -> Span:
    return Span(_take(row, "start", int), _take(row, "end", int))


def _time(row: Json, key: str) -> TimeSpan | None:
    time = _take(row, key, dict, type(None))
    if time is None:
        return None
    return TimeSpan(
        _optional(time, "start"), _optional(time, "end"), _one_of(time, "precision", Precision)
    )


def _entity(row: Json) -> Entity:
    labels = _take(row, "labels", dict)
    return Entity(
        iri=_text(row, "iri"),
        cls=_text(row, "class"),
        labels={language: _text(labels, language) for language in labels},
        aliases=_texts(row, "aliases"),
        same_as=_texts(row, "sameAs"),
        mentions=_many(row, "mentions", _mention),
        **(_event(row) if "trigger" in row else {}),
    )


def _event(row: Json) -> dict[str, Any]:
    """What stands in the row of an event only; the keys are those of :class:`Entity`."""
    return {
        "trigger": _optional(row, "trigger"),
        "time": _time(row, "time"),
        "participants": _many(row, "participants", _participant),
        "place": _optional(row, "place"),
        "polarity": _one_of(row, "polarity", Polarity),
        "modality": _one_of(row, "modality", Modality),
        "speaker": _optional(row, "speaker"),
    }


def _mention(row: Json) -> EntityMention:
    return EntityMention(_text(row, "document"), _span(row), _text(row, "surface"))


def _participant(row: Json) -> Participant:
    return Participant(_text(row, "role"), _text(row, "iri"))


def _claim(row: Json, whys: dict[str, Json], known: set[str]) -> Claim:
    key, confidence, extractor = (
        _text(row, "key"),
        _number(row, "confidence"),
        _text(row, "extractor"),
    )
    evidence = _take(row, "evidence", list)
    default: Json = {"event": None, "reasons": [], "evidence": [{}] * len(evidence)}
    why = whys.get(key, default)
    found_by = _many(why, "evidence", lambda by: {"extractor": extractor, "score": confidence} | by)
    return Claim(
        key=key,
        subject=_known(_take(row, "subject", dict), known),
        predicate=_text(row, "predicate"),
        object=_object(_take(row, "object", dict), known),
        evidence=tuple(starmap(_evidence, zip(evidence, found_by, strict=True))),
        time=_time(row, "time"),
        place=_optional(row, "place"),
        role=_optional(row, "role"),
        polarity=_one_of(row, "polarity", Polarity),
        modality=_one_of(row, "modality", Modality),
        speaker=_optional(row, "speaker"),
        event=_optional(why, "event"),
        confidence=confidence,
        extractor=extractor,
        reasons=_many(why, "reasons", _reason),
        review=_review(why["review"]) if "review" in why else None,
    )


def _review(row: Json) -> Review:
    return Review(_one_of(row, "verdict", Ruling), _text(row, "by"), _optional(row, "at"))


def _known(row: Json, known: set[str]) -> str:
    iri = _text(row, "iri")
    if iri not in known:
        raise ValueError(f"{iri} is not in {ENTITIES}")
    return iri


def _object(row: Json, known: set[str]) -> str | Measure:
    if "iri" in row:
        return _known(row, known)
    quantity = Quantity(
        value=_number(row, "value"),
        max=None if row["max"] is None else _number(row, "max"),
        comparator=_one_of(row, "comparator", Comparator),
        unit=_text(row, "unit"),
        raw=_text(row, "raw"),
    )
    return Measure(_text(row, "name"), quantity)


def _evidence(row: Json, by: Json) -> Evidence:
    return Evidence(
        _text(row, "document"),
        _span(row),
        _text(row, "quote"),
        _text(by, "extractor"),
        _number(by, "score"),
    )


def _reason(row: Json) -> Reason:
    return Reason(_text(row, "text"), _number(row, "factor"))


DOCUMENT_FIELDS: dict[str, Callable[[Json, str], Any]] = {
    "iri": _text,
    "title": _optional,
    "published": _optional,
    "publisher": _optional,
    "language": _text,
    "script": lambda row, key: _one_of(row, key, Script),
    "source": _text,
    "digest": _text,
    "url": _optional,
}
"""The fields of a document in a row, but for its text, and how each is read."""


def _document(row: Json, text: str = "") -> Document:
    return Document(text=text, **{name: take(row, name) for name, take in DOCUMENT_FIELDS.items()})


def _judgement(row: Json) -> Judgement:
    return Judgement(
        left=_text(row, "left"),
        right=_text(row, "right"),
        verdict=_one_of(row, "verdict", Verdict),
        score=_number(row, "score"),
        reasons=_texts(row, "reasons"),
        by=_text(row, "by"),
        at=_text(row, "at") if "at" in row else None,
    )
