"""Words that tell events in public sets and that the lexicon lacks, with how surely they do.

    python -m tests.bench.triggers DATA [--all]

DATA is a folder with the public files that ``kg/training/events.py`` names. Counted is the half of
them that ``tests.bench.events`` does not measure on: how often a word is a trigger of the classes,
and how often it occurs in the same texts; of the texts that are labelled with types alone, how
many that have the word are of these classes, and how many have it. ``--all`` also shows the words
that the lexicon has.

Then, for each type, the strings that are telling of its texts in which the lexicon knows no word:
in how many of these they are, in how many of all texts of the type, and of all texts. What is a
sure trigger is for a reader to say.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from kg.lexicon import load_lexicon
from kg.training.events import EventMeaning, read_event_set
from kg.training.triggers import count_triggers, telling_strings

#: Each set with triggers, and the one that has types alone.
PAIRS = (("fewfc", ""), ("duee", "duee-types"))


def mined(folder: Path, *, known: bool) -> Iterator[tuple[object, ...]]:
    """Rows of words and of strings, those that the lexicon has only if *known*."""
    lexicon = load_lexicon()
    for name, typed in PAIRS:
        meaning = EventMeaning(name)
        texts = read_event_set(name, folder, held_out=False)
        others = read_event_set(typed, folder, held_out=False) if typed else []
        for one in count_triggers(texts, others, meaning, lexicon):
            if known or not one.known:
                shares = f"{one.told}/{one.occurs}", f"{one.among}/{one.texts}"
                yield name, ",".join(one.classes), one.word, *shares, "known" * one.known
        for string in telling_strings(others, meaning, lexicon):
            share = f"{string.among}/{string.texts}"
            yield typed, string.type, string.string, string.unexplained, share


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="folder with the public files")
    parser.add_argument("--all", action="store_true", help="also what the lexicon has")
    options = parser.parse_args()
    for row in mined(options.data, known=options.all):
        print(*row, sep="\t")
