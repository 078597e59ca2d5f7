"""``ontology/entities.ttl``: its form, and a few dozen facts checked by hand."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest

from kg.iri import PREFIXES, entity_iri, expand
from kg.ontology import KnownEntity, load_known_entities, load_ontology, ontology_dir, read_turtle
from kg.script import match_key, simplify

ENTITIES = load_known_entities()
LANGUAGES = {"zh-Hant", "zh-Hans", "en"}


def owners_by_key() -> dict[str, set[str]]:
    owners: dict[str, set[str]] = defaultdict(set)
    for entity in ENTITIES:
        for name in entity.names():
            owners[match_key(name)].add(entity.iri)
    return owners


OWNERS = owners_by_key()


def find(name: str) -> KnownEntity:
    (iri,) = OWNERS[match_key(name)]
    return next(entity for entity in ENTITIES if entity.iri == iri)


def offenders(broken: dict[str, object]) -> str:
    return "\n".join(f"{name}: {why}" for name, why in broken.items())


def test_there_are_enough_entities_of_every_group() -> None:
    counts = Counter(entity.cls for entity in ENTITIES)
    assert counts["kg:Country"] >= 195
    assert counts["kg:Company"] >= 170
    assert counts["kg:IntergovernmentalOrganization"] >= 90
    for cls in ("GovernmentOrganization", "MediaOrganization", "EducationalOrganization"):
        assert counts[f"kg:{cls}"] >= 40


def test_every_class_exists_and_is_specific() -> None:
    ontology = load_ontology()
    assert {entity.cls for entity in ENTITIES} <= set(ontology.classes)
    assert not {entity.cls for entity in ENTITIES} & {"kg:Entity", "kg:Agent", "kg:Place"}


def test_every_entity_has_three_labels() -> None:
    broken = {e.iri: sorted(e.labels) for e in ENTITIES if set(e.labels) != LANGUAGES}
    assert not broken, offenders(broken)


def test_the_traditional_label_names_the_iri() -> None:
    broken = {e.iri: e.label for e in ENTITIES if e.iri != entity_iri(e.labels["zh-Hant"])}
    assert not broken, offenders(broken)


def test_simplified_labels_are_simplified() -> None:
    broken = {e.iri: e.labels["zh-Hans"] for e in ENTITIES}
    broken = {iri: label for iri, label in broken.items() if simplify(label) != label}
    assert not broken, offenders(broken)


def test_no_name_belongs_to_two_entities() -> None:
    broken = {key: sorted(iris) for key, iris in OWNERS.items() if len(iris) > 1}
    assert not broken, offenders(broken)


def test_no_name_is_shorter_than_two_characters() -> None:
    assert not [key for key in OWNERS if len(key) < 2]


def test_no_name_has_stray_space_or_control_characters() -> None:
    names = [name for entity in ENTITIES for name in entity.names()]
    assert not [name for name in names if name != " ".join(name.split()) or not name.isprintable()]


def test_no_alias_repeats_a_name_of_its_entity() -> None:
    broken = {}
    for entity in ENTITIES:
        labels = {match_key(label) for label in entity.labels.values()}
        aliases = Counter(match_key(alias) for alias in entity.aliases)
        if repeated := [key for key, n in aliases.items() if n > 1 or key in labels]:
            broken[entity.iri] = repeated
    assert not broken, offenders(broken)


def test_wikidata_ids_are_well_formed_and_used_once() -> None:
    ids = [iri for entity in ENTITIES for iri in entity.same_as]
    form = re.compile(re.escape(PREFIXES["wd"]) + r"Q[1-9][0-9]*")
    assert not [iri for iri in ids if not form.fullmatch(iri)]
    assert not [iri for iri, n in Counter(ids).items() if n > 1]
    assert all(len(entity.same_as) <= 1 for entity in ENTITIES)


def test_the_file_says_nothing_else() -> None:
    terms = ("rdf:type", "rdfs:label", "skos:altLabel", "skos:hiddenLabel", "owl:sameAs")
    allowed = {expand(c) for c in terms}
    table = read_turtle(ontology_dir() / "entities.ttl")
    assert {predicate for props in table.values() for predicate in props} == allowed


WORDS = """
    平安 大眾 聯合 東方 世界 新華 日報 國會 委員會 疫情 公司 銀行 政府 總統 平台 大陸 內地 央行
    外交部 國防部 財政部 教育部 證監會 民主黨 海地 台海 台中 中亞 其中 中共 紅海 新界 海口 喬丹
    哈里斯 奧特曼 強森 鮑爾 經濟日報 剛果 新力 力拓 新航 空客 交行 台大 非典 道指 聯合報 暴雪 友邦
"""


@pytest.mark.parametrize("word", WORDS.split())
def test_words_that_mean_something_else_are_no_names(word: str) -> None:
    assert match_key(word) not in OWNERS


@pytest.mark.parametrize(
    ("names", "cls", "wikidata"),
    [
        (("騰訊", "腾讯", "Tencent", "騰訊控股", "tencent holdings"), "kg:Company", "Q860580"),
        (("聯合國", "联合国", "United Nations"), "kg:IntergovernmentalOrganization", "Q1065"),
        (("聯合國教科文組織", "教科文组织", "UNESCO"), "kg:IntergovernmentalOrganization", "Q7809"),
        (("世界衛生組織", "世卫组织", "世衛", "WHO"), "kg:IntergovernmentalOrganization", "Q7817"),
        (("歐盟", "欧盟", "欧洲联盟", "EU"), "kg:IntergovernmentalOrganization", "Q458"),
        (("東盟", "東協", "东盟", "ASEAN"), "kg:IntergovernmentalOrganization", "Q7768"),
        (("美聯儲", "美联储", "聯準會", "Federal Reserve"), "kg:GovernmentOrganization", "Q53536"),
        (("國際奧委會", "国际奥委会", "IOC"), "kg:NonprofitOrganization", "Q40970"),
        (("澳洲", "澳大利亚", "澳大利亞", "Australia"), "kg:Country", "Q408"),
        (("紐西蘭", "新西蘭", "新西兰", "New Zealand"), "kg:Country", "Q664"),
        (("沙烏地阿拉伯", "沙特阿拉伯", "沙特", "Saudi Arabia"), "kg:Country", "Q851"),
        (("南韓", "韓國", "韩国", "South Korea"), "kg:Country", "Q884"),
        (("喬治亞", "格鲁吉亚", "Georgia"), "kg:Country", "Q230"),
        (("喬治亞州", "佐治亞州", "佐治亚州"), "kg:Region", "Q1428"),
        (("台灣", "臺灣", "台湾", "Taiwan"), "kg:Region", "Q865"),
        (("香港", "香港特別行政區", "Hong Kong"), "kg:Region", "Q8646"),
        (("澳門", "澳门", "Macau", "Macao"), "kg:Region", "Q14773"),
        (("舊金山", "旧金山", "三藩市", "San Francisco"), "kg:City", "Q62"),
        (("雪梨", "悉尼", "Sydney"), "kg:City", "Q3130"),
        (("輝達", "英偉達", "英伟达", "NVIDIA"), "kg:Company", "Q182477"),
        (("台積電", "台积电", "臺積電", "TSMC"), "kg:Company", "Q713418"),
        (("臉書", "脸书", "脸谱网", "Facebook"), "kg:Service", "Q355"),
        (("微信", "WeChat"), "kg:Software", "Q283233"),
        (("安卓", "Android"), "kg:Software", "Q94"),
        (("iOS", "IOS系統"), "kg:Software", "Q48493"),
        (("清華大學", "清华大学", "Tsinghua University"), "kg:EducationalOrganization", "Q16955"),
        (("路透社", "路透", "Reuters"), "kg:MediaOrganization", "Q130879"),
        (("川普", "特朗普", "Donald Trump"), "kg:Person", "Q22686"),
        (("馬斯克", "马斯克", "埃隆·马斯克", "Elon Musk"), "kg:Person", "Q317521"),
        (("新冠疫情", "COVID-19", "新冠肺炎疫情", "新型冠状病毒疫情"), "kg:Crisis", "Q81068910"),
    ],
)
def test_names_in_all_scripts_lead_to_one_entity(
    names: tuple[str, ...], cls: str, wikidata: str | None
) -> None:
    assert len({find(name).iri for name in names}) == 1
    entity = find(names[0])
    assert entity.cls == cls
    assert entity.same_as == ((PREFIXES["wd"] + wikidata,) if wikidata else ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("國務院", "美國國務院"),
        ("尼日", "奈及利亞"),
        ("多明尼加", "多米尼克國"),
        ("紐約", "紐約州"),
        ("清華大學", "國立清華大學"),
        ("三星", "三星電子"),
        ("歐洲理事會", "歐盟理事會"),
        ("印度", "印度尼西亞"),
        ("世界經濟論壇", "達沃斯論壇"),
    ],
)
def test_names_that_look_alike_stay_apart(one: str, other: str) -> None:
    assert find(one).iri != find(other).iri
