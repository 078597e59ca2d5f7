"""``kg train recogniser``: from public data to the checkpoint that the package ships.

In the output folder: ``silver.jsonl`` (texts tagged by the teacher), ``adapted.pt``,
``learned.pt`` (runs that can be resumed), ``checkpoint/`` (what ships) and ``figures.json``. What
is there already is not made again. A run that goes on from a checkpoint has no need of the first
two.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from kg.annotation.recogniser import Recogniser
from kg.annotation.recogniser.checkpoint import GRAPH, load_checkpoint
from kg.annotation.recogniser.tags import Labelled
from kg.annotation.recogniser.vocabulary import Vocabulary, fold
from kg.errors import InputError
from kg.evaluate import Score
from kg.files import replace_file
from kg.lexicon import load_lexicon
from kg.ontology import load_known_entities
from kg.script import simplify
from kg.training.adapt import Adaptation
from kg.training.calibrate import RAW, Bin, fit_calibration, reliability
from kg.training.config import Config
from kg.training.corpora import Sentence, read_sentences
from kg.training.data import TrainingData
from kg.training.encoder import Pretrained, find_pretrained, read_pretrained
from kg.training.export import export_graph, write_description
from kg.training.learn import Learner
from kg.training.network import Encoder, Network, from_pretrained
from kg.training.restore import restore
from kg.training.score import score_spans
from kg.training.silver import Tagged, Teacher, read_tagged, sample_chunks, write_tagged

#: Told the stage, how much of it is done, of how much, and the newest loss.
Progress = Callable[[str, int, int, float], None]
_SCRIPTS = ("CJK", "GREEK", "CYRILLIC", "HIRAGANA", "KATAKANA")


@dataclass(frozen=True)
class Figures:
    """How good a checkpoint is: scores by set and label (``""`` is all), reliability by scheme."""

    scores: Mapping[str, Mapping[str, Score]]
    reliability: Mapping[str, tuple[Bin, ...]]

    def write(self, path: Path) -> None:
        """As JSON: counts and F1 of each label, names and share of right ones of each bin."""
        scores = {
            name: {label or "all": score.to_json() for label, score in rows.items()}
            for name, rows in self.scores.items()
        }
        bins = {scheme: [asdict(one) for one in rows] for scheme, rows in self.reliability.items()}
        table = {"scores": scores, "reliability": bins}
        replace_file(path, json.dumps(table, ensure_ascii=False, indent=1) + "\n")


def train_recogniser(
    data: Path,
    out: Path,
    config: Config,
    progress: Progress | None = None,
    start: Path | None = None,
) -> Figures:
    """Train and write the checkpoint; gives how good it is.

    *data* is the folder with the public sets. A run that was stopped goes on where it was. With
    *start*, a checkpoint's folder, its weights learn on, at ``continued_rate``: the encoder is
    not adapted again, labels that it does not know begin at random.
    Raises InputError for data that cannot be read, CheckpointError for a *start* that does not
    fit and MissingExtra without the extra ``train``.
    """
    if not data.is_dir():
        raise InputError(f"{data} is no folder: give the one with the training sets")
    if out.exists() and not out.is_dir():
        raise InputError(f"{out} is a file: give a folder for the run")
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    told = progress or (lambda *_: None)
    begin = load_checkpoint(start) if start else None
    pretrained = read_pretrained(find_pretrained())
    vocabulary = begin.vocabulary if begin else choose_vocabulary(pretrained)
    encoder = from_pretrained(pretrained, vocabulary, config.layers, config.dropout)
    if not begin:
        _adapt(encoder, vocabulary, data, out, config, device, told)
    sets = TrainingData(data, config, vocabulary, class_hints())
    network = Network(encoder, {name: len(tags) for name, tags in sets.tag_sets.items()})
    if start and begin:
        restore(network, start, sets.tag_sets, begin.tag_sets)
    learner = Learner(network, sets, device, config.continued_rate if start else config.rate)
    learner.run(out / "learned.pt", lambda *at: told("learning names", *at))
    network.load_state_dict(learner.trainer.average)
    return write_checkpoint(network.cpu().eval(), vocabulary, sets, out)


def choose_vocabulary(pretrained: Pretrained) -> Vocabulary:
    """The characters of *pretrained* that can stand in a folded, Simplified text."""
    return Vocabulary(sorted(filter(_is_kept, pretrained.characters())))


def _is_kept(character: str) -> bool:
    if fold(character) != character or simplify(character) != character:
        return False
    latin = ord(character) < 0x250
    sign = unicodedata.category(character)[0] in "PSN"
    return latin or sign or unicodedata.name(character, "").startswith(_SCRIPTS)


def class_hints() -> dict[str, str]:
    """Names of known entities, and endings after …, with the class that they tell."""
    names = {simplify(name): known.cls for known in load_known_entities() for name in known.names()}
    suffixes = load_lexicon().suffixes.values()
    return names | {f"…{suffix.text}": suffix.cls for suffix in suffixes}


def _adapt(
    encoder: Encoder, vocabulary: Vocabulary, data: Path, out: Path, config: Config,
    device: str, told: Progress,
) -> None:  # fmt: skip
    names, texts = _tagged(data, out / "silver.jsonl", config, told)
    run = Adaptation(encoder, vocabulary, names, texts, config, device)
    run.run(out / "adapted.pt", lambda *at: told("adapting to news", *at))


def _tagged(
    data: Path, path: Path, config: Config, told: Progress
) -> tuple[tuple[str, ...], list[Tagged]]:
    if not path.exists():
        chunks = [
            chunk
            for texts in config.adapt.texts
            for chunk in sample_chunks(
                (s.text for s in read_sentences(data, texts.file, texts.reader)),
                texts.characters,
                config.seed,
            )
        ]
        teacher = Teacher()
        write_tagged(path, teacher.names, _taught(teacher, chunks, told))
    return read_tagged(path)


def _taught(teacher: Teacher, chunks: list[str], told: Progress) -> Iterator[Tagged]:
    for done, chunk in enumerate(chunks, start=1):
        yield teacher.tag(chunk)
        told("tagging words", done, len(chunks), 0.0)


def write_checkpoint(
    network: Network, vocabulary: Vocabulary, sets: TrainingData, out: Path
) -> Figures:
    """Export *network* to ``checkpoint/``, calibrate its scores, and measure it.

    Reliability is that of sentences on which no calibration was fitted.
    """
    folder, schemes = out / "checkpoint", sets.config.schemes
    folder.mkdir(exist_ok=True)
    export_graph(network, folder / GRAPH)
    write_description(folder, vocabulary, schemes, dict.fromkeys(schemes, RAW))
    raw = Recogniser(load_checkpoint(folder))
    calibrations = dict.fromkeys(schemes, fit_calibration(()))
    calibrations |= {
        scheme: fit_calibration(judge(raw, scheme, fit)) for scheme, fit, _ in _halves(sets)
    }
    write_description(folder, vocabulary, schemes, calibrations)
    final = Recogniser(load_checkpoint(folder))
    figures = Figures(
        {name: score(final, sets.scheme_of(name), s) for name, s in sets.measured.items() if s},
        {scheme: reliability(judge(final, scheme, rest)) for scheme, _, rest in _halves(sets)},
    )
    figures.write(out / "figures.json")
    return figures


def _halves(sets: TrainingData) -> Iterator[tuple[str, list[Sentence], list[Sentence]]]:
    """Of each measured set its scheme, the sentences to calibrate on and those to show it on."""
    for name, measured in sets.measured.items():
        if sets.corpora[name].measured_on and sets.held_out[name]:
            yield sets.scheme_of(name), sets.held_out[name], measured
        elif measured:
            yield sets.scheme_of(name), measured[::2], measured[1::2]


def judge(
    recogniser: Recogniser, scheme: str, sentences: Iterable[Sentence]
) -> Iterator[tuple[float, bool]]:
    """Each name that is found, as its score and whether the sentence's labels have it."""
    for sentence in sentences:
        gold = set(sentence.spans)
        for found in recogniser.find(sentence.text, scheme):
            yield found.score, (found.start, found.end, found.label) in gold


def score(recogniser: Recogniser, scheme: str, sentences: Iterable[Sentence]) -> dict[str, Score]:
    """Exact span and class on *sentences*, by label and of all (``""``)."""
    return score_spans((_spans(recogniser, scheme, s.text), s.spans) for s in sentences)


def _spans(recogniser: Recogniser, scheme: str, text: str) -> list[Labelled]:
    return [(found.start, found.end, found.label) for found in recogniser.find(text, scheme)]
