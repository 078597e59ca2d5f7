"""How alike two profiles are: named features, one weight each, a score and its reasons."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from rapidfuzz.distance import JaroWinkler

from kg.lexicon import AGENT, ENTITY, PERSON, PLACE, PRODUCT, WORK, load_lexicon
from kg.ontology import load_known_entities, load_ontology
from kg.resolve.profiles import Profile
from kg.script import match_key

_WEIGHTS = Path(__file__).with_name("weights.json")
_COUNTED = 4  # shared names beyond these add nothing
_YEAR = 365.25
_PUBLIC = "kg:GovernmentOrganization"

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


def features(left: Profile, right: Profile, *, rivals: int = 1, together: int = 0) -> Features:
    """What is alike and what is not, each in [0, 1]; what is absent is 0.

    *rivals* counts the things of which a shared name is told (公署 of several offices), *together*
    the documents that tell both apart.
    """
    found = {"bias": 1.0, **_of_names(left, right, rivals), **_of_ties(left, right)}
    found["told apart in one document"] = float(together > 0)
    found["other class"] = float(left.cls != right.cls)
    found["years between"] = min(1.0, _years(left.published, right.published) / 5)
    return {name: value for name, value in found.items() if value}


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
        return {"a person's name": 1.0, "a short name of a person": float(short)}
    if PLACE in kinds:
        return {"a place's name": 1.0}
    if WORK in kinds or PRODUCT in kinds:
        return {"a work's or product's name": 1.0}
    return {"a common noun for a body": float(is_generic(key))}


@cache
def is_generic(key: str) -> bool:
    """Whether the public bodies of many places are called so: 教育局, but not 香港教育局."""
    suffixes = load_lexicon().suffixes
    longest = next((key[-n:] for n in range(len(key), 0, -1) if key[-n:] in suffixes), "")
    public = bool(longest) and suffixes[longest].cls == _PUBLIC
    return public and not any(key[:n] in _places() for n in range(1, len(key)))


@cache
def _places() -> frozenset[str]:
    known = (one for one in load_known_entities() if PLACE in families(one.cls))
    return frozenset(match_key(name) for one in known for name in one.names())


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
    }


def _overlap(left: frozenset[str], right: frozenset[str]) -> float:
    """The shared part of the smaller set, up to three elements."""
    return min(3, len(left & right)) / 3


def _years(left: str, right: str) -> float:
    try:
        days = date.fromisoformat(left) - date.fromisoformat(right)
    except ValueError:
        return 0.0
    return abs(days.days) / _YEAR


def compare(
    left: Profile,
    right: Profile,
    *,
    rivals: int = 1,
    together: int = 0,
    weights: Mapping[str, float] | None = None,
) -> Comparison:
    """The score of two profiles whose classes can be one; symmetric.

    The reasons are the features that speak loudest, with their part of the log odds.
    """
    chosen = load_weights() if weights is None else weights
    found = features(left, right, rivals=rivals, together=together)
    parts = {name: chosen.get(name, 0.0) * value for name, value in found.items()}
    score = 1 / (1 + math.exp(-sum(parts.values())))
    spoken = sorted(parts, key=lambda name: (-abs(parts[name]), name))
    reasons = (f"{name} ({parts[name]:+.1f})" for name in spoken if name != "bias")
    return Comparison(round(score, 4), tuple(r for r in reasons if not r.endswith("0.0)"))[:4])
