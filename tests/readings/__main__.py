"""Gold files of 50 articles that were read, made from ``readings.jsonl`` and the public data.

    python -m tests.readings DATA OUT [--part tuning|checking]
    python -m tests.readings --table
    python -m tests.readings --pack OUT

DATA is a folder with the public files that README.md names. OUT gets NAME.txt and NAME.json of
each reading; then ``kg evaluate OUT --gold OUT/*.json`` scores them. ``--table`` prints what the
readings hold; ``--pack`` writes ``readings.jsonl`` anew from the files in OUT, after a correction.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from .form import (
    LISTS,
    READINGS,
    Json,
    digest,
    pack,
    read_readings,
    unpack,
    write_readings,
)

PARTS = ("tuning", "checking")


def materialise(rows: Iterable[Json], data: Path) -> Iterator[tuple[str, str, Json]]:
    """Name, text and gold of each line; SystemExit where the data is not that which was read."""
    rows = list(rows)
    sources = {name: _read_rows(data / name, rows, name) for name in {r["file"] for r in rows}}
    for row in rows:
        taken = [sources[row["file"]][number] for number in row["rows"]]
        text = "\n".join(_field(line, row["field"]) for line in taken)
        if digest(text) != row["digest"]:
            raise SystemExit(f"{row['file']} is another version: the text of {row['name']} differs")
        yield row["name"], text, unpack(row, text, _title(taken[0], row["field"]))


def _read_rows(path: Path, rows: Iterable[Json], name: str) -> dict[int, str]:
    """The lines of a file that the readings of it need, by number."""
    wanted = {number for row in rows if row["file"] == name for number in row["rows"]}
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return {number: line for number, line in enumerate(lines) if number in wanted}


def _field(line: str, field: str | int) -> str:
    """A field of a JSON line by name, or of a tab-separated one by number."""
    if isinstance(field, int):
        return line.rstrip("\n").split("\t")[field]
    return str(json.loads(line)[field])


def _title(line: str, field: str | int) -> str:
    """The title of an article; sentences from several rows have none."""
    return "" if isinstance(field, int) else json.loads(line).get("title", "")


def write_gold(rows: Iterable[Json], data: Path, out: Path) -> int:
    """Write text and gold of each line into *out*; gives how many."""
    out.mkdir(parents=True, exist_ok=True)
    written = 0
    for name, text, gold in materialise(rows, data):
        (out / f"{name}.txt").write_bytes(text.encode())
        dumped = json.dumps(gold, ensure_ascii=False, indent=1)
        (out / f"{name}.json").write_text(dumped + "\n", "utf-8")
        written += 1
    return written


def pack_folder(out: Path, path: Path = READINGS) -> None:
    """Write *path* anew from the gold files in *out*; what else a line says stays."""
    packed = []
    for row in read_readings(path):
        gold = json.loads((out / f"{row['name']}.json").read_text("utf-8"))
        text = (out / f"{row['name']}.txt").read_bytes().decode()
        packed.append(pack(row, gold, text))
    write_readings(packed, path)


# --- The table ---------------------------------------------------------------------------------


def table(rows: Iterable[Json]) -> str:
    """Markdown: sizes by part, then claims by construction and by relation."""
    rows = list(rows)
    lines = [*_sizes(rows), ""]
    for title, key in (("construction", "construction"), ("relation", "p")):
        lines += [*_shares(title, key, rows), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _sizes(rows: list[Json]) -> Iterator[str]:
    yield f"| part | texts | characters | {' | '.join(LISTS)} |"
    yield "|---" + "|---:" * 5 + "|"
    for part in (*PARTS, "both"):
        own = [row for row in rows if part in (row["part"], "both")]
        counts = [len(own), sum(row["chars"] for row in own)]
        counts += [sum(len(row[key]) for row in own) for key in LISTS]
        yield f"| {part} | {' | '.join(map(str, counts))} |"


def _shares(title: str, key: str, rows: list[Json]) -> Iterator[str]:
    by_part = {
        part: Counter(c[key] for row in rows if row["part"] == part for c in row["claims"])
        for part in PARTS
    }
    both = sum(by_part.values(), Counter[str]())
    yield f"| {title} | claims | share | {' | '.join(PARTS)} |"
    yield "|---" + "|---:" * 4 + "|"
    for name, count in sorted(both.items(), key=lambda item: (-item[1], item[0])):
        parts = " | ".join(str(counts[name]) for counts in by_part.values())
        yield f"| {name} | {count} | {count / both.total():.1%} | {parts} |"


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, nargs="?", help="folder of the public files")
    parser.add_argument("out", type=Path, nargs="?", help="folder for the gold files")
    parser.add_argument("--part", choices=PARTS, help="only the readings of this part")
    parser.add_argument("--table", action="store_true", help="print what the readings hold")
    parser.add_argument("--pack", type=Path, metavar="OUT", help="write readings.jsonl anew")
    given = parser.parse_args()
    if given.pack:
        pack_folder(given.pack)
    elif given.table:
        print(table(read_readings()), end="")
    elif given.data and given.out:
        rows = [row for row in read_readings() if given.part in (None, row["part"])]
        print(f"{write_gold(rows, given.data, given.out)} readings in {given.out}")
    else:
        parser.error("give DATA and OUT, or --table")


if __name__ == "__main__":
    main()
