"""How alike two profiles are: named features, one weight each, a score and its reasons."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.distance import JaroWinkler

from kg.lexicon import AGENT, ENTITY, PERSON, PLACE, PRODUCT, WORK, load_lexicon
from kg.ontology import load_ontology
from kg.resolve.profiles import Profile

_WEIGHTS = Path(__file__).with_name("weights.json")
_COUNTED = 4  # shared names beyond these add nothing
_WEEK, _LONG = 7, 10**6
_TOLD = 4  # reasons given

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How sure it is, in [0, 1], that two profiles are of one thing, and why."""

    score: float
    reasons: tuple[str, ...]


@cache
def load_weights() -> Mapping[str, float]:
    """The weight of each feature, ``bias`` among them: log odds, fitted on labelled pairs."""
    found: dict[str, float] = json.loads(_WEIGHTS.read_text("utf-8"))
    return found


def are_of_one_kind(left: str, right: str) -> bool:
    """Whether two classes can be those of one thing: a Company and a Person cannot.

    One is above the other, or both are below one class that is more than a thing or an agent.
    """
    one, other = families(left), families(right)
    return bool(one & other) or left == right


@cache
def families(cls: str) -> frozenset[str]:
    """*cls* and what is above it, but for what is above nearly all."""
    return load_ontology().ancestors(cls) - {ENTITY, AGENT}


def features(left: Profile, right: Profile, *, rivals: int = 1) -> Features:
    """What is alike and what is not, each in [0, 1]; what is absent is 0.

    *rivals* counts the things of which a shared name is told (公署 of several offices).
    """
    found = {"bias": 1.0, **_of_names(left, right, rivals), **_of_ties(left, right)}
    found["other class"] = float(left.cls != right.cls)
    found["in one week"] = float(_days(left.published, right.published) <= _WEEK)
    return {name: value for name, value in found.items() if value}


@lru_cache(maxsize=1 << 14)
def compared(left: Profile, right: Profile, rivals: int) -> Comparison:
    """The :func:`compare` of two profiles; kept, as blocks are judged again with each article."""
    return compare(features(left, right, rivals=rivals))


def _of_names(left: Profile, right: Profile, rivals: int) -> dict[str, float]:
    one = left.key == right.key
    alike = 0.0 if one else JaroWinkler.normalized_similarity(left.key, right.key)
    declared = not one and (left.key in right.names or right.key in left.names)
    return {
        "another name": float(not one),
        "one is called like the other": float(declared),
        "likeness of names": alike,
        "names of several things": float(rivals > 1),
        **(_kind_of_name(left) if one else {}),
    }


def _kind_of_name(profile: Profile) -> dict[str, float]:
    """How telling it is that two things have this name."""
    key, kinds = profile.key, families(profile.cls)
    if PERSON in kinds:
        short = len(key) <= (2 if not key.isascii() else 6)
        return {
            "a person's name": 1.0,
            "a short name of a person": float(short),
            "a name that many have": float(_is_common(key)),
        }
    if PLACE in kinds:
        return {"a place's name": 1.0}
    if WORK in kinds or PRODUCT in kinds:
        return {"a work's or product's name": 1.0}
    return {}


@cache
def _is_common(key: str) -> bool:
    """Whether many people have this given name, or this surname alone (張志偉, 布朗)."""
    common, surnames = (load_lexicon().words(name) for name in ("lex:CommonName", "lex:Surname"))
    return key in common or any(key[:n] in surnames and key[n:] in common for n in (1, 2))


def _of_ties(left: Profile, right: Profile) -> dict[str, float]:
    bodies = {body for _, body in left.offices}, {body for _, body in right.offices}
    company = len(left.company & right.company)
    setting = left.setting & right.setting
    known = min(len(left.setting), len(right.setting))
    around = min(len(one.company) + len(one.setting) for one in (left, right))
    strangers = not company and not setting and around > 1
    return {
        "the same office": float(bool(left.offices & right.offices)),
        "an office at the same body": float(bool(bodies[0] & bodies[1])),
        "offices at other bodies": float(all(bodies) and not bodies[0] & bodies[1]),
        "a shared neighbour": float(bool(left.neighbours & right.neighbours)),
        "shared company": min(_COUNTED, company) / _COUNTED,
        "share of the setting": len(setting) / known if known else 0.0,
        "nothing in common": float(strangers),
        "alike words before the name": _overlap(left.before, right.before),
        "the same names near": _overlap(left.near, right.near),
        "the same places": float(bool(left.places & right.places)),
        "other places": float(_differ(left.places, right.places)),
    }


def _overlap(left: frozenset[str], right: frozenset[str]) -> float:
    """The shared part of the smaller set, up to three elements."""
    return min(3, len(left & right)) / 3


def _differ(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether both say something, and nothing of it is the same."""
    return bool(left and right) and left.isdisjoint(right)


def _days(left: str, right: str) -> int:
    """The days between two dates; very many if one is unknown."""
    try:
        return abs((date.fromisoformat(left) - date.fromisoformat(right)).days)
    except ValueError:
        return _LONG


def compare(found: Features) -> Comparison:
    """The score of two profiles with these features.

    The reasons are the features that speak loudest, with their part of the log odds.
    """
    weights = load_weights()
    parts = {name: weights.get(name, 0.0) * value for name, value in found.items()}
    score = 1 / (1 + math.exp(-sum(parts.values())))
    spoken = sorted(parts, key=lambda name: (-abs(parts[name]), name))
    told = (name for name in spoken if name != "bias" and round(parts[name], 1))
    return Comparison(round(score, 4), tuple(f"{n} ({parts[n]:+.1f})" for n in told)[:_TOLD])
