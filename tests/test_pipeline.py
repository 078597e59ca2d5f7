"""The stages together, with the names that the annotator finds by itself."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import claims, document, events, in_both_scripts, plain, shown

from kg.model import AnnotatedDocument, ClaimGraph, Document, Extraction, Failure
from kg.pipeline import Pipeline

Script = Callable[[str], str]

TEXTS = [
    "青禾銀行與聯合國合作。該行亦投資白露影業公司。",
    "2019年3月，腾讯与联合国签署合作协议。",
    "Tencent與海岳大學合作，並推出操作系統「NovaOS」。",
    "青禾基金會將為海岳大學提供NovaOS？騰訊沒有收購藍峰電子公司。",
    "",
    "天氣很好。\n\n騰訊會議的用戶超過3000萬人。騰訊很大。",
]


def read(*texts: str) -> ClaimGraph:
    pipeline = plain()
    return pipeline.resolve(pipeline.process(document(text)) for text in texts)


def said(*texts: str) -> set[tuple[str, str, str, str, str]]:
    graph = read(*texts)
    return {shown(graph, claim) for claim in graph.claims}


@in_both_scripts
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("青禾銀行與聯合國合作。", ["青禾銀行 partnerOf 聯合國"]),
        ("青禾銀行收購白露影業公司。", ["青禾銀行 acquires 白露影業公司"]),
        ("海岳大學發表《漣漪白皮書》。", ["海岳大學 publishes 漣漪白皮書"]),
        ("騰訊開發的微信很好。", ["騰訊 develops 微信"]),
        ("馬化騰創辦了騰訊。", ["馬化騰 founderOf 騰訊"]),
        ("華為被美國制裁。", ["美國 sanctions 華為"]),
        ("阿里巴巴旗下的淘寶很大。", ["阿里巴巴 owns 淘寶"]),
        (
            "青禾銀行收購白露影業公司。該行亦與海岳大學合作。",
            ["青禾銀行 acquires 白露影業公司", "青禾銀行 partnerOf 海岳大學"],
        ),
        (
            "青禾銀行（Qinghe Bank）很大。Qinghe Bank亦投資藍峰電子公司。",
            ["青禾銀行 investsIn 藍峰電子公司"],
        ),
    ],
)
def test_from_a_text_to_its_claims(text: str, lines: list[str], script: Script) -> None:
    assert said(script(text)) == claims(*lines)


@in_both_scripts
def test_a_declared_alias_is_known_in_what_follows(script: Script) -> None:
    text = script("海岳大學（下稱「海岳」）很大。海岳亦與白露影業公司合作。")
    assert claims("海岳大學 partnerOf 白露影業公司") <= said(text)


def test_one_claim_over_languages_and_documents() -> None:
    graph = read("騰訊與聯合國合作。", "Tencent与联合国合作。", "腾讯与United Nations合作。")
    (claim,) = graph.claims
    assert len(claim.evidence) == 3
    assert len(events(graph)) == 3


def test_an_empty_text_is_a_document_without_anything() -> None:
    empty = document("")
    extraction = plain().process(empty)
    assert (extraction.candidates, extraction.mentions, extraction.failures) == ((), (), ())
    graph = plain().resolve([extraction])
    assert (graph.documents, graph.entities, graph.claims) == ((empty,), (), ())
    assert graph.counts["documents"] == 1
    assert sum(graph.counts.values()) == 1


def test_no_documents_are_an_empty_graph() -> None:
    graph = plain().resolve([])
    assert (graph.documents, graph.entities, graph.claims, graph.failures) == ((), (), (), ())
    assert graph.counts == {}


@pytest.mark.parametrize("text", [" \t\n\u3000", "\x00\x07", "。" * 50, "（" * 50, "「" * 50])
def test_odd_texts_are_read_without_failure(text: str) -> None:
    extraction = plain().process(document(text))
    assert extraction.failures == ()
    assert extraction.candidates == ()


@pytest.mark.parametrize("text", TEXTS)
def test_two_runs_are_equal(text: str) -> None:
    assert plain().process(document(text)) == plain().process(document(text))
    assert Pipeline().process(document(text)) == Pipeline().process(document(text))


def test_two_builds_are_equal() -> None:
    assert read(*TEXTS) == read(*TEXTS)


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(shuffle: random.Random) -> None:
    extractions = [plain().process(document(text)) for text in TEXTS]
    expected = plain().resolve(extractions)
    shuffle.shuffle(extractions)
    assert plain().resolve(extractions) == expected


def test_a_document_more_leaves_the_claims_of_the_others() -> None:
    before, after = read(*TEXTS[:2]), read(*TEXTS)
    assert {claim.key for claim in before.claims} <= {claim.key for claim in after.claims}
    assert set(before.entity_by_iri()) <= set(after.entity_by_iri())


def test_everything_is_sorted() -> None:
    graph = read(*TEXTS)
    assert [d.iri for d in graph.documents] == sorted(d.iri for d in graph.documents)
    assert [e.iri for e in graph.entities] == sorted(e.iri for e in graph.entities)
    assert [c.key for c in graph.claims] == sorted(c.key for c in graph.claims)
    assert len({e.iri for e in graph.entities}) == len(graph.entities)


def test_counts_add_up_over_the_documents() -> None:
    whole = read(*TEXTS).counts
    parts = [read(text).counts for text in TEXTS]
    assert whole == {name: sum(part[name] for part in parts) for name in whole}
    assert whole["documents"] == len(TEXTS)
    assert whole["sentences"] == 2 + 1 + 1 + 2 + 0 + 3


class Raising:
    """An extractor that cannot bear one word."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.extractor = pipeline.extractor

    def extract(self, annotated: AnnotatedDocument) -> Extraction:
        if "毒" in annotated.document.text:
            raise ValueError("a word that it cannot bear")
        return self.extractor.extract(annotated)


def test_a_document_that_cannot_be_read_is_a_failure_and_the_others_survive() -> None:
    good, bad = document("騰訊與聯合國合作。"), document("騰訊收購毒公司。")
    pipeline = Pipeline(extractor=Raising(plain()))
    graph = pipeline.resolve(map(pipeline.process, [bad, good]))
    assert graph.failures == (Failure("test", "process", "ValueError: a word that it cannot bear"),)
    assert {d.iri for d in graph.documents} == {good.iri, bad.iri}
    assert {shown(graph, c) for c in graph.claims} == claims("騰訊 partnerOf 聯合國")
    assert graph.claims == plain().resolve([plain().process(good)]).claims
    assert graph.counts["documents"] == 2


def test_an_annotator_that_raises_is_a_failure_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def annotate(_: Document) -> AnnotatedDocument:
        raise RecursionError("too deep")

    pipeline = Pipeline()
    monkeypatch.setattr(pipeline.annotator, "annotate", annotate)
    nameless = Document("https://example.org/1", "騰訊很大。")
    (failure,) = pipeline.process(nameless).failures
    assert failure == Failure("https://example.org/1", "process", "RecursionError: too deep")


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_an_interrupt_is_no_failure_of_a_document(
    error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    def annotate(_: Document) -> AnnotatedDocument:
        raise error

    pipeline = Pipeline()
    monkeypatch.setattr(pipeline.annotator, "annotate", annotate)
    with pytest.raises(error):
        pipeline.process(document("騰訊很大。"))


def test_drops_of_both_stages_are_kept() -> None:
    graph = read("騰訊收購聯合國嗎？該公司收購白露影業公司。", "騰訊與騰訊合作。")
    stages = {(drop.stage, drop.reason) for drop in graph.drops}
    assert ("extract", "a question") in stages
    assert ("claims", "both ends are the same entity") in stages


SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
from test_pipeline import TEXTS, read
graph = read(*TEXTS, *(f"騰訊（Tencent）有{n}人。" for n in range(16)))
print(ascii(graph))
"""


def test_every_process_reads_the_same() -> None:
    """Strings hash differently in each process: no result may hang on the order of a set.

    騰訊（Tencent） is judged twice, by its brackets and as a known name: judgements that tie.
    """
    outputs = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(Path(__file__).parent)],
            env=environment, capture_output=True, text=True, check=True, timeout=120,
        )  # fmt: skip
        outputs.add(run.stdout)
    assert len(outputs) == 1
    assert "kg:partnerOf" in outputs.pop()
