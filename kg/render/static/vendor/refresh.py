"""Fetches the vendored files anew with npm, in the versions that lock.json names.

``python refresh.py`` stops where a file is not the one whose SHA-256 is locked. To take a new
version, change it in lock.json and run ``python refresh.py --accept``, which locks what came. A
folder as the last argument is refreshed instead of this one, by the lock.json in it.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

HERE = Path(__file__).parent


def fetch(package: str, version: str) -> dict[str, bytes]:
    """The files of one published package by their path in it."""
    with TemporaryDirectory() as folder:
        command = ["npm", "pack", f"{package}@{version}", "--silent", "--pack-destination", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            members = [member for member in archive if member.isfile()]
            return {m.name.partition("/")[2]: _content(archive, m) for m in members}


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    opened = archive.extractfile(member)
    return opened.read() if opened else b""


def as_path(shape: str, at: Mapping[str, str]) -> str:
    """One SVG shape of an icon as the data of a path, for canvases know no other shape."""
    if shape == "path":
        return at["d"]
    number = {name: float(value) for name, value in at.items() if name != "points"}
    if shape == "circle":
        x, y, r = number["cx"], number["cy"], number["r"]
        return f"M{x - r:g} {y:g}a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0 {-2 * r:g} 0"
    if shape == "rect":
        return _rectangle(number)
    if shape == "line":
        return "M{x1:g} {y1:g}L{x2:g} {y2:g}".format(**number)
    if shape in ("polyline", "polygon"):
        return f"M{at['points']}" + ("Z" if shape == "polygon" else "")
    raise ValueError(f"no path is known for the shape {shape}")


def _rectangle(at: Mapping[str, float]) -> str:
    x, y, r = at["x"], at["y"], at.get("rx", at.get("ry", 0))
    across, down = at["width"] - 2 * r, at["height"] - 2 * r
    turn = [f"a{r:g} {r:g} 0 0 1 {dx * r:g} {dy * r:g}" for dx, dy in [(1, 1), (-1, 1), (-1, -1)]]
    return (
        f"M{x + r:g} {y:g}h{across:g}{turn[0]}v{down:g}{turn[1]}h{-across:g}{turn[2]}v{-down:g}"
        f"a{r:g} {r:g} 0 0 1 {r:g} {-r:g}Z"
    )


def icons(published: Mapping[str, bytes], names: list[str]) -> bytes:
    """The named icons of lucide as a JSON object: name → list of path data."""
    drawings = {name: ElementTree.fromstring(published[f"icons/{name}.svg"]) for name in names}
    paths = {
        name: [as_path(shape.tag.rpartition("}")[2], shape.attrib) for shape in drawing]
        for name, drawing in sorted(drawings.items())
    }
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(paths[name])}" for name in paths)
    return f"{{\n{lines}\n}}\n".encode()


def wanted(lock: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """(name here, content) of every vendored file."""
    for package, entry in lock["packages"].items():
        published = fetch(package, entry["version"])
        for name, path in entry["files"].items():
            yield name, published[path]
        if package == "lucide-static":
            yield "lucide.json", icons(published, lock["icons"])


def refresh(folder: Path, accept: bool) -> None:
    """Writes every vendored file of *folder*; with *accept* also the lock."""
    lock = json.loads((folder / "lock.json").read_text("utf-8"))
    files = dict(wanted(lock))
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    changed = [name for name in digests if digests[name] != lock["sha256"].get(name)]
    if changed and not accept:
        sys.exit(f"not the locked content: {', '.join(changed)}")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    lock["sha256"] = digests
    (folder / "lock.json").write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    names = [argument for argument in sys.argv[1:] if argument != "--accept"]
    refresh(Path(names[-1]) if names else HERE, accept="--accept" in sys.argv[1:])
