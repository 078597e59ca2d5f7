"""All rules together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from annotated import classes, linked, named, tagged_view, view_of
from work import ReadText

from kg.annotation.names import KnownMatch, find_names
from kg.model import Mention, Span
from kg.ontology import KnownEntity

SPRUCE = KnownEntity("urn:spruce", "kg:Company", {"zh-Hant": "雲杉"}, (), ())

NAMES = [chr(code) for code in range(0x6C00, 0x6D00)]

ARTICLE = """青禾科技有限公司（以下簡稱「青禾科技」）昨日宣布，與騰訊合作開發遊戲《星潮紀元》。
董事長張偉表示，該公司將在明川市舉行的雲河論壇上展示操作系統「青鸞」。
雷納德·科斯教授說，他使用 Quillix Pay。
責任編輯：林小雨"""


@pytest.mark.parametrize("script", ["Hant", "Hans"])
def test_an_article_in_either_script(script: str) -> None:
    from kg.script import simplify

    convert = simplify if script == "Hans" else str
    found = classes(convert(ARTICLE))
    assert found == {
        convert(name): cls
        for name, cls in {
            "青禾科技有限公司": "kg:Company",
            "青禾科技": "kg:Company",
            "騰訊": "kg:Company",
            "星潮紀元": "kg:Game",
            "張偉": "kg:Person",
            "明川市": "kg:City",
            "雲河論壇": "kg:Event",
            "青鸞": "kg:Software",
            "雷納德·科斯": "kg:Person",
            "Quillix Pay": "kg:Service",
        }.items()
    }
    assert (convert("青禾科技"), convert("青禾科技有限公司")) in linked(convert(ARTICLE))


def test_without_anything_known_the_rules_of_shape_remain() -> None:
    mentions, judgements = find_names(view_of("青禾集團與騰訊。"))
    assert [m.surface for m in mentions] == ["青禾集團"]
    assert judgements == ()


def test_a_known_company_is_known_with_its_country_before_it() -> None:
    view = view_of("德國雲杉宣布裁員。")
    germany = KnownEntity("urn:germany", "kg:Country", {"zh-Hant": "德國"}, (), ())
    known = [KnownMatch(0, 2, germany), KnownMatch(2, 4, SPRUCE)]
    long = Mention("0-4", Span(0, 4), "德國雲杉", "kg:Company", 0.99, "recogniser")
    found = find_names(view, known, [long])[0]
    assert [(m.surface, m.known) for m in found] == [
        ("德國", "urn:germany"),
        ("雲杉", "urn:spruce"),
    ]


def test_a_name_does_not_run_on_into_the_middle_of_a_word() -> None:
    view = tagged_view("雲杉/nr 智能手機/n 暢銷/v")
    known = [KnownMatch(0, 2, SPRUCE)]
    long = Mention("0-4", Span(0, 4), "雲杉智能", "kg:Company", 0.9, "recogniser")
    whole = Mention("0-6", Span(0, 6), "雲杉智能手機", "kg:Device", 0.9, "recogniser")
    assert [m.surface for m in find_names(view, known, [long])[0]] == ["雲杉"]
    assert [m.surface for m in find_names(view, known, [whole])[0]] == ["雲杉智能手機"]


def test_a_longer_name_of_another_recogniser_wins_and_a_shorter_loses() -> None:
    view = view_of("青禾集團開會。")
    longer = Mention("0-6", Span(0, 6), "青禾集團開會", "kg:Event", 0.8, "spacy:EVENT")
    shorter = Mention("0-2", Span(0, 2), "青禾", "kg:Person", 0.8, "spacy:PERSON")
    assert find_names(view, others=[longer])[0] == (longer,)
    assert [m.surface for m in find_names(view, others=[shorter])[0]] == ["青禾集團"]


def test_known_names_carry_their_entity() -> None:
    view = tagged_view("雲杉/nz 開會/v")
    (mention,), _ = find_names(view, [KnownMatch(0, 2, SPRUCE)])
    assert (mention.surface, mention.known) == ("雲杉", "urn:spruce")


def test_a_person_glued_to_a_known_name_is_the_segmenters_mistake() -> None:
    view = tagged_view("安卓/nz 要/v 表示/v")
    glued = tagged_view("安卓要/nr 表示/v")
    android = KnownEntity("urn:android", "kg:Software", {"zh-Hant": "安卓"}, (), ())
    for one in (view, glued):
        assert all(m.surface != "安卓要" for m in find_names(one, [KnownMatch(0, 2, android)])[0])


def test_an_owned_name_is_no_short_form() -> None:
    view = tagged_view("青禾/nz 控股/v 宣布/v ，/x 青禾/nz 開會/v")
    with_owner, _ = find_names(view, owned=frozenset({"青禾"}))
    without, _ = find_names(view)
    assert [m.surface for m in without] == ["青禾控股", "青禾"]
    assert [m.surface for m in with_owner] == ["青禾控股"]


def test_names_come_in_the_order_of_the_text() -> None:
    spans = [m.span for m in find_names(view_of(ARTICLE))[0]]
    assert spans == sorted(spans)
    assert len(named(ARTICLE)) >= len(classes(ARTICLE))


GLOSSED = "非營利組織青禾發展基金會（Qinghe Development Foundation, QDF）開會。"


def test_a_foreign_name_in_brackets_vouches_for_a_name_that_a_reader_misses() -> None:
    """The recogniser has read the text and found another name; a lone shape would be doubted."""
    start = GLOSSED.index("Qinghe")
    other = Mention("0-0", Span(start, start + 6), "Qinghe", "kg:Company", 0.9, "recogniser")
    with_gloss = find_names(view_of(GLOSSED), others=[other])[0]
    without = find_names(
        view_of("青禾發展基金會與Qinghe開會。"), others=[replace(other, span=Span(8, 14))]
    )[0]
    assert "青禾發展基金會" in [m.surface for m in with_gloss]
    assert "青禾發展基金會" not in [m.surface for m in without]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("美國 Qinghe 基金會開會。", "Qinghe 基金會"),
        ("美國Qinghe基金會開會。", "美國Qinghe基金會"),
        ("雲杉 Qinghe 基金會開會。", "雲杉 Qinghe 基金會"),
    ],
)
def test_a_space_ends_the_name_of_the_country_before(text: str, surface: str) -> None:
    usa = KnownEntity("urn:usa", "kg:Country", {"zh-Hant": "美國"}, (), ())
    known = [KnownMatch(0, 2, usa if text.startswith("美國") else SPRUCE)]
    whole = text.removesuffix("開會。")
    other = Mention("0", Span(0, len(whole)), whole, "kg:Organization", 0.99, "recogniser")
    assert surface in [m.surface for m in find_names(view_of(text), known, [other])[0]]


@pytest.mark.parametrize(("named", "known"), [(True, "urn:vela"), (False, None)])
def test_a_known_name_in_other_letters_needs_another_reader(named: bool, known: str | None) -> None:
    vela = KnownEntity("urn:vela", "kg:Software", {"zh-Hant": "帆視"}, ("VeLa",), ())
    reader = Mention("2-6", Span(2, 6), "vela", "kg:Software", 0.9, "recogniser")
    found, _ = find_names(
        view_of("使用vela。"), [KnownMatch(2, 6, vela)], [reader] if named else []
    )
    assert [m.known for m in found if m.surface == "vela"] == ([known] if named else [])


@pytest.mark.parametrize("name", ["日活躍用戶", "日活跃用户", "不超過公司2%", "至少三家公司"])
def test_what_is_counted_and_what_counts_is_no_name(name: str) -> None:
    end = len(name)
    other = Mention(f"0-{end}", Span(0, end), name, "kg:Company", 0.9, "recogniser")
    assert find_names(view_of(f"{name}很多。"), others=[other])[0] == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("凌晨出發。", []),
        ("佩戴襟章。", []),
        ("高歌到場。", ["高歌"]),
        ("維拉到場。", ["維拉"]),
        ("祈耀年辭職。", ["祈耀年"]),
    ],
)
def test_a_word_for_a_time_or_a_deed_is_no_person(text: str, names: list[str]) -> None:
    end = len(names[0]) if names else 2
    other = Mention(f"0-{end}", Span(0, end), text[:end], "kg:Person", 0.9, "recogniser")
    assert [m.surface for m in find_names(view_of(text), others=[other])[0]] == names


@pytest.mark.parametrize(
    ("name", "alone"),
    [("維拉周一", "維拉"), ("維拉昨日", "維拉"), ("周一", None), ("維拉周", "維拉周")],
)
def test_the_day_after_a_person_is_no_part_of_the_name(name: str, alone: str | None) -> None:
    end = len(name)
    other = Mention(f"0-{end}", Span(0, end), name, "kg:Person", 0.9, "recogniser")
    found = [m.surface for m in find_names(view_of(f"{name}到場。"), others=[other])[0]]
    assert found == ([alone] if alone else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [("歐盟對谷歌處以罰款。", True), ("遊客到谷歌嶺參觀。", False)],
)
def test_a_short_known_name_may_be_run_into_the_preposition_before_it(
    text: str, found: bool
) -> None:
    start = text.index("谷歌")
    match = KnownMatch(
        start, start + 2, KnownEntity("urn:g", "kg:Company", {"zh-Hant": "谷歌"}, (), ())
    )
    assert [m.surface for m in find_names(view_of(text), [match])[0] if m.known] == (
        ["谷歌"] if found else []
    )


def test_what_owners_have_of_a_firm_is_no_part_of_its_name() -> None:
    text = "軟銀出售阿里巴巴股份。"
    known = KnownEntity("urn:a", "kg:Company", {"zh-Hant": "阿里巴巴"}, (), ())
    found, _ = find_names(view_of(text), [KnownMatch(4, 8, known)])
    assert [m.surface for m in found if m.known] == ["阿里巴巴"]


@pytest.mark.parametrize("ending", ["科技公司", "大學", "表示，", "（Quillix），", "會"])
def test_a_text_is_read_no_oftener_because_it_is_long(ending: str) -> None:
    """A rule that counted each name in the whole text would read it once for each name."""

    def read(count: int) -> int:
        text = "".join(f"{a}{b}{ending}" for a in "王李張林青雲" for b in NAMES[:count])
        view = view_of(text)
        view = replace(view, text=ReadText(text), simplified=ReadText(view.simplified))
        find_names(view)
        return view.text.read + view.simplified.read  # type: ignore[attr-defined]

    assert read(160) <= 8 * read(40) + 1000


def test_lines_to_leave_out_are_found_by_their_place() -> None:
    text = "責任編輯：林小雨\n青禾集團開會。\n" + "雲杉集團開會。\n" * 200 + "責任編輯：陳大為"
    assert set(classes(text)) == {"青禾集團", "雲杉集團"}


@pytest.mark.parametrize(
    ("text", "office", "found"),
    [
        ("青禾集團主席到場。", "青禾集團主席", []),
        ("青禾集團主席到場。", "主席", ["青禾集團"]),
        ("青禾集團有限公司開會。", "集團", ["青禾集團有限公司"]),
    ],
)
def test_what_rules_find_in_a_title_is_no_name(text: str, office: str, found: list[str]) -> None:
    at = text.index(office)
    title = Span(at, at + len(office))
    assert [m.surface for m in find_names(view_of(text), offices=[title])[0]] == found


def test_a_known_name_is_not_glued_to_the_character_before_it() -> None:
    view = tagged_view("昨日/t 去信/v 雲杉電子/nz 開會/v")
    firm = replace(SPRUCE, labels={"zh-Hant": "雲杉電子"})
    other = view.mention(3, 8, "kg:Company", 0.99, "recogniser")
    found = [m.surface for m in find_names(view, [KnownMatch(4, 8, firm)], [other])[0]]
    assert found == ["雲杉電子"]


@pytest.mark.parametrize("name", ["雲杉股份有限公司", "雲杉公司"])
def test_the_full_name_of_a_known_firm_is_its_own(name: str) -> None:
    view = view_of(f"{name}昨日開會。")
    (found,) = find_names(view, [KnownMatch(0, 2, SPRUCE)])[0]
    assert (found.surface, found.known) == (name, SPRUCE.iri)


def test_a_short_known_name_in_a_longer_word_needs_another_reader() -> None:
    view = tagged_view("買下/v 雲杉十代/n 線/n")
    known = [KnownMatch(2, 4, SPRUCE)]
    assert find_names(view, known)[0] == ()
    sure = view.mention(2, 4, "kg:Company", 0.99, "recogniser")
    assert [m.known for m in find_names(view, known, [sure])[0]] == [SPRUCE.iri]
