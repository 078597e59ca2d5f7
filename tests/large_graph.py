"""Invented graphs of any size: a few hubs, many nodes at the rim, groups that keep together."""

from __future__ import annotations

from random import Random

from kg.iri import document_iri, entity_iri
from kg.model import Claim, ClaimGraph, Document, Entity, EntityMention, Evidence, Span, TimeSpan

_SIGNS = "安邦長春東方福港光海和恒華嘉金景凱康樂利美明南寧平清瑞山盛泰天文新興雅永宇源遠雲澤正志中"
_CLASSES = ("Company", "Person", "City", "Software", "Meeting", "CreativeWork")
_RELATIONS = ("partnerOf", "develops", "investsIn", "uses", "participatesIn", "supports")
_SENTENCE = "兩者在會上宣佈了新的計劃。"


def large_graph(nodes: int, edges: int, seed: int = 7) -> ClaimGraph:
    """The same graph in every process; node 0 is the greatest hub."""
    random = Random(seed)
    document = Document(document_iri("0" * 64), _SENTENCE, title="大圖", language="zh-Hant")
    iris = [entity_iri(_name(i)) for i in range(nodes)]
    entities = [_entity(document, iri, i, random) for i, iri in enumerate(iris)]
    claims = [_claim(document, iris, i, random) for i in range(edges)]
    return ClaimGraph((document,), tuple(entities), tuple(claims))


def _name(number: int) -> str:
    """A name of three to five signs, another for every number."""
    signs, rest = [], number + len(_SIGNS) ** 2
    while rest:
        rest, place = divmod(rest, len(_SIGNS))
        signs.append(_SIGNS[place])
    return "".join(signs)


def _entity(document: Document, iri: str, number: int, random: Random) -> Entity:
    cls = _CLASSES[random.randrange(len(_CLASSES))]
    mention = EntityMention(document.iri, Span(0, 2), _SENTENCE[:2])
    labels = {"zh-Hant": _name(number), "en": f"Name {number}"}
    return Entity(iri, f"kg:{cls}", labels, mentions=(mention,))


def _claim(document: Document, iris: list[str], number: int, random: Random) -> Claim:
    """Every node hangs on an earlier one first; then edges within groups and to the hubs."""
    count = len(iris)
    here = number + 1 if number + 1 < count else random.randrange(count)
    near = max(0, here - random.randrange(1, 40))
    there = int(here * random.random() ** 3) if random.random() < 0.4 else near
    evidence = Evidence(document.iri, Span(0, len(_SENTENCE)), _SENTENCE, "bench", 0.9)
    year = f"{2000 + random.randrange(26)}"
    return Claim(
        f"bench-{number}",
        iris[here],
        f"kg:{_RELATIONS[random.randrange(len(_RELATIONS))]}",
        iris[there if there != here else (here + 1) % count],
        (evidence,),
        time=TimeSpan(year, year, "year") if random.random() < 0.6 else None,
        polarity="denied" if random.random() < 0.02 else "asserted",
        modality="planned" if random.random() < 0.08 else "actual",
        confidence=round(0.5 + random.random() / 2, 2),
        extractor="bench",
    )
