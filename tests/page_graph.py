"""A graph of invented companies, in Traditional Chinese: about 45 entities and 75 claims."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from kg.findings import Analysis, NodeRow
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

# name | class | English | aliases
_ENTITIES = """
星河科技|Company|Galaxy Technology|星河、星河公司
環海聯盟|IntergovernmentalOrganization|Oceanic Union|環盟、OU
環海文教署|IntergovernmentalOrganization|Oceanic Culture Agency|文教署
環海衛生署|IntergovernmentalOrganization|Oceanic Health Agency|
環海兒童基金|IntergovernmentalOrganization||兒童基金
青藤大學|EducationalOrganization|Ivy Vine University|青大
綠洲基金會|NonprofitOrganization|Oasis Foundation|
南港市政府|GovernmentOrganization||
晨光日報|MediaOrganization|Morning Light Daily|
北斗電訊|Company|Beidou Telecom|
白鯨遊戲|Company|Beluga Games|
雲杉資本|Company|Spruce Capital|
琥珀汽車|Company|Amber Motors|
星河研究院|Organization||
星河雲|Service|Galaxy Cloud|
海豚會議|Software|Dolphin Meeting|海豚
海豚同傳|Software||
小鹿支付|Service|Deer Pay|
小鹿文檔|Software|Deer Docs|
星語翻譯|Software|StarTalk|
白鯨王國|Game|Kingdom of Belugas|
琥珀一號|Device|Amber One|
天琴大模型|Software|Lyra|
環海七十五周年全球對話|Event|OU75 Global Dialogue|全球對話
星河簽署合作協議|Agreement||
環海氣候峰會|Meeting|Ocean Climate Summit|
數字生態大會|Meeting||
天琴發佈會|ProductLaunch||
白鯨收購案|Acquisition||
南港疫情|Crisis||
林遠帆|Person|Lin Yuanfan|
周若彤|Person||
安娜·科瓦奇|Person|Anna Kovács|
陳孟喬|Person||
莫里斯·奧卡福|Person|Maurice Okafor|
南港|City|Nangang|
白沙島|Region||
赤松國|Country|Akamatsu|赤松
霧城|City|Mist City|
內海灣|Region||
人工智能倫理建議書|CreativeWork||
2030年可持續海洋議程|CreativeWork|2030 Ocean Agenda|
星河社會責任報告|CreativeWork||
青藤宣言|CreativeWork||
"""

# subject | relation | object | time | kind | sentence ({s} and {o} are the names)
_CLAIMS = """
星河科技|partnerOf|環海聯盟|2020-03|fact|{o}宣佈，{s}成為其全球合作夥伴，將為數千場對話提供技術支援。
星河科技|develops|海豚會議||fact|{s}推出的{o}可同時容納三百人開會。
星河科技|develops|星河雲||fact|{o}是{s}旗下的雲端服務。
星河科技|develops|小鹿支付|2015|fact|{s}於2015年推出{o}。
星河科技|develops|小鹿文檔||fact|多人可以在{s}的{o}裡一起編輯。
星河科技|develops|海豚同傳|2018|fact|{s}開發的{o}會把演講即時譯成多種語言。
星河科技|develops|天琴大模型|2023-09|fact|{s}在發佈會上推出{o}。
星河科技|develops|星語翻譯||fact|{o}由{s}開發。
星河科技|locatedIn|南港||fact|總部設在{o}的{s}創立於世紀之交。
星河科技|supports|環海七十五周年全球對話|2020|fact|{s}為{o}提供會議與翻譯工具。
星河科技|participatesIn|環海氣候峰會|2019-09|fact|{s}派代表出席{o}。
星河科技|organizes|數字生態大會|2021|fact|{s}每年舉辦{o}。
星河科技|organizes|天琴發佈會|2023-09|fact|{s}在南港舉行{o}。
星河科技|acquires|白鯨遊戲|2016|fact|{s}完成對{o}的收購。
星河科技|acquires|琥珀汽車||denied|{s}否認有意收購{o}。
星河科技|investsIn|北斗電訊|2017|fact|{s}持有{o}約一成股份。
星河科技|investsIn|琥珀汽車|2021|planned|{s}計劃向{o}注資。
星河科技|competesWith|北斗電訊||possible|{s}在雲端市場或與{o}正面競爭。
星河科技|publishes|星河社會責任報告|2019|fact|{s}發表{o}。
星河科技|partnerOf|青藤大學|2018|fact|{s}與{o}共建實驗室。
星河科技|partnerOf|環海文教署|2019|fact|{s}與{o}合作保護古籍。
星河科技|supports|南港市政府|2020-02|fact|{s}協助{o}上線健康碼。
星河科技|memberOf|雲杉資本||denied|{s}否認加入{o}的基金。
星河研究院|subsidiaryOf|星河科技||fact|{s}隸屬於{o}。
白鯨遊戲|subsidiaryOf|星河科技|2016|fact|{s}現為{o}的子公司。
白鯨遊戲|develops|白鯨王國|2014|fact|{s}最出名的作品是{o}。
白鯨王國|availableIn|赤松國|2017|fact|{s}在{o}上架首日即登上榜首。
林遠帆|founderOf|星河科技||fact|{s}創辦了{o}。
林遠帆|holdsRoleAt|星河科技||fact|{o}董事會主席{s}說，技術應當服務所有人。
林遠帆|participatesIn|數字生態大會|2021|fact|{s}在{o}上致開幕詞。
周若彤|holdsRoleAt|星河科技||fact|{o}高級副總裁{s}負責雲端業務。
周若彤|participatesIn|天琴發佈會|2023-09|fact|{s}主持了{o}。
周若彤|meets|安娜·科瓦奇|2020-03|fact|{s}與{o}舉行視像會談。
安娜·科瓦奇|holdsRoleAt|環海聯盟|2020|fact|{o}副秘書長{s}表示歡迎。
安娜·科瓦奇|recommends|海豚會議|2020-04|reported|據報{s}向同事推薦{o}。
莫里斯·奧卡福|holdsRoleAt|環海衛生署||fact|{o}總幹事{s}呼籲各國合作。
莫里斯·奧卡福|criticizes|晨光日報||reported|{s}據報批評{o}的報道失實。
陳孟喬|holdsRoleAt|青藤大學||fact|{o}校長{s}出席簽約儀式。
陳孟喬|creatorOf|青藤宣言|2018|fact|{s}起草了{o}。
環海聯盟|organizes|環海七十五周年全球對話|2020|fact|{s}將在線上舉辦{o}。
環海聯盟|uses|海豚會議|2020-03|fact|{s}使用{o}召開上千場會議。
環海聯盟|uses|海豚同傳|2020-03|fact|{s}以{o}支援多語討論。
環海聯盟|uses|小鹿文檔|2020|planned|{s}計劃以{o}收集意見。
環海聯盟|locatedIn|霧城||fact|{s}總部位於{o}。
環海聯盟|publishes|2030年可持續海洋議程|2015|fact|{s}通過了{o}。
環海聯盟|organizes|環海氣候峰會|2019-09|fact|{s}召開{o}。
環海聯盟|partnerOf|綠洲基金會|2019|fact|{s}與{o}共同清理海岸。
環海文教署|subsidiaryOf|環海聯盟||fact|{s}是{o}的專門機構。
環海衛生署|subsidiaryOf|環海聯盟||fact|{s}隸屬{o}。
環海兒童基金|subsidiaryOf|環海聯盟||fact|{s}由{o}設立。
環海文教署|recommends|海豚會議|2020-03|fact|{s}把{o}列入遠距學習工具清單。
環海文教署|recommends|小鹿文檔|2020-03|fact|{s}也推薦了{o}。
環海文教署|publishes|人工智能倫理建議書|2021-11|fact|{s}發佈{o}。
環海文教署|locatedIn|白沙島||fact|{s}設在{o}。
環海衛生署|criticizes|赤松國|2020|reported|據報{s}對{o}的數據表示關注。
環海衛生署|supports|南港市政府|2020-02|fact|{s}向{o}提供檢測物資。
環海兒童基金|partnerOf|小鹿支付|2017|possible|{s}或與{o}試辦小額捐款。
環海兒童基金|supports|內海灣|2018|fact|{s}援助{o}的學童。
綠洲基金會|supports|內海灣|2016|fact|{s}在{o}種植紅樹林。
綠洲基金會|participatesIn|環海氣候峰會|2019|fact|{s}在{o}發表聲明。
南港市政府|partnerOf|青藤大學|2017|fact|{s}與{o}合辦科學園。
南港市政府|sanctions|小鹿支付|2020|denied|{s}否認曾限制{o}。
南港市政府|locatedIn|南港||fact|{s}位於{o}市中心。
北斗電訊|suppliesTo|星河科技|2016|fact|{s}向{o}供應機房設備。
北斗電訊|locatedIn|霧城||fact|{s}總部在{o}。
北斗電訊|sues|晨光日報|2019|fact|{s}起訴{o}誹謗。
雲杉資本|investsIn|琥珀汽車|2019|fact|{s}領投{o}的新一輪融資。
雲杉資本|investsIn|白鯨遊戲|2012|fact|{s}早年投資{o}。
琥珀汽車|develops|琥珀一號|2022|planned|{s}將推出{o}。
琥珀一號|uses|星河雲|2022|planned|{s}將接入{o}。
琥珀汽車|competesWith|北斗電訊||possible|{s}可能與{o}競逐車聯網。
青藤大學|locatedIn|南港||fact|{s}坐落於{o}。
青藤大學|publishes|青藤宣言|2018|fact|{s}公佈{o}。
數字生態大會|locatedIn|南港|2021|fact|{s}在{o}舉行。
環海氣候峰會|locatedIn|霧城|2019-09|fact|{s}在{o}開幕。
"""

_KINDS = {
    "fact": ("asserted", "actual"),
    "denied": ("denied", "actual"),
    "planned": ("asserted", "planned"),
    "possible": ("asserted", "possible"),
    "reported": ("asserted", "reported"),
}
_PARTS = {
    "星河簽署合作協議": (("agent", "星河科技"), ("agent", "環海聯盟")),
    "白鯨收購案": (("agent", "星河科技"), ("patient", "白鯨遊戲")),
    "南港疫情": (("place", "南港"),),
    "環海七十五周年全球對話": (("organizer", "環海聯盟"),),
}
_EXTRA = "星河簽署合作協議之後，白鯨收購案與南港疫情也受到關注。"
_METRIC = "海豚會議用戶突破一千萬。"


def _rows(table: str) -> list[list[str]]:
    return [line.split("|") for line in table.strip().splitlines()]


def _sentences() -> list[str]:
    return [sentence.format(s=s, o=o) for s, _, o, _, _, sentence in _rows(_CLAIMS)]


def _article() -> Document:
    text = "\n".join(["😀 海聯與星河", *_sentences(), _EXTRA, _METRIC])
    return Document(
        document_iri(text),
        text,
        title="星河科技與環海聯盟",
        published="2020-04-01",
        publisher="晨光日報",
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def _find_all(text: str, name: str) -> list[Span]:
    found, at = [], text.find(name)
    while at >= 0:
        found.append(Span(at, at + len(name)))
        at = text.find(name, at + len(name))
    return found


def _entity(document: Document, row: list[str]) -> Entity:
    name, cls, english, aliases = row
    spans = _find_all(document.text, name)
    parts = tuple(Participant(r, entity_iri(n)) for r, n in _PARTS.get(name, ()))
    return Entity(
        entity_iri(name),
        f"kg:{cls}",
        {"zh-Hant": name} | ({"en": english} if english else {}),
        tuple(aliases.split("、")) if aliases else (),
        ("http://www.wikidata.org/entity/Q4115189",) if name == "環海聯盟" else (),
        tuple(EntityMention(document.iri, span, name) for span in spans),
        trigger="對話" if "對話" in name else None,
        participants=parts,
    )


def _evidence(document: Document, sentence: str) -> Evidence:
    start = document.text.index(sentence)
    span = Span(start, start + len(sentence))
    return Evidence(document.iri, span, sentence, "frame:1", 0.9)


def _claim(document: Document, number: int, row: list[str]) -> Claim:
    subject, relation, object_, time, kind, sentence = row
    polarity, modality = _KINDS[kind]
    return Claim(
        f"{number:04d}",
        entity_iri(subject),
        f"kg:{relation}",
        entity_iri(object_),
        (_evidence(document, sentence.format(s=subject, o=object_)),),
        time=TimeSpan(time, time, "month" if "-" in time else "year") if time else None,
        role="副秘書長" if "副秘書長" in sentence else None,
        polarity=polarity,  # type: ignore[arg-type]
        modality=modality,  # type: ignore[arg-type]
        speaker=entity_iri("晨光日報") if kind == "reported" else None,
        confidence=0.95 - (number * 7 % 50) / 100,
        reasons=(Reason("句型明確", 0.95), Reason("跨逗號承前省略主語", 0.8)),
    )


def sample_graph() -> ClaimGraph:
    """The whole graph; the same in every process."""
    document = _article()
    users = Measure("用戶", Quantity(10_000_000, None, ">", "", "一千萬"))
    metric = Claim(
        "9999",
        entity_iri("海豚會議"),
        "kg:hasMetric",
        users,
        (_evidence(document, _METRIC),),
        confidence=0.9,
    )
    claims = tuple(_claim(document, i, row) for i, row in enumerate(_rows(_CLAIMS)))
    entities = tuple(_entity(document, row) for row in _rows(_ENTITIES))
    return ClaimGraph((document,), entities, (*claims, metric))


def analysis_of(
    pageranks: Mapping[str, float], communities: Mapping[str, int] | None = None
) -> Analysis:
    """An analysis that knows nothing but these values of these entities."""
    groups = communities or {}
    rows = tuple(
        NodeRow(iri, "", "kg:Entity", 0, 0, 0, 0.0, rank, 0, groups.get(iri, 0), 0, False)
        for iri, rank in pageranks.items()
    )
    return Analysis(rows, (), (), (), 0, 0.0, 0.0)
