"""The readings: the file's form, that it holds no text, and the gold files made from it."""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings.__main__ import PARTS, main, materialise, pack_folder, table, write_gold
from readings.form import (
    digest,
    gold_digest,
    pack,
    places_of,
    read_readings,
    unpack,
    write_readings,
)

from kg.evaluate import load_gold
from kg.evaluate.gold import OTHER
from kg.ontology import load_ontology

ROWS = read_readings()
HAN = re.compile("[\u3400-\u9fff]")
CONSTRUCTIONS = {
    "verb", "prep", "passive", "ba", "relative", "nominal", "apposition", "bracket", "copula",
    "coordination", "elided", "coreference", "attribution", "metric", "other",
}  # fmt: skip

# --- The file ----------------------------------------------------------------------------------


def test_there_are_fifty_and_which_are_only_for_checking() -> None:
    names = {part: [row["name"] for row in ROWS if row["part"] == part] for part in PARTS}
    assert names["checking"] == [*(f"a{n}" for n in range(32, 40)), "p08", "p09"]
    assert names["tuning"] == [
        *(f"a{n:02}" for n in range(32)), *(f"p{n:02}" for n in range(8)),
    ]  # fmt: skip
    assert len(ROWS) == 50


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_places_lie_in_the_article_and_triggers_in_their_quotes(row: dict[str, Any]) -> None:
    for start, end in places_of(row):
        assert 0 <= start < end <= row["chars"]
    for said in (*row["claims"], *row["events"]):
        if "trigger" in said:
            assert said["quote"][0] <= said["trigger"][0] < said["trigger"][1] <= said["quote"][1]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_classes_relations_and_ids_exist(row: dict[str, Any]) -> None:
    ontology = load_ontology()
    ids = [entity["id"] for entity in row["entities"]]
    assert len(ids) == len(set(ids))
    assert {"kg:" + entity["type"] for entity in row["entities"]} <= set(ontology.classes)
    assert {"kg:" + event["type"] for event in row["events"]} <= {*ontology.classes, OTHER}
    for claim in row["claims"]:
        relation = ontology.relations["kg:" + claim["p"]]
        assert relation.literal == claim.get("literal", False)
        assert claim["s"] in ids
        assert claim["construction"] in CONSTRUCTIONS
        assert relation.literal or claim["o"] in ids
    assert {who for event in row["events"] for who in event["participants"]} <= set(ids)


def strings(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a line with the key that it stands under."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from strings(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part, key)
    elif isinstance(value, str):
        yield key, value


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_no_sentence_of_an_article_is_in_the_file(row: dict[str, Any]) -> None:
    chinese = [(key, text) for key, text in strings(row) if HAN.search(text)]
    assert {text for key, text in chinese if key != "role"} == {
        claim["o"] for claim in row["claims"] if claim.get("literal") and HAN.search(claim["o"])
    }
    for key, text in chinese:
        name, _, value = text.partition("=")
        assert len(text) == 1 if key == "role" else len(name) <= 20 and len(value) <= 15
        assert not re.search("[，。；！？、：\n]", text)


def test_the_table_in_the_readme_is_that_of_the_file() -> None:
    readme = (Path(__file__).parent / "README.md").read_text("utf-8")
    assert readme.endswith(table(ROWS))


# --- With the data -----------------------------------------------------------------------------


@pytest.mark.shared
def test_the_gold_files_are_those_that_were_annotated(shared: Path, tmp_path: Path) -> None:
    data = shared / "data"
    if missing := {row["file"] for row in ROWS if not (data / row["file"]).is_file()}:
        pytest.skip(f"the public data is not here: {', '.join(sorted(missing))}")
    assert write_gold(ROWS, data, tmp_path) == 50
    for row in ROWS:
        path = tmp_path / f"{row['name']}.json"
        gold = load_gold(path)
        assert gold_digest(json.loads(path.read_text("utf-8"))) == row["gold"]
        assert gold.text is not None
        assert all(claim.quote in gold.text for claim in gold.claims)
        assert Counter(claim.construction for claim in gold.claims) == Counter(
            claim["construction"] for claim in row["claims"]
        )


# --- The form ----------------------------------------------------------------------------------

TEXT = "海風科技總裁林海昨日宣布，海風科技將收購北辰遊戲，北辰遊戲有300人。副"
SOURCE = {
    "name": "x00", "part": "tuning", "file": "news.jsonl.gz", "field": "text", "rows": [1],
    "published": "2021-05-06",
}  # fmt: skip
GOLD: dict[str, Any] = {
    "document": "x00.txt",
    "title": "海風的一天",
    "published": "2021-05-06",
    "entities": [
        {"id": "hai", "type": "Company", "names": ["海風科技", "海風"]},
        {"id": "lin", "type": "Person", "names": ["林海"]},
        {"id": "bei", "type": "Company", "names": ["北辰遊戲"]},
    ],
    "claims": [
        {"s": "lin", "p": "holdsRoleAt", "o": "hai", "role": "副總裁兼", "core": True,
         "quote": "海風科技總裁林海", "trigger": "總裁", "construction": "nominal"},
        {"s": "hai", "p": "acquires", "o": "bei", "core": True, "planned": True,
         "quote": "海風科技將收購北辰遊戲", "trigger": "收購", "construction": "verb"},
        {"s": "bei", "p": "hasMetric", "o": "員工=300 人", "literal": True, "core": False,
         "quote": "北辰遊戲有300人", "trigger": "", "construction": "metric"},
    ],
    "events": [
        {"type": "Acquisition", "trigger": "收購", "participants": ["hai", "bei"],
         "time": "2021-05", "quote": "將收購北辰遊戲"},
    ],
}  # fmt: skip


def test_a_line_holds_places_for_texts() -> None:
    row = pack(SOURCE, GOLD, TEXT)
    assert row["entities"][0]["names"] == [[0, 4], [0, 2]]
    role, planned, metric = row["claims"]
    assert (role["quote"], role["trigger"]) == ([0, 8], [4, 6])
    assert role["role"] == [[35, 36], [4, 6], "兼"]
    assert TEXT[slice(*planned["trigger"])] == "收購"
    assert "trigger" not in metric
    assert metric["o"] == "員工=300 人"
    assert {key: row[key] for key in SOURCE} == SOURCE
    assert (row["chars"], row["digest"]) == (36, digest(TEXT))


def test_unpacking_undoes_packing() -> None:
    assert unpack(pack(SOURCE, GOLD, TEXT), TEXT, "海風的一天") == GOLD


SPANS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 9)).map(
    lambda pair: TEXT[pair[0] : pair[0] + pair[1]]
)


@given(st.lists(SPANS, min_size=1), SPANS, st.text(max_size=5), st.data())
def test_any_words_of_the_article_come_back(
    names: list[str], quote: str, role: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(quote)))
    trigger = quote[start : start + data.draw(st.integers(0, 4))]
    claim = {**GOLD["claims"][0], "quote": quote, "trigger": trigger, "role": role}
    gold = {**GOLD, "entities": [{"id": "a", "type": "Person", "names": names}], "claims": [claim]}
    row = pack(SOURCE, gold, TEXT)
    assert unpack(row, TEXT, gold["title"]) == gold
    assert all(TEXT[start:end] for start, end in places_of(row))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    articles = [{"title": "別的", "text": "別的。"}, {"title": GOLD["title"], "text": TEXT}]
    with gzip.open(folder / "news.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(article) + "\n" for article in articles)
    (folder / "pairs.tsv").write_text("a\tb\tc\t甲乙。\n\na\tb\tc\t丙丁。\n", "utf-8")
    return folder


def readings(*more: dict[str, Any]) -> list[dict[str, Any]]:
    return [pack(SOURCE, GOLD, TEXT), *more]


def test_the_gold_files_are_written_from_the_data(data: Path, tmp_path: Path) -> None:
    nothing = {"entities": [], "claims": [], "events": []}
    source = {**SOURCE, "name": "y", "file": "pairs.tsv", "field": 3, "rows": [2, 0]}
    rows = readings(pack(source, nothing, "丙丁。\n甲乙。"))
    assert write_gold(rows, data, tmp_path / "out") == 2
    assert json.loads((tmp_path / "out" / "x00.json").read_text("utf-8")) == GOLD
    assert (tmp_path / "out" / "y.txt").read_text("utf-8") == "丙丁。\n甲乙。"
    gold = load_gold(tmp_path / "out" / "x00.json")
    assert (gold.text, gold.title) == (TEXT, "海風的一天")
    assert [claim.construction for claim in gold.claims] == ["nominal", "verb", "metric"]


def test_other_data_than_that_which_was_read_is_told(data: Path) -> None:
    (row,) = readings()
    with pytest.raises(SystemExit, match=r"news\.jsonl\.gz is another version: the text of x00"):
        list(materialise([{**row, "rows": [0]}], data))


def test_a_corrected_gold_file_is_packed_again(data: Path, tmp_path: Path) -> None:
    path, out = tmp_path / "readings.jsonl", tmp_path / "out"
    write_readings(readings(), path)
    write_gold(read_readings(path), data, out)
    pack_folder(out, path)
    assert read_readings(path) == readings()
    corrected = {**GOLD, "claims": GOLD["claims"][:1]}
    (out / "x00.json").write_text(json.dumps(corrected), "utf-8")
    pack_folder(out, path)
    (row,) = read_readings(path)
    assert len(row["claims"]) == 1
    assert row["gold"] == gold_digest(corrected) != readings()[0]["gold"]


def test_the_table_counts_claims() -> None:
    lines = table([*readings(), {**readings()[0], "part": "checking"}]).splitlines()
    assert "| both | 2 | 72 | 6 | 6 | 2 |" in lines
    assert "| nominal | 2 | 33.3% | 1 | 1 |" in lines
    assert "| hasMetric | 2 | 33.3% | 1 | 1 |" in lines


def test_the_command_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["readings", "--table"])
    main()
    assert capsys.readouterr().out == table(ROWS)
    monkeypatch.setattr(sys, "argv", ["readings"])
    with pytest.raises(SystemExit):
        main()


# --- Fresh articles ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["fresh.jsonl", *(f"fresh-{n}.jsonl" for n in range(2, 7))])
def test_the_fresh_articles_are_others_and_the_page_counts_their_verdicts(name: str) -> None:
    folder = Path(__file__).parent
    lines = (folder / name).read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    read = {row["rows"][0] for row in ROWS if row["file"] == rows[0]["file"]}
    assert len(read) == 40
    assert not read & {row["row"] for row in rows}
    assert {row["predicate"] for row in rows} <= set(load_ontology().relations)
    assert len({(row["row"], row["claim"]) for row in rows}) == len(rows)
    verdicts = Counter(row["verdict"] for row in rows)
    assert set(verdicts) == {"right", "wrong"}
    page = (folder / "README.md").read_text("utf-8")
    assert f"{verdicts['right']} of {len(rows)} right" in page
