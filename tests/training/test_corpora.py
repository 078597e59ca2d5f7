"""Every public form, written from sentences that are known and read back."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training_set import (
    CITY,
    COMPANY,
    PERSON,
    cluener_lines,
    column_lines,
    duie_lines,
    fewfc_lines,
    finre_lines,
    iob2_lines,
    joined,
    lines_of,
    made_up,
    own_lines,
    sentences,
    simplified,
    spans_within,
    surfaces,
    write_lines,
)

from kg.errors import InputError
from kg.training.corpora import OWN, READERS, Sentence, read_sentences

Writer = Callable[[Iterable[Sentence]], list[str]]

#: Forms that say where each name stands, so that reading undoes writing.
EXACT: list[tuple[str, Writer]] = [
    ("cluener", cluener_lines),
    ("fewfc", fewfc_lines),
    ("iob2", iob2_lines),
    ("columns", partial(column_lines, scheme="BIO")),
    ("columns", partial(column_lines, scheme="BMES")),
]


def read_lines(folder: Path, lines: Iterable[str], reader: str) -> list[Sentence]:
    write_lines(folder / "set.txt", lines)
    return read_sentences(folder, "set.txt", reader)


@pytest.mark.parametrize(("reader", "writer"), EXACT)
@given(given_sentences=st.lists(sentences(), min_size=1, max_size=4))
def test_reading_undoes_writing(
    reader: str, writer: Writer, given_sentences: list[Sentence]
) -> None:
    found = READERS[reader](writer(given_sentences))
    assert [Sentence(s.text, tuple(sorted(s.spans))) for s in found] == given_sentences


@pytest.mark.parametrize("file", ["set.txt", "below/set.txt.gz"])
@pytest.mark.parametrize(("reader", "writer"), EXACT)
def test_files_plain_and_compressed(tmp_path: Path, file: str, reader: str, writer: Writer) -> None:
    expected = made_up(15)
    write_lines(tmp_path / file, writer(expected))
    assert read_sentences(tmp_path, file, reader) == [simplified(s) for s in expected]


@pytest.mark.parametrize("reader", ["cluener", "fewfc", "iob2", "columns", "duie", "finre", "json"])
def test_an_empty_file_holds_no_sentence(tmp_path: Path, reader: str) -> None:
    assert read_lines(tmp_path, [], reader) == []


def test_texts_are_simplified_in_place(tmp_path: Path) -> None:
    traditional = joined([("藍橋銀行", COMPANY), ("的總部在", ""), ("鹿鳴市", CITY)])
    (found,) = read_lines(tmp_path, cluener_lines([traditional]), "cluener")
    assert found.text == "蓝桥银行的总部在鹿鸣市"
    assert surfaces(found) == [("蓝桥银行", COMPANY), ("鹿鸣市", CITY)]


def test_cluener_ends_are_inclusive() -> None:
    row = {"text": "何沐晴说", "label": {"name": {"何沐晴": [[0, 2]]}}}
    (found,) = READERS["cluener"](lines_of([row]))
    assert found.spans == ((0, 3, "name"),)


def test_cluener_gives_every_place_of_a_name_and_the_longest_of_nested_ones() -> None:
    row = {
        "text": "霜河市霜河大学在霜河市",
        "label": {
            "address": {"霜河市": [[0, 2], [8, 10]], "霜河": [[3, 4]]},
            "organization": {"霜河大学": [[3, 6]]},
        },
    }
    (found,) = READERS["cluener"](lines_of([row]))
    assert sorted(surfaces(found)) == [
        ("霜河大学", "organization"),
        ("霜河市", "address"),
        ("霜河市", "address"),
    ]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        # A tag that goes on from nothing, or from a name of another label, begins a name.
        (["I-PER", "I-PER", "O"], [(0, 2, "PER")]),
        (["B-PER", "I-ORG", "I-ORG"], [(0, 1, "PER"), (1, 3, "ORG")]),
        (["B-PER", "B-PER", "I-PER"], [(0, 1, "PER"), (1, 3, "PER")]),
        (["S-PER", "S-PER", "O"], [(0, 1, "PER"), (1, 2, "PER")]),
        (["B-PER", "E-PER", "O"], [(0, 2, "PER")]),
        (["B-PER", "O", "I-PER"], [(0, 1, "PER"), (2, 3, "PER")]),
        (["O", "O", "O"], []),
    ],
)
def test_what_the_tags_of_three_characters_say(
    tags: list[str], expected: list[tuple[int, int, str]]
) -> None:
    lines = [f"{character}\t{tag}\n" for character, tag in zip("青禾远", tags, strict=True)]
    (found,) = READERS["columns"](lines)
    assert list(found.spans) == expected


def test_columns_need_no_empty_line_at_the_end_and_take_several_between() -> None:
    found = READERS["columns"](["青 O\n", "\n", "  \n", "禾 S-X\n"])
    assert list(found) == [Sentence("青", ()), Sentence("禾", ((0, 1, "X"),))]


def test_iob2_words_can_be_longer_than_a_character() -> None:
    lines = [
        "# text = 青禾科技在A市",
        "1\t青禾\tB-ORG\t-\t-",
        "2\t科技\tI-ORG\t-\t-",
        "3\t在\tO\t-\t-",
    ]
    lines += ["4\tA市\tB-LOC\t-\t-"]
    (found,) = READERS["iob2"](f"{line}\n" for line in lines)
    assert found == joined([("青禾科技", "ORG"), ("在", ""), ("A市", "LOC")])


def test_an_iob2_word_that_is_a_number_sign_is_a_word() -> None:
    (found,) = READERS["iob2"](["1\t#\tO\t-\t-\n", "2\t青\tB-PER\t-\t-\n"])
    assert found == joined([("#", ""), ("青", "PER")])


def test_duie_labels_the_names_of_its_facts_wherever_they_stand(tmp_path: Path) -> None:
    sentence = joined(
        [("林知远", "人物"), ("创立", ""), ("青禾科技", "企业"), ("，", ""), ("林知远", "人物")]
    )
    assert read_lines(tmp_path, duie_lines([sentence]), "duie") == [sentence]


def test_a_duie_name_with_marks_is_taken_as_it_is_written() -> None:
    sentence = joined([("A.B(C)", "企业"), ("和AxB", ""), ("青禾*", "企业")])
    (found,) = READERS["duie"](duie_lines([sentence]))
    assert sorted(found.spans) == list(sentence.spans)


@pytest.mark.parametrize("absent", ["", "不在这里"])
def test_a_duie_name_that_is_not_in_the_text_labels_nothing(absent: str) -> None:
    fact = {
        "subject": absent,
        "subject_type": "人物",
        "object": {"@value": "青禾"},
        "object_type": {"@value": "企业"},
    }
    (found,) = READERS["duie"](lines_of([{"text": "青禾发布", "spo_list": [fact]}]))
    assert found == joined([("青禾", "企业"), ("发布", "")])


def test_fewfc_leaves_triggers_out() -> None:
    mentions = [
        {"span": [0, 2], "role": "sub-org", "word": "青禾"},
        {"span": [2, 4], "role": "trigger", "word": "收购"},
    ]
    row = {"content": "青禾收购云杉", "events": [{"mentions": mentions}]}
    (found,) = READERS["fewfc"](lines_of([row]))
    assert found.spans == ((0, 2, "sub-org"),)


def test_a_fewfc_argument_of_two_events_stands_once() -> None:
    event = {"mentions": [{"span": [0, 2], "role": "sub-org", "word": "青禾"}]}
    (found,) = READERS["fewfc"](lines_of([{"content": "青禾收购", "events": [event, event]}]))
    assert found.spans == ((0, 2, "sub-org"),)


def test_finre_joins_the_pairs_of_a_sentence(tmp_path: Path) -> None:
    names = [("青禾科技", "name"), ("、", ""), ("藍橋銀行", "name"), ("與", ""), ("云杉", "name")]
    sentence = joined([*names, ("合作", "")])
    other = joined([("远帆航运", "name"), ("收购", ""), ("石榴影业", "name")])
    lines = [*finre_lines([sentence]), *finre_lines([other])]
    assert len(lines) == 3
    assert read_lines(tmp_path, lines, "finre") == [simplified(sentence), other]


@pytest.mark.parametrize("line", ["\n", "青禾\t云杉\n", "青禾\t云杉\t合作\t\n"])
def test_a_finre_line_without_a_text_is_no_sentence(line: str) -> None:
    assert list(READERS["finre"]([line])) == []


@pytest.mark.parametrize("key", ["text", "content", "text1"])
def test_plain_texts_are_read_by_any_of_their_keys(tmp_path: Path, key: str) -> None:
    lines = lines_of([{"id": 1, key: "何沐晴說。"}])
    assert read_lines(tmp_path, lines, "json") == [Sentence("何沐晴说。", ())]


def own(folder: Path, lines: Iterable[str]) -> list[Sentence]:
    """Labels that lie outside the package, since an absolute path stays what it is."""
    write_lines(folder / "labels.jsonl", lines)
    return read_sentences(folder, str(folder / "labels.jsonl"), OWN)


@pytest.mark.parametrize(
    ("file", "writer"),
    [
        ("a.jsonl", cluener_lines),
        ("a.jsonl.gz", fewfc_lines),
        ("a.tsv", lambda given: [f"x\ty\tz\t{s.text}\n" for s in given]),
    ],
)
def test_our_own_labels_point_into_the_texts_of_a_set(
    tmp_path: Path, file: str, writer: Writer
) -> None:
    expected = made_up(10)
    write_lines(tmp_path / file, writer(expected))
    assert own(tmp_path, own_lines(file, expected)) == [simplified(s) for s in expected]


def test_our_own_labels_of_a_part_of_a_row(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.jsonl", lines_of([{"text": "无关"}, {"text": "今天，何沐晴說話。"}]))
    entry = {"file": "a.jsonl", "row": 1, "start": 3, "end": 9, "names": [[0, 3, "Person"]]}
    assert own(tmp_path, lines_of([entry])) == [joined([("何沐晴", PERSON), ("说话。", "")])]


def test_two_parts_of_one_row_are_two_sentences(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.jsonl", lines_of([{"text": "青禾。云杉。"}]))
    entries = [
        {"file": "a.jsonl", "row": 0, "start": at, "end": at + 3, "names": [[0, 2, "Company"]]}
        for at in (0, 3)
    ]
    found = own(tmp_path, lines_of(entries))
    assert found == [joined([(name, COMPANY), ("。", "")]) for name in ("青禾", "云杉")]


@pytest.mark.parametrize(
    ("reader", "writer"), [*EXACT, ("duie", duie_lines), ("finre", finre_lines)]
)
def test_spans_are_in_order_and_slice_back(tmp_path: Path, reader: str, writer: Writer) -> None:
    given_sentences = made_up(20)
    names = {name for s in given_sentences for name, _ in surfaces(simplified(s))}
    found = read_lines(tmp_path, writer(given_sentences), reader)
    assert found
    for sentence in found:
        assert spans_within(sentence)
        assert {name for name, _ in surfaces(sentence)} <= names


@pytest.mark.parametrize(
    ("reader", "lines"),
    [
        ("cluener", ["no json\n"]),
        ("cluener", ['{"text": "青禾"}\n']),
        ("iob2", ["1 青 O\n"]),
        ("duie", ['{"text": "青禾"}\n']),
        ("duie", ["[]\n"]),
        ("json", ["x\ty\n"]),
        ("none", ["青 O\n"]),
        pytest.param("json", ['{"title": "青禾"}\n'], id="json-without-text"),
    ],
)
def test_a_file_of_another_form_is_named(tmp_path: Path, reader: str, lines: list[str]) -> None:
    with pytest.raises(InputError, match=rf"set\.txt cannot be read as {reader}"):
        read_lines(tmp_path, lines, reader)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.txt cannot be read as columns"):
        read_sentences(tmp_path, "absent.txt", "columns")


DAMAGED = {
    "other": b"no gzip",
    "no-text": gzip.compress(b"\xff"),
    "cut-off": gzip.compress(b"x" * 99)[:-9],
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_compressed_file_is_named(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.gz").write_bytes(data)
    with pytest.raises(InputError, match=r"a\.gz cannot be read as columns"):
        read_sentences(tmp_path, "a.gz", "columns")


def test_the_packaged_labels_have_their_form() -> None:
    """Their texts are not in the package; that each span lies in its part can be seen without."""
    folder = Path(__file__).parents[2] / "kg" / "training" / "labels"
    for name in ("train.jsonl", "held-out.jsonl"):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            length = entry["end"] - entry["start"]
            names = tuple(sorted((s, e, cls) for s, e, cls in entry["names"]))
            assert spans_within(Sentence("x" * length, names)), (name, entry)


def test_the_packaged_pairs_lie_in_their_sentences() -> None:
    folder = Path(__file__).parents[2] / "kg" / "training" / "labels"
    for line in (folder / "pairs.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        length = entry["end"] - entry["start"]
        for start, end, _, other, last in entry["pairs"]:
            assert 0 <= start < end <= length, entry
            assert 0 <= other < last <= length, entry
