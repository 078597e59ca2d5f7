"""What readers judged in the page: claims right or wrong, entities the same or different.

A file of verdicts has one JSON object a line, as the page saves them::

    {"claim": "9f2c…", "verdict": "right" | "wrong", "by": "…", "at": "2026-05-01T10:00:00Z"}
    {"left": "https://…", "right": "https://…", "verdict": "same" | "different", "by": …, "at": …}

``by`` and ``at`` may be empty or absent. Of two verdicts about one thing the later stands: that of
the later date; one without a date gives way to one with a date; of equals the one that was given
last, further down or in a later file. A file that ends in ``.csv`` has these fields as columns,
among others; rows without a verdict are passed over: so the table of ``kg review`` can be filled
in.

Left and right may also be what single documents call something, or documents themselves.

Claims and entities are named by keys and IRIs that their content decides, so that verdicts outlive
a rebuild. What is no longer in the build (another text, another reading, another date) has another
key: its verdict then does nothing, and is reported as a :class:`~kg.model.Drop`.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from kg.combine import merged, move_claims, move_entities, pooled
from kg.errors import InputError
from kg.model import Claim, ClaimGraph, Drop, Entity, Json, Judgement, Review
from kg.ontology import Ontology
from kg.resolve.clusters import Apart

STAGE = "judgements"
READER = "a reader"
REASON = "judged by a reader"
_NO_CLAIM = "the judged claim is not in this build"
_NO_ENTITY = "a judged entity is not in this build"
_REFUSED = "judged the same, but by way of others judged different"
_NO_FIT = "no two fitting ends after merging what was judged the same"
_CLAIM, _PAIR = ("right", "wrong"), ("same", "different")


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The verdicts on claims, by key, and those on pairs of entities, sorted."""

    claims: Mapping[str, Review] = field(default_factory=dict)
    pairs: tuple[Judgement, ...] = ()

    @property
    def apart(self) -> tuple[tuple[str, str], ...]:
        """The pairs of IRIs that are judged different."""
        return tuple((one.left, one.right) for one in self.pairs if one.verdict == "different")


# --- Reading ---------------------------------------------------------------------------------


def read_verdicts(paths: Iterable[Path]) -> Verdicts:
    """The verdicts of all files; raises InputError, with file and line, for what is none."""
    return verdicts_of(row for path in paths for row in _rows(path))


def verdicts_of(rows: Iterable[Json]) -> Verdicts:
    """The verdicts of :func:`verdict_rows`, of which the latest on each thing stands.

    Of those of one date, or of none, the last.
    """
    ordered = sorted(rows, key=lambda row: row["at"] or "")
    claims = {
        row["claim"]: Review(row["verdict"], row["by"], row["at"])
        for row in ordered
        if "claim" in row
    }
    pairs = {(row["left"], row["right"]): row for row in ordered if "left" in row}
    return Verdicts(claims, tuple(_judgement(pairs[pair]) for pair in sorted(pairs)))


def verdict_rows(verdicts: Verdicts) -> Iterator[Json]:
    """Each verdict as a file of verdicts has it."""
    for key, one in sorted(verdicts.claims.items()):
        yield {"claim": key, "verdict": one.ruling, "by": one.by, "at": one.at}
    for pair in verdicts.pairs:
        row = {"left": pair.left, "right": pair.right, "verdict": pair.verdict}
        yield {**row, "by": pair.by, "at": pair.at}


def _judgement(row: Json) -> Judgement:
    return Judgement(
        row["left"], row["right"], row["verdict"], 1.0, (REASON,), row["by"], row["at"]
    )


def _rows(path: Path) -> Iterator[Json]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}): give a file of verdicts") from error
    if path.suffix.lower() == ".csv":
        yield from _csv_rows(path, lines)
        return
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield _row(json.loads(line))
            except (ValueError, RecursionError) as error:
                raise InputError(f"{path}:{number}: no verdict: {error}") from error


def _csv_rows(path: Path, lines: Sequence[str]) -> Iterator[Json]:
    reader = csv.DictReader([lines[0].removeprefix("\ufeff"), *lines[1:]] if lines else [])
    if "verdict" not in (reader.fieldnames or ()):
        raise InputError(
            f"{path}:1: no column 'verdict': give the table of `kg review --format csv`, "
            "its columns parted by commas"
        )
    for found in reader:
        if (found.get("verdict") or "").strip():
            try:
                yield _row({**found, "verdict": str(found["verdict"]).strip().lower()})
            except ValueError as error:
                where = f"{path}:{reader.line_num}"
                raise InputError(f"{where}: no verdict: {error}") from error


def _row(found: object) -> Json:
    if not isinstance(found, dict):
        raise ValueError("an object is expected")
    names = ("claim",) if found.get("claim") else ("left", "right")
    row = {name: _text(found, name) for name in (*names, "verdict")}
    allowed = _CLAIM if "claim" in found else _PAIR
    if row["verdict"] not in allowed:
        raise ValueError(f"the verdict is {row['verdict'][:40]!r}, not {' or '.join(allowed)}")
    if "left" in row:
        row["left"], row["right"] = sorted((row["left"], row["right"]))
        if row["left"] == row["right"]:
            raise ValueError("left and right are one")
    return {**row, "by": _optional(found, "by") or READER, "at": _moment(found)}


def _text(found: Json, name: str) -> str:
    value = _optional(found, name)
    if not value:
        raise ValueError(f"the field {name!r} is missing")
    return value


def _optional(found: Json, name: str) -> str:
    value = found.get(name) or ""
    if not isinstance(value, str):
        raise ValueError(f"{name} is {str(value)[:40]!r}, not a text")
    return value.strip()


def _moment(found: Json) -> str | None:
    """The date-time in UTC to the second, or the date as it stands."""
    at = _optional(found, "at")
    if not at:
        return None
    moment = datetime.fromisoformat(at)
    if len(at) == len("2026-05-01"):
        return at
    moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


# --- Honouring -------------------------------------------------------------------------------


def apply_verdicts(graph: ClaimGraph, verdicts: Verdicts, ontology: Ontology) -> ClaimGraph:
    """*graph* as its readers judge it; the order of the verdicts does not matter.

    A claim that is judged wrong stays, marked, but is no fact. What is the same is merged, also
    by way of others, unless that would join what is different. A claim's verdict holds for the
    key that it has before or after the merging.
    """
    if not (verdicts.claims or verdicts.pairs):
        return graph
    known = graph.entity_by_iri()
    documents = {document.iri for document in graph.documents}
    pairs, places, gone = sort_pairs(verdicts.pairs, known, documents)
    one_of, refused = merges(pairs, known)
    before = [_reviewed(claim, verdicts) for claim in graph.claims]
    moved, lost = _moved(before, one_of, ontology, known)
    claims = tuple(_reviewed(claim, verdicts) for claim in moved)
    judged = {claim.key for claim in (*before, *claims)}
    drops = [
        *(Drop("", STAGE, "", _NO_CLAIM, key) for key in verdicts.claims if key not in judged),
        *gone,
        *(Drop("", STAGE, "", _REFUSED, f"{one.left} {one.right}") for one in refused),
        *lost,
    ]
    return replace(
        graph,
        entities=tuple(_entities(graph.entities, one_of, claims)),
        claims=claims,
        judgements=(*graph.judgements, *pairs, *places),
        drops=(*graph.drops, *drops),
    )


def sort_pairs(
    pairs: Iterable[Judgement], entities: Collection[str], documents: Collection[str]
) -> tuple[list[Judgement], list[Judgement], list[Drop]]:
    """Those on *entities* of the build, those on its *documents* and what these call something, and
    as drops those on neither. All are given by IRI.
    """
    known, places, gone = [], [], []
    for one in pairs:
        if one.left in entities and one.right in entities:
            known.append(one)
        elif _is_of_places(one, documents):
            places.append(one)
        else:
            gone.append(Drop("", STAGE, "", _NO_ENTITY, f"{one.left} {one.right}"))
    return known, places, gone


def _is_of_places(pair: Judgement, documents: Collection[str]) -> bool:
    """Whether it is on documents, or on what they call something: honoured before or elsewhere."""
    return all(end.partition("#")[0] in documents for end in (pair.left, pair.right))


def merges(
    pairs: Iterable[Judgement], known: Mapping[str, Entity]
) -> tuple[Mapping[str, str], list[Judgement]]:
    """Entity IRI → that of the entity it is one with; and the verdicts that could not be met."""
    pairs = list(pairs)
    sets = Apart((one.left, one.right) for one in pairs if one.verdict == "different")
    refused = [
        one for one in pairs if one.verdict == "same" and not sets.union(one.left, one.right)
    ]
    groups = sets.groups(iri for one in pairs for iri in (one.left, one.right))
    heads = ((min(group, key=lambda iri: _rank(known[iri])), group) for group in groups.values())
    return {iri: head for head, group in heads for iri in group}, refused


def _rank(entity: Entity) -> tuple[bool, int, str]:
    """First what is linked to the outside, then what is named most."""
    return not entity.same_as, -len(entity.mentions), entity.iri


def _reviewed(claim: Claim, verdicts: Verdicts) -> Claim:
    review = verdicts.claims.get(claim.key)
    return replace(claim, review=review) if review else claim


def _moved(
    claims: Sequence[Claim],
    one_of: Mapping[str, str],
    ontology: Ontology,
    known: Mapping[str, Entity],
) -> tuple[Sequence[Claim], list[Drop]]:
    """The claims between what is left, and those that have no two fitting ends any more."""
    if not one_of:
        return claims, []
    kept, lost = move_claims(claims, one_of, ontology, known)
    return pooled(kept, ontology), [replace(one, stage=STAGE, reason=_NO_FIT) for one in lost]


def _entities(
    entities: Sequence[Entity], one_of: Mapping[str, str], claims: Sequence[Claim]
) -> Iterator[Entity]:
    """What is left, sorted; who is wrongly claimed to take part in an event takes no part."""
    wrong = {frozenset((c.subject, c.object)) for c in claims if c.is_rejected}
    right = {frozenset((c.subject, c.object)) for c in claims if not c.is_rejected}
    groups: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        groups[one_of.get(entity.iri, entity.iri)].append(entity)
    for iri in sorted(groups):
        group = sorted(groups[iri], key=lambda entity: (entity.iri != iri, entity.iri))
        (one,) = move_entities([merged(group) if len(group) > 1 else group[0]], one_of)
        kept = (p for p in one.participants if frozenset((p.iri, iri)) not in wrong - right)
        yield replace(one, participants=tuple(kept))
