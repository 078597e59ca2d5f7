"""A small graph, made by hand of fictional facts, that uses everything the RDF form carries."""

from __future__ import annotations

from kg.iri import PREFIXES, content_key, document_iri, entity_iri
from kg.model import (
    Claim,
    ClaimGraph,
    Document,
    Entity,
    EntityMention,
    Evidence,
    Measure,
    Participant,
    Quantity,
    Span,
    TimeSpan,
)

FIRST = Document(
    iri=document_iri("", "https://news.example/1"),
    text="",
    title="星河科技與藍海大學合作",
    published="2020-04-01",
    publisher="晨報",
    language="zh-Hant",
    source="first.txt",
    digest="ab" * 32,
    url="https://news.example/1",
)
SECOND = Document(
    iri=document_iri("second"),
    text="",
    title="星河科技收购传闻",
    published="2020-04-03",
    language="zh-Hans",
    script="Hans",
)

XINGHE, LANHAI = entity_iri("星河科技"), entity_iri("藍海大學")
YUNQIAO, DUYUN = entity_iri("雲橋"), entity_iri("渡雲公司")
LIN, BEIZHEN = entity_iri("林一舟"), entity_iri("北鎮")
SIGNING = PREFIXES["event"] + content_key("簽署")
LAUNCH = PREFIXES["event"] + content_key("推出")

NOVEMBER = TimeSpan("2017-11", "2017-11", "month")
EVENING = TimeSpan("2020-02-03T18:00", "2020-02-03T18:00", "minute")
SPRING = TimeSpan("2020-01", "2020-03", "quarter")
STAFF = Measure("員工", Quantity(2000.0, None, ">", "人", "超過2000人"))
USERS = Measure("用戶", Quantity(100000.0, 250000.5, "=", "", "10萬至25萬餘"))


def entity(iri: str, cls: str, hant: str, hans: str, en: str, *documents: Document) -> Entity:
    mentions = tuple(EntityMention(d.iri, Span(0, len(hant)), hant) for d in documents)
    return Entity(iri, cls, {"zh-Hant": hant, "zh-Hans": hans, "en": en}, mentions=mentions)


def said(document: Document, start: int, quote: str, score: float = 0.8) -> Evidence:
    return Evidence(document.iri, Span(start, start + len(quote)), quote, "frames 1", score)


def claim(
    subject: str, predicate: str, target: str | Measure, *evidence: Evidence, **more: object
) -> Claim:
    key = content_key(subject, predicate, str(target))
    settings = {"confidence": 0.8, "extractor": "frames 1", **more}
    return Claim(key, subject, predicate, target, evidence, **settings)  # type: ignore[arg-type]


ENTITIES = (
    Entity(
        XINGHE,
        "kg:Company",
        {"zh-Hant": "星河科技", "zh-Hans": "星河科技", "en": "Xinghe"},
        aliases=("星河", "Xinghe Tech"),
        same_as=("http://www.wikidata.org/entity/Q999999999",),
        mentions=(EntityMention(FIRST.iri, Span(0, 4), "星河科技"),),
    ),
    entity(
        LANHAI, "kg:EducationalOrganization", "藍海大學", "蓝海大学", "Lanhai University", FIRST
    ),
    entity(YUNQIAO, "kg:Software", "雲橋", "云桥", "Yunqiao", FIRST, SECOND),
    entity(DUYUN, "kg:Company", "渡雲公司", "渡云公司", "Duyun", SECOND),
    entity(LIN, "kg:Person", "林一舟", "林一舟", "Lin Yizhou", FIRST),
    entity(BEIZHEN, "kg:City", "北鎮", "北镇", "Beizhen", FIRST),
    Entity(
        SIGNING,
        "kg:Agreement",
        {"zh-Hant": "星河科技與藍海大學簽署協議"},
        trigger="簽署",
        time=NOVEMBER,
        participants=(Participant("agent", XINGHE), Participant("agent", LANHAI)),
        mentions=(EntityMention(FIRST.iri, Span(10, 12), "簽署"),),
    ),
    Entity(
        LAUNCH,
        "kg:ProductLaunch",
        {"zh-Hant": "推出雲橋"},
        trigger="推出",
        participants=(Participant("agent", XINGHE), Participant("patient", YUNQIAO)),
        mentions=(EntityMention(FIRST.iri, Span(30, 32), "推出"),),
    ),
)

CLAIMS = (
    claim(
        XINGHE, "kg:partnerOf", LANHAI, said(FIRST, 0, "星河科技與藍海大學簽署協議"),
        time=NOVEMBER, event=SIGNING, place=BEIZHEN, confidence=0.9,
    ),
    claim(
        XINGHE, "kg:develops", YUNQIAO, said(FIRST, 20, "星河科技推出雲橋"),
        said(SECOND, 5, "星河科技的云桥"), confidence=1.0,
    ),
    claim(LANHAI, "kg:uses", YUNQIAO, said(FIRST, 40, "藍海大學使用雲橋"), confidence=0.5),
    claim(
        DUYUN, "kg:acquires", YUNQIAO, said(SECOND, 20, "渡云公司否认收购云桥"),
        polarity="denied",
    ),
    claim(
        XINGHE, "kg:investsIn", DUYUN, said(SECOND, 40, "星河科技计划投资渡云公司"),
        modality="planned", time=SPRING,
    ),
    claim(
        DUYUN, "kg:competesWith", XINGHE, said(SECOND, 60, "林一舟称渡云公司与星河科技竞争"),
        modality="reported", speaker=LIN,
    ),
    claim(DUYUN, "kg:uses", YUNQIAO, said(SECOND, 80, "渡云公司使用云桥"), time=EVENING),
    claim(LIN, "kg:holdsRoleAt", XINGHE, said(FIRST, 60, "星河科技董事長林一舟"), role="董事長"),
    claim(XINGHE, "kg:hasMetric", STAFF, said(FIRST, 80, "員工超過2000人")),
    claim(YUNQIAO, "kg:hasMetric", USERS, said(FIRST, 90, "用戶10萬至25萬餘")),
)  # fmt: skip

SAMPLE = ClaimGraph(
    documents=tuple(sorted((FIRST, SECOND), key=lambda document: document.iri)),
    entities=tuple(sorted(ENTITIES, key=lambda each: each.iri)),
    claims=tuple(sorted(CLAIMS, key=lambda each: each.key)),
)
