"""Profiles made by hand."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

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


STUDENTS = ("羅冠聰", "黃之鋒", "岑敖暉")
PARTY = ("徐才厚", "薄熙來", "令計劃")


def namesakes() -> list[Profile]:
    """Two persons of one name, of whom two and three documents tell."""
    return [
        profile("周永康", "1", company=STUDENTS, before=("秘書", "書長"), published="2017-01-01"),
        profile("周永康", "2", company=STUDENTS, before=("秘書", "書長"), published="2017-02-01"),
        profile("周永康", "3", company=PARTY, setting=("中共", "北京"), published="2018-01-01"),
        profile("周永康", "4", company=PARTY, setting=("中共", "北京"), published="2018-02-01"),
        profile("周永康", "5", company=PARTY, setting=("中共", "北京"), published="2018-03-01"),
    ]


def _pools(known: st.SearchStrategy[bool]) -> st.SearchStrategy[list[Profile]]:
    one = st.builds(
        lambda name, number, cls, company, also, known: profile(
            name, str(number), cls, company=company, names=also, known=known and name == "藍峰"
        ),
        st.sampled_from(["王偉", "王伟", "李明", "藍峰", "藍峰集團"]),
        st.integers(1, 6),
        st.sampled_from(["kg:Person", "kg:Company"]),
        st.lists(st.sampled_from("甲乙丙丁戊"), max_size=3),
        st.lists(st.sampled_from(["王偉", "青禾", "藍峰股份"]), max_size=2),
        known,
    )
    return st.lists(one, max_size=10, unique_by=lambda one: (one.document, one.iri))


pools = _pools(st.just(False))
mixed_pools = _pools(st.booleans())
"""As ``pools``, with known entities among them."""
