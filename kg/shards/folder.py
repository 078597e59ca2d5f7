"""The shards of a build: a folder each, which is whole or not there.

``shards/<key>/`` holds the tables of :mod:`kg.shards.tables`; its key is that of its documents
and of the setup that read them. Nothing in a shard ever changes: what is not wanted any more is
taken away as a whole, or a new shard is written of what is left.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kg.artefacts import SHARDS
from kg.errors import GraphError, InputError
from kg.files import replace_file, replacing, sweep
from kg.iri import content_key
from kg.model import ClaimGraph, Json
from kg.shards.tables import SCHEMAS, SETUP, read_marks, read_tables
from kg.shards.work import Shard, make_shard

MANIFEST = "manifest.json"


@dataclass
class ShardFolder:
    """The shards under *out* that the setup of this key made, and which documents they hold."""

    out: Path
    setup: str
    keys: dict[str, list[str]] = field(default_factory=dict)  # shard → fingerprints
    strange: list[str] = field(default_factory=list)  # of another setup, or damaged

    @classmethod
    def open(cls, out: Path, setup: str) -> ShardFolder:
        """What is there already; pieces that an interrupted run left are removed."""
        folder = cls(out / SHARDS, setup)
        if folder.out.is_dir():
            sweep(folder.out)
            for path in sorted(folder.out.iterdir()):
                if path.is_dir() and not path.name.startswith("."):
                    folder._look(path)
        return folder

    @property
    def documents(self) -> int:
        """How many there are."""
        return sum(map(len, self.keys.values()))

    def _look(self, path: Path) -> None:
        try:
            setup, documents = read_marks(path / "documents.parquet")
        except (OSError, pa.ArrowException):
            setup, documents = "", []
        if setup == self.setup:
            self.keys[path.name] = documents
        else:
            self.strange.append(path.name)

    def write(self, shard: Shard) -> None:
        """Write *shard*, if there is anything in it.

        Raises InputError where there is no room, and leaves nothing behind then.
        """
        if not shard.documents:
            return
        key = content_key(self.setup, sorted(shard.documents))
        try:
            with replacing(self.out / key) as partial:
                partial.mkdir()
                for name, data in shard.tables.items():
                    (partial / f"{name}.parquet").write_bytes(data)
                shutil.rmtree(self.out / key, ignore_errors=True)
        except OSError as error:
            raise _no_room(self.out, error) from error
        self.keys[key] = list(shard.documents)

    def read(self, key: str) -> Iterator[ClaimGraph]:
        """The graphs of a shard, one a document; raises GraphError for a damaged one."""
        folder = self.out / key
        try:
            tables = {name: pq.read_table(folder / f"{name}.parquet") for name in SCHEMAS}
            yield from read_tables(tables)
        except (OSError, pa.ArrowException, KeyError) as error:
            raise GraphError(f"{folder} is damaged ({error}): delete it and build again") from error

    def keep(self, live: Collection[str]) -> tuple[int, int]:
        """Keep the documents of these fingerprints; how many others went, and strange shards."""
        gone = 0
        for key, documents in list(self.keys.items()):
            kept = [one for one in documents if one in live]
            gone += len(documents) - len(kept)
            if kept and len(kept) < len(documents):
                self._rewrite(key, live)
            if len(kept) < len(documents):
                self._remove(key)
        for name in self.strange:
            shutil.rmtree(self.out / name, ignore_errors=True)
        return gone, len(self.strange)

    def _rewrite(self, key: str, live: Collection[str]) -> None:
        graphs = zip(self.keys[key], self.read(key), strict=True)
        self.write(make_shard(self.setup, {one: graph for one, graph in graphs if one in live}))

    def _remove(self, key: str) -> None:
        del self.keys[key]
        shutil.rmtree(self.out / key, ignore_errors=True)

    def clear(self) -> None:
        """Forget and remove all shards."""
        shutil.rmtree(self.out, ignore_errors=True)
        self.keys.clear()
        self.strange.clear()

    def write_manifest(self) -> None:
        """``shards/manifest.json``: the setup, and of each shard how many documents it holds."""
        shards = {key: len(documents) for key, documents in sorted(self.keys.items())}
        content: Json = {SETUP: self.setup, "documents": sum(shards.values()), "shards": shards}
        text = json.dumps(content, indent=1, sort_keys=True) + "\n"
        try:
            replace_file(self.out / MANIFEST, text)
        except OSError as error:
            raise _no_room(self.out, error) from error


def read_texts(out: Path, iris: Collection[str]) -> dict[str, str]:
    """The texts of those of the documents that the shards under *out* hold, by IRI."""
    texts: dict[str, str] = {}
    for file in sorted(out.glob(f"{SHARDS}/*/documents.parquet")):
        table = pq.read_table(file, columns=["iri", "text"], filters=[("iri", "in", set(iris))])
        texts.update(zip(*table.to_pydict().values(), strict=True))
    return texts


def _no_room(place: Path, error: OSError) -> InputError:
    return InputError(
        f"cannot write to {place}: {error.strerror}: make room and run it again; what is done stays"
    )
