"""How long ``kg build`` takes beside spaCy reading the same article.

    python -m tests.bench.speed ARTICLE [--published DATE] [--runs N]

Whole processes, taken in turns so that a busy machine is fair to both: (a) spaCy's blank ``zh``
with an entity ruler of our known names, imports included; (b) ``kg build``; (c) ``kg --help``.
Prints the medians of CPU seconds (user and system), the ratio b/a, and b's peak memory.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

RULER = """
import json, sys
import spacy
nlp = spacy.blank("zh")
ruler = nlp.add_pipe("entity_ruler")
ruler.add_patterns(json.load(open(sys.argv[2], encoding="utf-8")))
doc = nlp(open(sys.argv[1], encoding="utf-8").read())
print(len(doc.ents))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """CPU seconds and peak resident memory in MB of one process."""

    seconds: float
    peak: float


def known_names() -> list[dict[str, str]]:
    """Every name of our known entities, as the entity ruler wants it."""
    from kg.ontology import load_known_entities

    return [
        {"label": known.cls, "pattern": name}
        for known in load_known_entities()
        for name in known.names()
    ]


def measure(command: list[str]) -> Run:
    """Run *command* to its end; raises where it fails."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} failed with {process.returncode}")
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("article", type=Path)
    parser.add_argument("--published")
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    kg = [sys.executable, "-c", "import sys; from kg.cli import main; sys.exit(main())"]
    dated = ["--published", given.published] if given.published else []
    with tempfile.TemporaryDirectory() as folder:
        patterns = Path(folder, "patterns.json")
        patterns.write_text(json.dumps(known_names()), "utf-8")
        commands = {
            "spaCy zh + ruler": [sys.executable, "-c", RULER, str(given.article), str(patterns)],
            "kg build": [*kg, "build", str(given.article), "--out", f"{folder}/out", *dated],
            "kg --help": [*kg, "--help"],
        }
        runs = [{n: measure(c) for n, c in commands.items()} for _ in range(given.runs)]
    cpu = {name: median(run[name].seconds for run in runs) for name in commands}
    for name, seconds in cpu.items():
        peak = max(run[name].peak for run in runs)
        print(f"{name:<17} {seconds:6.2f} s CPU (median of {given.runs}), peak {peak:4.0f} MB")
    print(f"ratio {cpu['kg build'] / cpu['spaCy zh + ruler']:.2f}")


if __name__ == "__main__":
    main()
