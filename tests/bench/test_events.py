"""What the benchmark of events counts as found, right, and as neither."""

from __future__ import annotations

import pytest

from kg.model import Span
from kg.training.events import EventMeaning, EventText, LabelledEvent
from tests.bench.events import Counts, meant
from tests.reading import read


def counted(text: str, *events: tuple[str, str, dict[str, str]]) -> Counts:
    """The figures of one text with these (trigger, type, words by role)."""
    labelled = tuple(
        LabelledEvent(
            Span(text.index(word), text.index(word) + len(word)), type_, tuple(roles.items())
        )
        for word, type_, roles in events
    )
    meaning, counts = EventMeaning("duee"), Counts()
    row = EventText(text, labelled, frozenset(type_ for _, type_, _ in events))
    counts.add(text, meant(row, meaning), read(text), meaning)
    return counts


def test_an_event_is_found_by_its_class_and_the_place_of_its_word() -> None:
    roles = {"离职者": "林海生", "时间": "昨日"}
    counts = counted("林海生昨日辞职。", ("辞职", "组织关系-辞/离职", roles))
    assert dict(counts.classes["kg:Departure"]) == {"meant": 1, "found": 1, "told": 1, "right": 1}
    assert {part: tuple(row.values()) for part, row in counts.parts.items()} == {
        "agent": (1, 1),
        "time": (1, 1),
        "told": (1, 1),
    }
    assert counts.differences == []


@pytest.mark.parametrize(
    ("event", "figures"),
    [
        (
            ("谈判", "司法行为-起诉", {}),
            {"kg:LegalAction": (1, 0, 0, 0), "kg:Departure": (0, 0, 1, 0)},
        ),
        (("谈判", "交往-点赞", {}), {"kg:Departure": (0, 0, 1, 0)}),
    ],
)
def test_what_the_text_does_not_have_is_missed_or_wrong(
    event: tuple[str, str, dict[str, str]], figures: dict[str, tuple[int, ...]]
) -> None:
    counts = counted("林海生辞职，不再谈判。", event)
    assert {
        cls: tuple(row[key] for key in ("meant", "found", "told", "right"))
        for cls, row in counts.classes.items()
    } == figures


def test_a_class_that_the_set_labels_in_part_is_never_wrong() -> None:
    assert counted("林海生公开道歉。", ("公开", "交往-点赞", {})).classes == {}


def test_a_text_with_types_alone_has_the_classes_of_its_events() -> None:
    text, meaning, counts = "林海生辞职。", EventMeaning("duee"), Counts()
    labels = frozenset({"组织关系-辞/离职", "司法行为-起诉"})
    counts.add_types(EventText(text, (), labels), read(text), meaning)
    assert {cls: row["found"] for cls, row in counts.classes.items()} == {
        "kg:Departure": 1,
        "kg:LegalAction": 0,
    }
