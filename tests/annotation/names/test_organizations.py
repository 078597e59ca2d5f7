"""Organizations, events and places in no list, by the word that their names end in."""

from __future__ import annotations

import pytest
from annotated import annotate, named, surfaces, tagged_view

from kg.annotation.names.organizations import SuffixedNames


def by_suffix(tagged: str) -> list[tuple[str, str]]:
    view = tagged_view(tagged)
    return [(m.surface, m.cls) for m in SuffixedNames(view, []).find()]


@pytest.mark.parametrize(
    ("name", "cls"),
    [
        ("青禾科技有限公司", "kg:Company"),
        ("青禾科技有限公司".replace("青禾", "Velmora "), "kg:Company"),
        ("雲杉集團", "kg:Company"),
        ("星海銀行", "kg:Company"),
        ("南嶺證券", "kg:Company"),
        ("青鸞影業", "kg:Company"),
        ("青禾大學", "kg:EducationalOrganization"),
        ("北辰研究院", "kg:Organization"),
        ("雲河海洋基金會", "kg:NonprofitOrganization"),
        ("雲河市教育局", "kg:GovernmentOrganization"),
        ("松嶺法院", "kg:GovernmentOrganization"),
        ("北辰日報", "kg:MediaOrganization"),
        ("雲河論壇", "kg:Event"),
        ("雲河藝術節", "kg:Event"),
        ("明川市", "kg:City"),
    ],
)
@pytest.mark.parametrize("sentence", ["{}昨日發表看法。", "據了解，{}宣布延期。"])
def test_names_by_their_last_word(name: str, cls: str, sentence: str) -> None:
    assert named(sentence.format(name)) == [(name, cls)]


def test_the_words_of_a_name_of_its_own_belong_to_it() -> None:
    assert by_suffix("青禾/nz 科技/n 有限公司/n 成立/v") == [("青禾科技有限公司", "kg:Company")]
    assert by_suffix("與/p 雲杉/nz 集團/n 合作/v") == [("雲杉集團", "kg:Company")]


@pytest.mark.parametrize(
    "tagged",
    [
        "大型/b 科技/n 公司/n 裁員/v",
        "本地/s 銀行/n 上漲/v",
        "該/r 公司/n 表示/v",
        "一家/m 公司/n",
        "集團/n 表示/v",
        "公司/n",
        "大學/n 畢業/v",
    ],
)
def test_a_description_is_no_name(tagged: str) -> None:
    assert by_suffix(tagged) == []


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("公司法規定如此。", "公司"),
        ("美國科技公司都在裁員。", "美國科技公司"),
        ("通訊科技發展迅速。", "通訊科技"),
        ("外資銀行與本地銀行競爭。", "外資銀行"),
        ("外交部部長缺席。", "外交部部"),
    ],
)
def test_what_only_looks_like_a_name(text: str, absent: str) -> None:
    assert absent not in surfaces(text)


def test_a_country_before_a_companys_description_says_only_where() -> None:
    assert surfaces("美國科技公司都在裁員。") == ["美國"]


def test_a_list_is_several_names() -> None:
    assert surfaces("浙江大學、青禾大學和北辰研究院參加。") == [
        "浙江大學",
        "青禾大學",
        "北辰研究院",
    ]
    assert surfaces("雲杉集團與青禾集團合作。") == ["雲杉集團", "青禾集團"]


def test_a_bracket_inside_a_name() -> None:
    assert surfaces("青禾（中國）有限公司成立。") == ["青禾（中國）有限公司"]


def test_a_verb_that_may_stand_in_a_name() -> None:
    name = "中國國際貿易促進委員會"
    assert named(f"{name}成立。") == [(name, "kg:GovernmentOrganization")]


def test_a_dot_inside_a_companys_name() -> None:
    assert named("青禾·雲杉有限公司成立。") == [("青禾·雲杉有限公司", "kg:Company")]


def test_an_ordinal_is_no_part_of_an_event() -> None:
    assert surfaces("第三屆雲河論壇在上海開幕。") == ["雲河論壇", "上海"]


def test_the_span_of_a_name_does_not_hang_on_the_script() -> None:
    spans = [
        [m.span for m in annotate(text).mentions]
        for text in ("雲杉集團收購了南嶺證券。", "云杉集团收购了南岭证券。")
    ]
    assert spans[0] == spans[1] != []


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("青禾集團投資雲杉有限公司。", "青禾集團"),
        ("青禾科技有限公司投資三星電子。", "青禾科技有限公司"),
        ("青禾大學投資三星。", "青禾大學"),
        ("雲杉銀行物流業務擴張。", "雲杉銀行"),
        ("星海銀行會員增加。", "星海銀行"),
    ],
)
def test_a_full_name_ends_where_the_verb_or_the_trade_begins(text: str, firm: str) -> None:
    assert firm in surfaces(text)


@pytest.mark.parametrize("name", ["雲杉集團控股有限公司", "雲杉集團投資有限公司"])
def test_a_verb_right_before_the_last_word_belongs_to_the_name(name: str) -> None:
    assert surfaces(f"{name}成立。") == [name]


@pytest.mark.parametrize("name", ["世界海洋保護協會", "國際海洋協會", "全球海洋基金會"])
def test_world_and_international_belong_to_a_bodys_name(name: str) -> None:
    assert surfaces(f"{name}成立。") == [name]


def agencies(text: str) -> set[str]:
    """What a suffix ends, among all names that the rules find in *text*."""
    return {m.surface for m in annotate(text).mentions if "suffix" in m.sources}


@pytest.mark.parametrize(
    "name",
    [
        "法國疾病控制和預防中心",
        "法国疾病控制和预防中心",
        "法國疾病管制與預防中心",
        "非洲疾病監測中心",
        "法國反興奮劑機構",
    ],
)
def test_an_agency_is_called_after_its_place_and_tasks(name: str) -> None:
    assert name in agencies(f"昨日{name}發表看法。")


@pytest.mark.parametrize(
    "text",
    ["法國機構發表看法。", "法國中心發表看法。", "控制和預防中心很多。", "法國和預防中心合作。"],
)
def test_a_centre_that_is_no_agencys_name(text: str) -> None:
    assert not [name for name in agencies(text) if name.endswith(("機構", "中心"))]
