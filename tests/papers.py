"""Three articles about invented companies: two of them say the same, one only tells of a plan."""

from __future__ import annotations

from kg.iri import document_iri, entity_iri
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
    Reason,
    Span,
    TimeSpan,
)

TEXTS = (
    "翠湖電子與藍嶺物流周二簽約。😀翠湖電子在2021年5月與藍嶺物流結為夥伴，為期三年。\n\n翠湖電子否認收購霜葉科技。",
    "藍嶺物流是翠湖電子的夥伴。分析員郝一鳴說，翠湖電子或投資霜葉科技。",
    "翠湖电子的员工超过两千人。",
)
_HEADS = (
    ("翠湖與藍嶺", "山城晚報", "2021-05-12", "https://news.example/lake?a=1&b=2", "zh-Hant"),
    ("夥伴", "河畔週刊", "2021-05-13", "javascript:window.pwned=1", "zh-Hant"),
    ("员工", None, None, None, "zh-Hans"),
)
DOCUMENTS = tuple(
    Document(
        document_iri(text),
        text,
        title=title,
        publisher=publisher,
        published=date,
        url=url,
        language=language,
        script="Hans" if language == "zh-Hans" else "Hant",
    )
    for text, (title, publisher, date, url, language) in zip(TEXTS, _HEADS, strict=True)
)
LAKE, RIDGE, FROST = (entity_iri(name) for name in ("翠湖電子", "藍嶺物流", "霜葉科技"))
HAO, SIGNING = entity_iri("郝一鳴"), "https://w3id.org/claimgraph/event/5177aa"


def _entity(iri: str, cls: str, names: tuple[str, ...], **fields: object) -> Entity:
    spans = [
        EntityMention(document.iri, Span(at, at + len(name)), name)
        for document in DOCUMENTS
        for name in names
        for at in range(len(document.text))
        if document.text.startswith(name, at)
    ]
    labels = {"zh-Hant": names[0]} | ({"en": "Lake Electronics"} if iri == LAKE else {})
    return Entity(iri, cls, labels, names[1:], mentions=tuple(spans), **fields)  # type: ignore[arg-type]


def _said(number: int, quote: str) -> Evidence:
    start = TEXTS[number].index(quote)
    return Evidence(
        DOCUMENTS[number].iri, Span(start, start + len(quote)), quote, "frame:夥伴", 0.8
    )


ENTITIES = (
    _entity(LAKE, "kg:Company", ("翠湖電子", "翠湖电子"), same_as=("http://www.wikidata.org/entity/Q4115189",)),
    _entity(RIDGE, "kg:Company", ("藍嶺物流",)),
    _entity(FROST, "kg:Company", ("霜葉科技",)),
    _entity(HAO, "kg:Person", ("郝一鳴",)),
    _entity(
        SIGNING,
        "kg:Agreement",
        ("簽約",),
        trigger="簽約",
        time=TimeSpan("2021-05-11", "2021-05-11", "day"),
        participants=(Participant("agent", LAKE), Participant("patient", RIDGE)),
    ),
)  # fmt: skip
PARTNERS = Claim(
    "aa01",
    LAKE,
    "kg:partnerOf",
    RIDGE,
    (_said(0, "翠湖電子在2021年5月與藍嶺物流結為夥伴"), _said(1, "藍嶺物流是翠湖電子的夥伴")),
    time=TimeSpan("2021-05", "2021-05", "month"),
    event=SIGNING,
    confidence=0.72,
    extractor="frame:夥伴",
    reasons=(Reason("句型明確", 0.9), Reason("兩處都說", 0.8)),
)
DENIED = Claim(
    "aa02",
    LAKE,
    "kg:acquires",
    FROST,
    (_said(0, "翠湖電子否認收購霜葉科技"),),
    polarity="denied",
    confidence=0.6,
)
PERHAPS = Claim(
    "aa03",
    LAKE,
    "kg:investsIn",
    FROST,
    (_said(1, "翠湖電子或投資霜葉科技"),),
    time=TimeSpan("2020", "2022", "year"),
    modality="reported",
    speaker=HAO,
    role="股東",
    confidence=0.5,
)
STAFF = Claim(
    "aa04",
    LAKE,
    "kg:hasMetric",
    Measure("員工", Quantity(2000, None, ">", "人", "超过两千人")),
    (_said(2, "翠湖电子的员工超过两千人"),),
    confidence=0.875,
)


def papers_graph() -> ClaimGraph:
    """The whole graph; the same in every process."""
    return ClaimGraph(DOCUMENTS, ENTITIES, (PARTNERS, DENIED, PERHAPS, STAFF))
