"""A compact parser trained on UD trees, and the arguments of verbs by it and by our clauses.

    python -m tests.bench.parser DATA [--out DIR] [--epochs N] [--plain]

DATA is a folder with ``ud-gsd-v1-train.conllu``, ``ud-gsd-v2-dev.conllu`` and ``ud-pud.conllu``
(UD_Chinese-GSD at release 1.3 for the first, a later release for the second, UD_Chinese-PUD;
https://universaldependencies.org, CC BY-SA). Training takes some minutes of one core. With ``--out``
the parser is kept there, and taken from there if it is there already. ``--plain`` only renames v1's
labels and leaves its trees as they are.

Printed are parts of speech and attachment by the definitions of the CoNLL 2018 shared task (F1 of
words with equal places, labels without what follows the colon), then what ``tests.bench.arguments``
measures, and speed and size. ``kg/extract/SYNTAX.md`` tells what followed from it.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from kg.annotation.annotator import Annotator
from kg.annotation.words import tag_words
from kg.evaluate import Score
from kg.extract.edges import word_edges
from kg.extract.extractor import FrameExtractor
from kg.lexicon import load_lexicon
from kg.model import AnnotatedDocument, Span
from kg.words import WordIndex
from tests.bench.arguments import by_clauses, by_nearness, by_tree, either, scores, verbs_of
from tests.bench.treebank import Tree, Word, as_v2, read_trees, renamed
from tests.reading import document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.training import Example

TRAIN, DEV, PUD = "ud-gsd-v1-train.conllu", "ud-gsd-v2-dev.conllu", "ud-pud.conllu"
_WIDTH, _DEPTH, _ROWS = 96, 4, (4000, 1500, 1500, 500)
_BATCH, _DROPOUT = 800, 0.3  # words


# --- Words -------------------------------------------------------------------------------------


def own_words(tree: Tree) -> list[Span]:
    """The words of the text as the package cuts it."""
    spans = (span for span, _ in tag_words(tree.simplified))
    return [span for span in spans if not span.of(tree.text).isspace()]


def on_words(tree: Tree, spans: Iterable[Span]) -> Tree:
    """The tree over wider words: each of *spans* that holds whole words, all but one of which
    depend on others in it, is one word; elsewhere the tree's own words stay."""
    new_of: list[int] = []
    kept: list[int] = []  # of each new word the word that is its head
    ends: list[Span] = []
    for group in _groups(tree, spans):
        tops = [at for at in group if tree.words[at].head not in group]
        for part, top in [(group, tops[0])] if len(tops) == 1 else [((at,), at) for at in group]:
            new_of += [len(kept)] * len(part)
            kept.append(top)
            ends.append(Span(tree.words[part[0]].span.start, tree.words[part[-1]].span.end))
    words = [
        replace(word, span=span, head=new_of[word.head] if word.head >= 0 else -1)
        for word, span in zip((tree.words[at] for at in kept), ends, strict=True)
    ]
    return Tree(tree.text, tuple(words))


def _groups(tree: Tree, spans: Iterable[Span]) -> Iterator[tuple[int, ...]]:
    """The words of the tree, those together that tile one of *spans*."""
    starts = {word.span.start: at for at, word in enumerate(tree.words)}
    ends = {word.span.end: at for at, word in enumerate(tree.words)}
    at = 0
    for span in spans:
        first, last = starts.get(span.start), ends.get(span.end)
        if first is not None and last is not None and at <= first <= last:
            yield from ((n,) for n in range(at, first))
            yield tuple(range(first, last + 1))
            at = last + 1
    yield from ((n,) for n in range(at, len(tree.words)))


# --- The parser --------------------------------------------------------------------------------


def make_parser() -> Language:
    """Parts of speech and dependencies over one small network of word, its ends and its shape."""
    try:
        import spacy
        from spacy.attrs import SUFFIX
    except ImportError as error:  # pragma: no cover
        raise SystemExit(f"{error}: pip install 'spacy>=3.8.7,<3.9'") from error
    nlp = spacy.blank("zh")
    nlp.vocab.lex_attr_getters[SUFFIX] = lambda form: form[-1:]
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": _WIDTH, "upstream": "*"}
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": True,
        "hidden_width": _WIDTH,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": listener,
    }
    nlp.add_pipe("tok2vec", config={"model": _tok2vec()})
    nlp.add_pipe("morphologizer", config={"model": tagger})
    nlp.add_pipe("parser", config={"model": parser})
    return nlp


def _tok2vec() -> dict[str, Any]:
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": _WIDTH,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
            "rows": list(_ROWS),
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": _WIDTH,
            "depth": _DEPTH,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def train(trees: Sequence[Tree], epochs: int, out: Path, seed: int = 1) -> None:
    """Train on *trees*, each with its own words and with those of the package; write to *out*."""
    from spacy.util import fix_random_seed
    from thinc.api import Adam

    fix_random_seed(seed)
    nlp, order = make_parser(), random.Random(seed)
    trees = [*trees, *(on_words(tree, own_words(tree)) for tree in trees)]
    examples = [_example(nlp, tree) for tree in trees if len(tree.words) > 1]
    nlp.initialize(lambda: examples)
    adam, started = Adam(0.001, L2=0.01, grad_clip=1.0, use_averages=True), time.process_time()
    for epoch in range(epochs):
        order.shuffle(examples)
        losses: dict[str, float] = {}
        for batch in _batches(examples):
            nlp.update(batch, sgd=adam, drop=_DROPOUT, losses=losses)
        told = ", ".join(f"{name} {loss:,.0f}" for name, loss in losses.items())
        spent = time.process_time() - started
        print(f"epoch {epoch + 1}: {told}; {spent:.0f} CPU seconds", flush=True)
        with nlp.use_params(adam.averages):
            nlp.to_disk(out)


def _batches(examples: Iterable[Example]) -> Iterator[list[Example]]:
    batch: list[Example] = []
    for example in examples:
        batch.append(example)
        if sum(len(one) for one in batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _doc(nlp: Language, tree: Tree, **told: Any) -> Doc:
    from spacy.tokens import Doc

    text = tree.simplified
    words = [word.span.of(text) for word in tree.words]
    return Doc(nlp.vocab, words=words, spaces=[False] * len(words), **told)


def _example(nlp: Language, tree: Tree) -> Example:
    from spacy.training import Example

    heads = [at if word.head < 0 else word.head for at, word in enumerate(tree.words)]
    labels = ["ROOT" if word.head < 0 else word.label for word in tree.words]
    told = _doc(nlp, tree, pos=[word.upos for word in tree.words], heads=heads, deps=labels)
    return Example(_one_sentence(nlp, tree), told)


def _one_sentence(nlp: Language, tree: Tree) -> Doc:
    return _doc(nlp, tree, sent_starts=[at == 0 for at in range(len(tree.words))])


def load(path: Path) -> Language:
    """The parser that :func:`train` wrote."""
    nlp = make_parser()
    nlp.from_disk(path)
    return nlp


def parse(nlp: Language, trees: Sequence[Tree]) -> Iterator[Tree]:
    """The words of *trees* with the parser's heads, labels and parts of speech."""
    docs = nlp.pipe((_one_sentence(nlp, tree) for tree in trees), batch_size=64)
    for tree, doc in zip(trees, docs, strict=True):
        pairs = zip(tree.words, doc, strict=True)
        yield Tree(tree.text, tuple(_parsed(word, token) for word, token in pairs))


def _parsed(word: Word, token: Token) -> Word:
    head = -1 if token.head.i == token.i else token.head.i
    label = "root" if head < 0 else token.dep_
    return replace(word, upos=token.pos_, head=head, label=label)


# --- Figures -----------------------------------------------------------------------------------


def attachment(gold: Tree, found: Tree) -> dict[str, Score]:
    """Words, parts of speech, heads, and heads with labels: those of equal words that are equal."""
    meant, given = _facts(gold), _facts(found)
    sizes = len(given), len(meant)
    both = [(meant[span], given[span]) for span in meant.keys() & given.keys()]
    return {
        "words": Score(len(both), *sizes),
        "UPOS": Score(sum(a[0] == b[0] for a, b in both), *sizes),
        "UAS": Score(sum(a[1] == b[1] for a, b in both), *sizes),
        "LAS": Score(sum(a[1:] == b[1:] for a, b in both), *sizes),
    }


def _facts(tree: Tree) -> dict[Span, tuple[str, Span | None, str]]:
    """Of each word part of speech, head and label without what follows its colon."""
    return {
        word.span: (
            word.upos,
            tree.words[word.head].span if word.head >= 0 else None,
            word.label.split(":")[0],
        )
        for word in tree.words
    }


def added(rows: Iterable[Mapping[str, Score]]) -> dict[str, Score]:
    """The sums by name."""
    totals: dict[str, Score] = defaultdict(Score)
    for row in rows:
        for name, score in row.items():
            totals[name] += score
    return totals


def measure(path: Path, nlp: Language) -> Iterator[str]:
    """Lines of figures on one file."""
    trees = list(read_trees(path))
    annotated = [_annotated(tree) for tree in trees]
    cut = [_bare(tree, _words_of(one)) for tree, one in zip(trees, annotated, strict=True)]
    started = time.process_time()
    parsed = list(parse(nlp, cut))
    parsing = time.process_time() - started
    for name, found in (("gold words", parse(nlp, trees)), ("own words", iter(parsed))):
        totals = added(attachment(g, f) for g, f in zip(trees, found, strict=True))
        shown = ", ".join(f"{part} {100 * (score.f1 or 0):.1f}" for part, score in totals.items())
        yield f"{path.name}, {name}: {shown}"
    yield from _arguments(trees, annotated, parsed)
    extractor = FrameExtractor()
    started = time.process_time()
    for one in annotated:
        extractor.extract(one)
    extracting = time.process_time() - started
    size = sum(len(tree.text) for tree in trees)
    yield f"parser {size / parsing:,.0f}, all of extraction by rules {size / extracting:,.0f} characters a CPU second"


def _arguments(
    trees: Sequence[Tree], annotated: Sequence[AnnotatedDocument], parsed: Sequence[Tree]
) -> Iterator[str]:
    extractor = FrameExtractor()
    totals: dict[str, list[dict[str, Score]]] = defaultdict(list)
    for tree, one, guess in zip(trees, annotated, parsed, strict=True):
        verbs = [tree.words[at].span for at in verbs_of(tree)]
        gold = by_tree(tree, verbs, one.mentions)
        parser = by_tree(guess, verbs, one.mentions)
        strict = by_clauses(one, verbs, extractor, strict=True)
        for name, found in {
            "nearest names": by_nearness(tree, verbs, one.mentions),
            "clauses": by_clauses(one, verbs, extractor),
            "clauses, no verb between": strict,
            "parser, own words": parser,
            "parser, else such clauses": either(parser, strict),
        }.items():
            totals[name].append(scores(gold, found))
    for name, rows in totals.items():
        for part, score in added(rows).items():
            shown = " ".join(
                f"{100 * (x or 0):5.1f}" for x in (score.precision, score.recall, score.f1)
            )
            yield f"  {name:<26} {part:<15} {shown}  ({score.right} of {score.predicted}, {score.gold})"


@cache
def _annotator() -> Annotator:
    return Annotator()


def _annotated(tree: Tree) -> AnnotatedDocument:
    return _annotator().annotate(document(tree.text))


def _words_of(annotated: AnnotatedDocument) -> list[Span]:
    """The package's words, cut where names and numbers begin and end."""
    words = WordIndex(
        annotated.simplified, annotated.words, word_edges(annotated, load_lexicon())
    ).words
    return [Span(word.start, word.end) for word in words if not word.text.isspace()]


def _bare(tree: Tree, spans: Iterable[Span]) -> Tree:
    return Tree(tree.text, tuple(Word(span, "", "", -1, "") for span in spans))


def main() -> None:
    """Train, if need be, and measure."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("data", type=Path, help="folder of the three files")
    options.add_argument("--out", type=Path, help="where the parser is kept")
    options.add_argument("--epochs", type=int, default=10)
    options.add_argument("--plain", action="store_true", help="leave v1's trees as they are")
    given = options.parse_args()
    with TemporaryDirectory() as scratch:
        out = given.out or Path(scratch) / "parser"
        if not out.exists():
            old = list(read_trees(given.data / TRAIN))
            train(
                [renamed(tree) if given.plain else as_v2(tree) for tree in old], given.epochs, out
            )
        nlp = load(out)
        size = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
        print(f"size on disk: {size / 1e6:.1f} MB")
        for name in (DEV, PUD):
            print("\n".join(measure(given.data / name, nlp)), flush=True)


if __name__ == "__main__":
    main()
