"""What a build of many articles takes: per article, per process, per stage, and how it grows.

    python -m tests.bench.corpus NEWS.jsonl.gz [--articles 100 300 1000] [--workers 1 2] [--keep DIR]

For each number of articles and of workers a whole ``kg build --out-of-core`` in processes of its
own: CPU seconds an article of all processes, articles and characters a second by the clock (which
tells little on a busy machine), the peak memory of the driver and of each worker, the size of what
is written. Then, in this process, the share of each stage in the CPU time of the largest number.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import psutil

KG = [sys.executable, "-c", "import sys; from kg.cli import main; sys.exit(main())"]


@dataclass
class Run:
    """CPU seconds and peak resident memory in MB by process; seconds by the clock."""

    cpu: dict[int, float] = field(default_factory=dict)
    peak: dict[int, float] = field(default_factory=dict)
    wall: float = 0.0
    driver: int = 0
    failed: int = 0

    def see(self, process: psutil.Process) -> None:
        """Look at a process, which may be gone."""
        try:
            times, memory = process.cpu_times(), process.memory_info()
        except psutil.Error:
            return
        self.cpu[process.pid] = times.user + times.system
        self.peak[process.pid] = max(self.peak.get(process.pid, 0.0), memory.rss / 1e6)

    @property
    def workers(self) -> list[float]:
        """The peaks of the processes that read."""
        return sorted(mb for pid, mb in self.peak.items() if pid != self.driver and mb > 100)


def build(news: Path, out: Path, workers: int) -> Run:
    """Run ``kg build`` to its end, looking at all its processes on the way."""
    command = [*KG, "build", str(news), "--out", str(out), "--workers", str(workers)]
    start, run = time.perf_counter(), Run()
    with subprocess.Popen([*command, "--out-of-core"], stdout=subprocess.DEVNULL) as process:
        run.driver = process.pid
        tree = psutil.Process(process.pid)
        while process.poll() is None:
            try:
                found = [tree, *tree.children(recursive=True)]
            except psutil.Error:
                break
            for one in found:
                run.see(one)
            time.sleep(0.1)
    run.wall, run.failed = time.perf_counter() - start, process.returncode
    return run


def size(folder: Path, *names: str) -> float:
    """Megabytes of the files of *folder* that match *names*."""
    files = [path for name in names for path in folder.glob(name) if path.is_file()]
    return sum(path.stat().st_size for path in files) / 1e6


def tell(run: Run, out: Path, articles: int, characters: int, workers: int) -> None:
    """Print a row."""
    cpu = sum(run.cpu.values())
    memory = " ".join(f"{mb:.0f}" for mb in run.workers) or "-"
    print(
        f"{articles:>6} articles, {workers} workers: {cpu / articles:6.3f} s CPU an article "
        f"(driver {run.cpu.get(run.driver, 0) / articles:.3f}), "
        f"{articles / run.wall:5.2f} articles/s and {characters / run.wall:,.0f} characters/s "
        f"by the clock, {articles / cpu:.2f} articles and {characters / cpu:,.0f} characters "
        f"a CPU second, peak MB: driver {run.peak.get(run.driver, 0):.0f}, workers {memory}; "
        f"written MB: shards {size(out, 'shards/*/*'):.1f}, RDF {size(out, 'rdf/*'):.1f}, "
        f"records {size(out, '*.jsonl'):.1f}; exit status {run.failed}",
        flush=True,
    )


# --- Stages ----------------------------------------------------------------------------------


class Stages:
    """CPU seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Count what the body takes."""
        start = time.process_time()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - start

    def tell(self, articles: int) -> None:
        """Print the shares."""
        total = sum(self.seconds.values())
        print(f"stages of {articles} articles, {total / articles:.3f} s CPU an article:")
        for name, seconds in self.seconds.items():
            print(f"  {name:<28} {seconds / total:6.1%}  {1000 * seconds / articles:7.1f} ms")


def stages(news: Path, work: Path, articles: int) -> None:
    """Each stage of a build in this process."""
    from kg.ontology import load_ontology
    from kg.pipeline import Pipeline
    from kg.readers import iter_documents
    from kg.shards import Setup, ShardFolder
    from kg.shards.corpus import _Join
    from kg.shards.lake import Lake
    from kg.shards.work import fingerprint, make_shard

    found = Stages()
    pipeline, key = Pipeline(), Setup().key
    folder = ShardFolder.open(work, key)
    documents = iter_documents([news])
    pipeline.read(next(iter(iter_documents([news]))))  # loads what is loaded once
    while batch := list(_timed(found, "read", islice(documents, 32))):
        graphs = {}
        for document in batch:
            with found.timed("annotate"):
                annotated = pipeline.annotator.annotate(document)
            with found.timed("extract"):
                extraction = pipeline.extractor.extract(annotated)
            with found.timed("resolve inside, claims"):
                graphs[fingerprint(document)] = pipeline.resolve_alone(extraction)
        with found.timed("write shards"):
            folder.write(make_shard(key, graphs))
    with Lake(work / "lake") as lake:
        join = _Join(folder, work, lake, load_ontology())
        steps: dict[str, Callable[[], None]] = {
            "judge who is one, copies": lambda: join.judge(()),
            "move": join.move,
            "merge entities": join.merge,
            "pool claims": join.pool,
            "write records": join.write_records,
            "write RDF": join.write_rdf,
        }
        for name, step in steps.items():
            with found.timed(name):
                step()
    found.tell(articles)


def _timed(found: Stages, name: str, items: Iterator[object]) -> Iterator[object]:
    while True:
        with found.timed(name):
            item = next(items, None)
        if item is None:
            return
        yield item


def _folder(keep: Path | None) -> AbstractContextManager[str]:
    if keep is None:
        return tempfile.TemporaryDirectory()
    keep.mkdir(parents=True)
    return nullcontext(str(keep))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("news", type=Path)
    parser.add_argument("--articles", type=int, nargs="+", default=[100, 300, 1000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--stages", type=int, help="articles of which the stages are measured")
    parser.add_argument("--keep", type=Path, help="a folder to leave what is built in")
    given = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with _folder(given.keep) as folder, gzip.open(given.news, "rt", "utf-8") as lines:
        kept = list(islice(lines, max([*given.articles, given.stages or 0])))
        for articles in given.articles:
            news = Path(folder, f"{articles}.jsonl")
            news.write_text("".join(kept[:articles]), "utf-8")
            characters = sum(len(json.loads(line)["text"]) for line in kept[:articles])
            for workers in given.workers:
                out = Path(folder, f"{articles}-{workers}")
                tell(build(news, out, workers), out, articles, characters, workers)
        most = given.stages or max(given.articles)
        news = Path(folder, "stages.jsonl")
        news.write_text("".join(kept[:most]), "utf-8")
        stages(news, Path(folder, "stages"), most)


if __name__ == "__main__":
    main()
