"""A text of four times the length takes about four times the work, however odd it is.

What is counted is lines of our own code by function, not time: a loop over all names inside a loop
over all names takes sixteen times the work.
"""

from __future__ import annotations

import pytest
from annotated import annotate
from reading import document, plain
from work import steps

from kg.annotation import sentences
from kg.artefacts import Views, make_files

SHORT, TIMES = 300, 4
#: Between 4 and 16, with what a function may do once the text is long enough for it at all.
MOST, ONCE = 8, 300

UNITS = [
    # Names.
    "青禾科技集團\n",
    "雲杉電子、騰訊、",
    "王小明表示，",
    "Velmora 與 Quillix 在松嶺市，",
    "青禾基金會（Qinghe Fund），Qinghe 基金會，",
    # Anaphors, with and without an end of the sentence.
    "騰訊說，他很好，該公司也好，",
    "騰訊與微軟，雙方，",
    "騰訊來了。該公司很好。",
    # Relations, sayings and times.
    "騰訊收購微軟，",
    "騰訊與微軟合作。",
    "王小明表示：「騰訊收購微軟。",
    "2019年3月天氣好。騰訊收購微軟。",
    "騰訊營收達3億元，",
    # Events told again and again, by one party or of many, as done and as planned.
    "騰訊擬收購微軟，騰訊收購了資產。",
    "王小明被捕。王小明宣布辭職，",
    # No prose at all.
    "公司",
    "「的（。",
    "甲\t3\t2020年\n",
    "😀\x00\u202ea.1約翰·",
]


@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_with_the_length(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "_LONGEST", 100)  # so that a short text is longer than it
    pipeline = plain()

    def read(length: int) -> None:
        pipeline.resolve([pipeline.process(document(unit * (length // len(unit))))])

    read(SHORT)  # what is made at the first use is made
    short, long = steps(lambda: read(SHORT)), steps(lambda: read(TIMES * SHORT))
    assert {f: (short[f], n) for f, n in long.items() if n > MOST * short[f] + ONCE} == {}


@pytest.mark.parametrize("unit", ["騰訊收購微軟。", "2019年3月，王小明被捕。王小明宣布辭職。"])
def test_work_on_the_artefacts_grows_with_the_length(unit: str) -> None:
    """One act told again and again, and its event; the files that grow with the graph."""
    pipeline = plain()

    def write(length: int) -> None:
        graph = pipeline.resolve([pipeline.process(document(unit * (length // len(unit))))])
        make_files(Views(graph), ("trig", "csv", "graphml"))

    write(SHORT)
    short, long = steps(lambda: write(SHORT)), steps(lambda: write(TIMES * SHORT))
    assert {f: (short[f], n) for f, n in long.items() if n > MOST * short[f] + ONCE} == {}


@pytest.mark.parametrize(("unit", "names"), [("騰訊\n", 1), ("騰訊、", 1), ("聯合國與微軟", 2)])
def test_a_name_a_hundred_thousand_times(unit: str, names: int) -> None:
    times = 20_000
    annotated = annotate(unit * times)
    assert len(annotated.mentions) == names * times
    assert {m.surface for m in annotated.mentions} <= {"騰訊", "聯合國", "微軟"}
