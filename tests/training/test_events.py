"""Public sets of events, what their types mean, and the words that tell them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.lexicon import load_lexicon
from kg.model import Span
from kg.training.events import (
    SETS,
    EventMeaning,
    EventText,
    LabelledEvent,
    is_held_out,
    read_duee,
    read_duee_types,
    read_event_set,
    read_fewfc,
)
from kg.training.triggers import Telling, count_triggers, telling_strings


def write(path: Path, *rows: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def duee(text: str, trigger: str, type_: str) -> EventText:
    start = text.index(trigger)
    event = LabelledEvent(Span(start, start + len(trigger)), type_)
    return EventText(text, (event,), frozenset({type_}))


FEWFC = {
    "content": "青禾质押股份",
    "events": [
        {
            "type": "质押",
            "mentions": [
                {"role": "trigger", "word": "质押", "span": [2, 4]},
                {"role": "sub-org", "word": "青禾", "span": [0, 2]},
            ],
        },
        {"type": "质押", "mentions": []},  # an event without a trigger is left out
    ],
}
DUEE = {
    "text": "林海生辞职",
    "event_list": [
        {
            "event_type": "组织关系-辞/离职",
            "trigger": "辞职",
            "trigger_start_index": 3,
            "arguments": [{"role": "离职者", "argument": "林海生"}],
        }
    ],
}


def test_each_set_is_read_into_one_form(tmp_path: Path) -> None:
    (fewfc,) = read_fewfc(write(tmp_path / "a", FEWFC, FEWFC))
    assert fewfc.events == (LabelledEvent(Span(2, 4), "质押", (("sub-org", "青禾"),)),)
    (told,) = read_duee(write(tmp_path / "b", DUEE))
    assert told.events == (LabelledEvent(Span(3, 5), "组织关系-辞/离职", (("离职者", "林海生"),)),)
    row = {"text1": "林海生辞职", "label": ["组织关系-辞/离职", "组织关系"]}
    (typed,) = read_duee_types(write(tmp_path / "c", row))
    assert (typed.events, typed.types) == ((), {"组织关系-辞/离职", "组织关系"})


def test_what_is_held_out_is_in_one_half_only(tmp_path: Path) -> None:
    texts = [f"第{number}人辞职" for number in range(20)]
    write(tmp_path / SETS["duee-types"][0], *({"text1": text, "label": []} for text in texts))
    halves = [read_event_set("duee-types", tmp_path, held_out=held) for held in (True, False)]
    assert [{text.text for text in half} for half in halves] == [
        {text for text in texts if is_held_out(text) is held} for held in (True, False)
    ]
    assert all(halves)


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    write(tmp_path / SETS["fewfc"][0], {"text": "青禾"})
    with pytest.raises(InputError, match="cannot be read as fewfc"):
        read_event_set("fewfc", tmp_path, held_out=True)


def test_a_type_means_classes_and_a_role_a_part() -> None:
    meaning = EventMeaning("duee")
    assert meaning.classes("司法行为-拘捕") == ("kg:LegalAction",)
    assert meaning.classes("交往-点赞") == ()
    assert meaning.part("司法行为-拘捕", "被拘捕者") == "patient"
    assert meaning.part("司法行为-拘捕", "原告") is None


def test_a_class_of_which_only_some_are_labelled_is_meant_but_not_measured() -> None:
    meaning = EventMeaning("duee")
    assert meaning.classes("交往-道歉") == ("kg:Announcement",)
    assert "kg:Announcement" not in meaning.measured
    assert "kg:LegalAction" in meaning.measured


def test_a_mapping_to_no_event_is_refused(tmp_path: Path) -> None:
    types = tmp_path / "types.tsv"
    types.write_text("set\ttype\tevent\tstanding\nduee\t甲\tPerson\texpected\n", encoding="utf-8")
    with pytest.raises(InputError, match="which is no event"):
        EventMeaning("duee", types=types)


def test_a_trigger_is_counted_against_all_that_it_occurs() -> None:
    texts = [
        duee("林海生辞职", "辞职", "组织关系-辞/离职"),
        duee("辞职的人不少，周若琳也请辞", "请辞", "组织关系-辞/离职"),
    ]
    others = [
        EventText("又有人辞职", (), frozenset({"组织关系-辞/离职"})),
        EventText("谈辞职信", (), frozenset()),
    ]
    counts = count_triggers(texts, others, EventMeaning("duee"), load_lexicon())
    (found,) = [one for one in counts if one.word == "辞职"]
    assert (found.told, found.occurs, found.among, found.texts, found.known) == (1, 2, 1, 2, True)


def test_a_telling_string_is_of_the_texts_that_no_known_word_explains() -> None:
    def of(text: str, *types: str) -> EventText:
        return EventText(text, (), frozenset(types))

    retires = "竞赛行为-退役"
    texts = [of(f"{name}封刀了", retires) for name in "甲乙丙"]
    texts += [of("丁退役封刀", retires), of("封刀是什么")]
    found = list(telling_strings(texts, EventMeaning("duee"), load_lexicon()))
    assert Telling(retires, "封刀", 3, 4, 5) in found
    assert "封刀了" not in {one.string for one in found}
