"""Profiles made by hand."""

from __future__ import annotations

from typing import Any

from kg.iri import entity_iri
from kg.resolve.profiles import Profile
from kg.script import match_key


def profile(name: str, document: str, cls: str = "kg:Person", **more: Any) -> Profile:
    """An entity of this name; names are given as written, sets as tuples."""
    given = {
        field: frozenset(map(match_key, more.pop(field)))
        for field in ("names", "neighbours", "company", "setting", "near", "places", "before")
        if field in more
    }
    own = frozenset({match_key(name)})
    names = given.pop("names", frozenset()) | own
    offices = frozenset((match_key(a), match_key(b)) for a, b in more.pop("offices", ()))
    iri = more.pop("iri", entity_iri(name))
    return Profile(f"doc:{document}", iri, cls, name, names=names, offices=offices, **given, **more)
