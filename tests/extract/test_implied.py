"""What a word says of one that is not named beside it: who says it, the office's body, the police."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import NAMES, claims, document, in_both_scripts, plain, read, said

from kg.extract.extractor import FrameExtractor
from kg.model import Candidate
from kg.script import simplify
from kg.training.given import GivenNames

Script = Callable[[str], str]


def arrests(text: str) -> list[tuple[str, str, Candidate]]:
    """Who arrests whom, where the police is a name like others."""
    names = {**NAMES, "警方": "kg:GovernmentOrganization"}
    annotated = GivenNames(plain().annotator, names).annotate(document(text))
    surfaces = {m.id: simplify(m.surface) for m in annotated.mentions}
    return [
        (surfaces[dict(c.roles)["subject"]], surfaces[dict(c.roles)["object"]], c)
        for c in FrameExtractor().extract(annotated).candidates
        if c.predicate == "kg:sanctions"
    ]


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("林海生認為，晨星科技集團漠視法律。", ["林海生 criticizes 晨星科技集團"]),
        ("林海生認為，晨星科技集團並沒有漠視法律。", []),
        ("林海生認為，晨星科技集團可能漠視法律。", []),
        ("晨星科技集團漠視法律。", []),
    ],
)
def test_who_tells_of_a_fault_blames(text: str, lines: list[str], script: Script) -> None:
    assert {line for line in said(script(text)) if "criticizes" in line} == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("晨星科技集團宣布，行政總裁林海生離職。", ["林海生 holdsRoleAt 晨星科技集團"]),
        ("晨星科技集團宣布，由林海生擔任行政總裁。", ["林海生 holdsRoleAt 晨星科技集團"]),
        ("晨星科技集團成立於2001年，主席是林海生。", ["林海生 holdsRoleAt 晨星科技集團"]),
        ("晨星科技集團任命林海生為行政總裁。", ["林海生 holdsRoleAt 晨星科技集團"]),
        ("晨星科技集團宣布，業界代表主席林海生離職。", []),  # of whom, the noun before says
    ],
)
def test_an_office_alone_is_of_what_the_clause_goes_on_with(
    text: str, lines: list[str], script: Script
) -> None:
    assert {line for line in said(script(text)) if "holdsRoleAt" in line} == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("警方到場調查。林海生被捕。", 1),
        ("林海生被捕。警方到場調查。", 1),
        ("林海生被捕。", 0),
    ],
)
def test_who_is_arrested_is_so_by_the_police_that_the_text_names(
    text: str, count: int, script: Script
) -> None:
    assert [pair[:2] for pair in arrests(script(text))] == [("警方", "林海生")] * count


def test_evidence_of_what_is_implied_is_the_clause() -> None:
    text = "警方到場調查。交通一度受阻。其後恢復正常。林海生被捕。"
    ((_, _, candidate),) = arrests(text)
    assert candidate.evidence.of(text) == "林海生被捕"


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("林海生（晨星科技集團董事長）出席會議。", ["林海生 holdsRoleAt 晨星科技集團"]),
        ("林海生（晨星科技集團董事長、總裁）到場。", ["林海生 holdsRoleAt 晨星科技集團"]),
        ("林海生的代表律師周若琳到場。", ["周若琳 supports 林海生"]),
        ("林海生，晨星科技集團董事長，到場。", ["林海生 holdsRoleAt 晨星科技集團"]),
        (
            "晨星科技集團創辦人、董事長林海生到場。",
            ["林海生 founderOf 晨星科技集團", "林海生 holdsRoleAt 晨星科技集團"],
        ),
    ],
)
def test_persons_and_what_stands_beside_them(text: str, lines: list[str], script: Script) -> None:
    assert said(script(text)) == claims(*lines)


@in_both_scripts
def test_who_is_urged_to_do_it_has_not_done_it(script: Script) -> None:
    graph = read(script("南洲國要求晨星科技集團收購藍峰電子。"))
    (claim,) = (claim for claim in graph.claims if claim.predicate == "kg:acquires")
    assert claim.modality == "planned"


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("晨星科技集團在石橋市舉行記者會。", []),
        ("山海論壇在石橋市舉行。", ["山海論壇 locatedIn 石橋市"]),
        ("晨星科技集團在石橋市興建工廠。", ["晨星科技集團 locatedIn 石橋市"]),
        ("晨星科技集團是南洲國最大的企業。", ["晨星科技集團 locatedIn 南洲國"]),
        ("晨星科技集團總部位於南洲國石橋市。", ["晨星科技集團 locatedIn 石橋市"]),
    ],
)
def test_what_is_held_is_there_and_not_who_holds_it(
    text: str, lines: list[str], script: Script
) -> None:
    found = {line for line in said(script(text)) if "locatedIn" in line}
    assert {line for line in found if line[0] != simplify("石橋市")} == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("晨星科技集團向藍峰電子訂購300部機器。", ["藍峰電子 suppliesTo 晨星科技集團"]),
        ("晨星科技集團獲得藍峰電子訂單。", ["晨星科技集團 suppliesTo 藍峰電子"]),
        ("晨星科技集團提供PolarNote。", ["晨星科技集團 develops PolarNote"]),
        ("晨星科技集團參與了藍峰電子的融資。", ["晨星科技集團 investsIn 藍峰電子"]),
        ("林海生在NovaOS上發文。", ["林海生 uses NovaOS"]),
    ],
)
def test_trade_and_products(text: str, lines: list[str], script: Script) -> None:
    relations = ("suppliesTo", "develops", "investsIn", "uses")
    found = {line for line in said(script(text)) if line[1] in relations}
    assert found == claims(*lines)


@in_both_scripts
def test_a_rumour_of_an_act_is_about_the_act(script: Script) -> None:
    graph = read(script("晨星科技集團否認收購藍峰電子的傳聞。"))
    (claim,) = (claim for claim in graph.claims if claim.predicate == "kg:acquires")
    assert claim.polarity == "denied"


@in_both_scripts
def test_a_statement_given_out_is_an_announcement(script: Script) -> None:
    graph = plain().resolve([plain().process(document(script("騰訊昨日發表聲明。")))])
    assert {e.cls for e in graph.entities if e.trigger} == {"kg:Announcement"}


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "《漣漪白皮書》是一部電影，由白露影業出品，林海生執導，周若琳作曲。",
            [
                "白露影業 publishes 漣漪白皮書",
                "林海生 creatorOf 漣漪白皮書",
                "周若琳 creatorOf 漣漪白皮書",
            ],
        ),
        ("《漣漪白皮書》是去年出版的圖書，作者是林海生。", ["林海生 creatorOf 漣漪白皮書"]),
        ("《漣漪白皮書》　作者：林海生", ["林海生 creatorOf 漣漪白皮書"]),
        ("《漣漪白皮書》是林海生所著的圖書。", ["林海生 creatorOf 漣漪白皮書"]),
        # the sentence is about somebody, who only names the work
        ("周若琳讀過《漣漪白皮書》，由林海生執導。", []),
        # he does something else than what the credits tell
        ("《漣漪白皮書》開拍，導演林海生去年離職。", []),
        ("林海生是作家，代表作有《漣漪白皮書》。", ["林海生 creatorOf 漣漪白皮書"]),
    ],
)
def test_credits_are_of_the_work_that_the_sentence_begins_with(
    text: str, lines: list[str], script: Script
) -> None:
    kept = ("creatorOf", "publishes")
    assert {line for line in said(script(text)) if line[1] in kept} == claims(*lines)


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("晨星科技集團有多人離職，包括總裁林海生。", {"晨星科技集團"}),
        ("雲頂監管局拘捕青禾基金會兩人，包括主席林海生。", {"青禾基金會"}),
        ("雲頂監管局拘捕三男三女，包括前主席林海生。", set()),
    ],
)
def test_who_is_listed_is_of_the_last_body_told(
    text: str, bodies: set[str], script: Script
) -> None:
    found = {claim[2] for claim in said(script(text)) if claim[1] == "holdsRoleAt"}
    assert found == set(map(simplify, bodies))
