"""Made-up sets in each public form, and an encoder and a network small enough for a test."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from string import ascii_letters, digits
from typing import Any

import numpy as np
import torch
from hypothesis import strategies as st

from kg.annotation.recogniser.tags import Labelled
from kg.annotation.recogniser.vocabulary import Vocabulary, fold
from kg.script import simplify
from kg.training.batches import LENGTHS
from kg.training.config import Config, Corpus, read_config
from kg.training.corpora import Sentence
from kg.training.data import TrainingData
from kg.training.encoder import Pretrained
from kg.training.learn import Learner
from kg.training.network import Encoder, Network

PERSON, COMPANY, CITY = "kg:Person", "kg:Company", "kg:City"
LABELS = (PERSON, COMPANY, CITY)
SCHEMES = {"news": LABELS, "coarse": ("ORG", "PER")}

#: The longest text that each length of a batch takes, and the shortest that it does not.
FITTING = [
    *((length - 2, length) for length in LENGTHS),
    *((length - 1, longer) for length, longer in pairwise(LENGTHS)),
]

_PERSONS = ("林知远", "何沐晴", "蘇遠山", "顾小满", "白清和", "沈照臨")
_COMPANIES = ("青禾科技", "藍橋銀行", "远帆航运", "石榴影业", "北岸電力")
_CITIES = ("霜河市", "白榆市", "鹿鳴市", "青麓市")
_FRAMES = (
    (PERSON, "昨日加入", COMPANY, "。"),
    (COMPANY, "的總部設在", CITY, "，", PERSON, "說。"),
    ("在", CITY, "，", COMPANY, "宣布与", COMPANY, "合作。"),
    (PERSON, "和", PERSON, "周五抵达", CITY, "！"),
    ("天气很好，没有人出门。",),
)


@dataclass(frozen=True)
class Trained:
    """A network, what it learnt from and its loss at every step."""

    network: Network
    data: TrainingData
    sentences: list[Sentence]
    losses: list[float]
    learner: Learner
    checkpoint: Path


def joined(parts: Iterable[tuple[str, str]]) -> Sentence:
    """One sentence of pieces of text, each with its label or with none."""
    text, spans = "", []
    for piece, label in parts:
        if label:
            spans.append((len(text), len(text) + len(piece), label))
        text += piece
    return Sentence(text, tuple(spans))


def made_up(count: int) -> list[Sentence]:
    """*count* sentences of news that never happened, in both scripts."""
    names = {PERSON: _PERSONS, COMPANY: _COMPANIES, CITY: _CITIES}
    found = []
    for number in range(count):
        parts = []
        for at, part in enumerate(_FRAMES[number % len(_FRAMES)]):
            chosen = names.get(part, ())
            name = chosen[(number + number // 5 + at) % len(chosen)] if chosen else part
            parts.append((name, part if chosen else ""))
        found.append(joined(parts))
    return found


def simplified(sentence: Sentence) -> Sentence:
    return Sentence(simplify(sentence.text), sentence.spans)


def surfaces(sentence: Sentence) -> list[tuple[str, str]]:
    return [(sentence.text[start:end], label) for start, end, label in sentence.spans]


@st.composite
def sentences(draw: st.DrawFn, longest_name: int = 6, parts: int = 10) -> Sentence:
    """Any sentence of Simplified characters; names can stand side by side."""
    plain = st.tuples(st.text("青禾说A1，。！", min_size=1, max_size=20), st.just(""))
    name = st.tuples(
        st.text("青禾林远，市", min_size=1, max_size=longest_name), st.sampled_from(LABELS)
    )
    return joined(draw(st.lists(plain | name, min_size=1, max_size=parts)))


def lines_of(rows: Iterable[Any]) -> list[str]:
    """JSON lines."""
    return [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]


def cluener_lines(given: Iterable[Sentence]) -> list[str]:
    rows = []
    for sentence in given:
        labels: dict[str, dict[str, list[list[int]]]] = {}
        for start, end, label in sentence.spans:
            places = labels.setdefault(label, {}).setdefault(sentence.text[start:end], [])
            places.append([start, end - 1])
        rows.append({"text": sentence.text, "label": labels})
    return lines_of(rows)


def fewfc_lines(given: Iterable[Sentence]) -> list[str]:
    return lines_of(
        {
            "content": s.text,
            "events": [
                {"mentions": [{"span": [a, b], "role": role, "word": s.text[a:b]}]}
                for a, b, role in [*s.spans, (0, 1, "trigger")]
            ],
        }
        for s in given
    )


def _bio(length: int) -> str:
    return "B" + "I" * (length - 1)


def _bmes(length: int) -> str:
    return "S" if length == 1 else "B" + "M" * (length - 2) + "E"


def tags_of(sentence: Sentence, scheme: str) -> list[str]:
    """A tag a character; *scheme* is BIO or BMES."""
    tags = ["O"] * len(sentence.text)
    for start, end, label in sentence.spans:
        kinds = (_bio if scheme == "BIO" else _bmes)(end - start)
        tags[start:end] = [f"{kind}-{label}" for kind in kinds]
    return tags


def column_lines(given: Iterable[Sentence], scheme: str) -> list[str]:
    found = []
    for sentence in given:
        tagged = zip(sentence.text, tags_of(sentence, scheme), strict=True)
        found += [*(f"{character} {tag}\n" for character, tag in tagged), "\n"]
    return found


def iob2_lines(given: Iterable[Sentence]) -> list[str]:
    found = []
    for number, sentence in enumerate(given):
        found.append(f"# sent_id = {number}\n")
        tagged = zip(sentence.text, tags_of(sentence, "BIO"), strict=True)
        found += [f"{n}\t{c}\t{tag}\t-\t-\n" for n, (c, tag) in enumerate(tagged, start=1)]
        found.append("\n")
    return found


def duie_lines(given: Iterable[Sentence]) -> list[str]:
    rows = []
    for sentence in given:
        names = surfaces(sentence)
        facts = [
            {
                "subject": left,
                "subject_type": left_label,
                "object": {"@value": right},
                "object_type": {"@value": right_label},
            }
            for (left, left_label), (right, right_label) in pairwise(names)
        ]
        rows.append({"text": sentence.text, "spo_list": facts})
    return lines_of(rows)


def finre_lines(given: Iterable[Sentence]) -> list[str]:
    return [
        f"{left}\t{right}\t合作\t{sentence.text}\n"
        for sentence in given
        for (left, _), (right, _) in pairwise(surfaces(sentence))
    ]


def own_lines(file: str, given: Iterable[Sentence]) -> list[str]:
    """Our own labels of whole rows of *file*."""
    return lines_of(
        {
            "file": file,
            "row": row,
            "start": 0,
            "end": len(s.text),
            "names": [[a, b, label.removeprefix("kg:")] for a, b, label in s.spans],
        }
        for row, s in enumerate(given)
    )


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """*lines* in *path*, compressed if its name ends on .gz."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(lines).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


def small_config(corpora: Sequence[Corpus], **changes: Any) -> Config:
    """The packaged configuration with other sets and a tiny network's numbers."""
    small = {"seed": 3, "layers": 1, "tokens": 256, "rate": 1e-2, "decay": 0.9, "average": 0.9}
    return replace(
        read_config(), **{**small, "schemes": SCHEMES, "corpora": tuple(corpora), **changes}
    )


def coarse(sentence: Sentence) -> Sentence:
    """The sentence as a set labels it that knows companies and persons only."""
    labels = {COMPANY: "ORG", PERSON: "PER"}
    spans = ((s, e, labels[label]) for s, e, label in sentence.spans if label in labels)
    return Sentence(sentence.text, tuple(spans))


def learning_set(folder: Path, passes: float = 1.0) -> tuple[Config, list[Sentence]]:
    """Thirty sentences in two files of *folder*, one with a scheme of its own, and their config."""
    exact = made_up(30)
    write_lines(folder / "exact.jsonl", cluener_lines(exact))
    write_lines(folder / "coarse.bio.gz", column_lines(map(coarse, exact), "BIO"))
    corpora = (
        Corpus("exact", "exact.jsonl", "cluener", passes, 1.0),
        Corpus(
            "coarse",
            "coarse.bio.gz",
            "columns",
            passes / 4,
            0.3,
            scheme="coarse",
            hidden=(CITY,),
            classes={"ORG": (COMPANY,), "PER": (PERSON,)},
        ),
    )
    return small_config(corpora), [simplified(sentence) for sentence in exact]


def small_vocabulary(given: Iterable[Sentence] = ()) -> Vocabulary:
    """The characters of *given* and of :func:`made_up`, and ASCII letters and digits."""
    found = {fold(c) for s in [*given, *made_up(30)] for c in simplify(s.text)}
    found.update(ascii_letters + digits)
    return Vocabulary(sorted(found))


def small_network(rows: int, layers: int = 1, dropout: float = 0.1, seed: int = 5) -> Network:
    """Random weights, width 32; equal for equal seeds."""
    torch.manual_seed(seed)
    encoder = Encoder(rows, layers, 32, 2, 64, 1e-6, dropout)
    return Network(encoder, {name: 1 + 4 * len(labels) for name, labels in SCHEMES.items()})


def small_data(folder: Path, passes: float = 1.0, **changes: Any) -> TrainingData:
    """:func:`learning_set` in *folder*, encoded."""
    config, _ = learning_set(folder, passes)
    return TrainingData(folder, replace(config, **changes), small_vocabulary(), {})


PIECES = (
    *("<s>", "<pad>", "</s>", "<unk>", "▁", ",", "▁青", "青", "禾", "青禾", "▁市", "▁on", "on"),
    *"说A1。远",
)


def small_pretrained(layers: int = 2, width: int = 32, seed: int = 7) -> Pretrained:
    """An encoder of random tensors with the names and shapes of the real one."""
    random, inner = np.random.default_rng(seed), 2 * width
    shapes: dict[str, tuple[int, ...]] = {
        "emb.word": (len(PIECES), width),
        "emb.pos": (512, width),
        "emb.type": (2 * width,),
        "emb.ln.w": (width,),
        "emb.ln.b": (width,),
    }
    for layer in range(layers):
        for name, rows in (("q", width), ("k", width), ("v", width), ("ao", width), ("fi", inner)):
            shapes[f"l{layer}.{name}.w"], shapes[f"l{layer}.{name}.b"] = (rows, width), (rows,)
        shapes[f"l{layer}.fo.w"], shapes[f"l{layer}.fo.b"] = (width, inner), (width,)
        for name in ("aln.w", "aln.b", "oln.w", "oln.b"):
            shapes[f"l{layer}.{name}"] = (width,)
    tensors = {n: random.normal(0, 0.3, shape).astype(np.float32) for n, shape in shapes.items()}
    specials = {"start": 0, "pad": 1, "end": 2, "unknown": 3}
    return Pretrained(PIECES, specials, tensors, width, layers, 2, inner, 1e-5)


def spans_within(sentence: Sentence) -> bool:
    """Whether the spans are in order, within the text, not empty and without overlap."""
    bounds = [0, *(at for start, end, _ in sentence.spans for at in (start, end))]
    in_order = all(a <= b for a, b in pairwise(bounds))
    return (
        in_order and bounds[-1] <= len(sentence.text) and all(s < e for s, e, _ in sentence.spans)
    )


def moved(spans: Iterable[Labelled], by: int) -> list[Labelled]:
    return [(start + by, end + by, label) for start, end, label in spans]
