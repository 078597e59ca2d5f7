"""The files of a build, all computed from its claims, and the only code that writes them.

All files are made beside their place and moved there at the end: a new folder appears whole, in an
existing one file after file is replaced, the manifest last. Two runs give the same bytes: no clock,
no path of this machine.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from kg.errors import GraphError, InputError, ValidationError
from kg.files import move, replace_file, scratch, sync
from kg.iri import content_key
from kg.model import ClaimGraph, Drop, Failure, Json, ValidationReport

if TYPE_CHECKING:
    from networkx import MultiDiGraph

    from kg.evaluate import Report
    from kg.evaluate.judged import JudgedReport
    from kg.findings import Analysis, Brokerage
    from kg.findings import Path as Way
    from kg.rdf import Quad, RunInfo
    from kg.rdf.serialise import Format

MANIFEST = "manifest.json"
SHARDS = "shards"  # what a build on workers keeps (kg.shards); no build touches those of another
RDF = "rdf"  # the N-Quads of builds that are too large for one file
_EVALUATION = ("evaluation.json", "evaluation.md")
_LIBRARIES = (
    "claimgraph",
    "igraph",
    "networkx",
    "OpenCC",
    "pyoxigraph",
    "pypinyin",
    "pyshacl",
    "rdflib",
    "spacy",
)

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Views:
    """What several artefacts are computed from: each made once, and only if it is needed."""

    graph: ClaimGraph

    @cached_property
    def quads(self) -> list[Quad]:
        """The RDF form."""
        from kg.rdf import encode

        return encode(self.graph, run=current_run())

    @cached_property
    def validation(self) -> ValidationReport:
        """What the shapes say of the RDF form."""
        from kg.rdf import validate

        return validate(self.quads)

    @cached_property
    def network(self) -> MultiDiGraph:
        """The facts as a network."""
        from kg.network import project

        return project(self.graph)

    @cached_property
    def analysis(self) -> Analysis:
        """The measures of the network."""
        from kg.analysis import analyse

        return analyse(self.network)

    @cached_property
    def brokerage(self) -> Brokerage | None:
        """Who stands between the two most central organizations; None if there are not two."""
        from kg.analysis import default_pair, find_brokers

        pair = default_pair(self.analysis)
        return find_brokers(self.network, *pair) if pair else None

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """The ways between these two."""
        from kg.analysis import find_paths

        pair = self.brokerage
        return find_paths(self.network, pair.left, pair.right) if pair else ()


def _records(views: Views) -> Files:
    """What a build is read from again; written whatever formats are chosen."""
    from kg import interchange

    graph = views.graph
    return {
        "entities.jsonl": interchange.entities_jsonl(graph),
        "claims.jsonl": interchange.claims_jsonl(graph),
        "documents.jsonl": interchange.documents_jsonl(graph),
        "judgements.jsonl": interchange.judgements_jsonl(graph),
        "why.jsonl": interchange.why_jsonl(graph),
    }


def _rdf(form: Format) -> Callable[[Views], Files]:
    def write(views: Views) -> Files:
        from kg.rdf import serialise

        return {f"graph.{form}": serialise(views.quads, form)}

    return write


def _graphml(views: Views) -> Files:
    from kg.network import to_graphml

    return {"graph.graphml": to_graphml(views.network)}


def _gexf(views: Views) -> Files:
    from kg.network import to_gexf

    return {"graph.gexf": to_gexf(views.network)}


def _csv(views: Views) -> Files:
    from kg.spreadsheet import claims_csv

    return {"claims.csv": claims_csv(views.graph)}


def _html(views: Views) -> Files:
    return {"graph.html": make_page(views)}


def make_page(views: Views) -> bytes:
    """The graph as one HTML file."""
    from kg.render.page import render_page

    pair = views.brokerage
    return render_page(
        views.graph,
        title=_title(views.graph) if len(views.graph.documents) == 1 else None,
        pair=(pair.left, pair.right) if pair else None,
        analysis=views.analysis,
    )


def _title(graph: ClaimGraph) -> str:
    """The title of the only article, else how many there are."""
    titles = [document.title or "Claimgraph" for document in graph.documents]
    return titles[0] if len(titles) == 1 else f"{len(titles)} articles"


def _report(views: Views) -> Files:
    from kg.analysis import to_json
    from kg.render.report import render_report

    pair, ways = views.brokerage, views.ways
    report = render_report(views.graph, views.analysis, brokerage=pair, paths=ways)
    return {"analysis.json": to_json(views.analysis, pair, ways), **report}


def _shacl(views: Views) -> Files:
    from kg.rdf import report_text

    report = views.validation
    return {
        "validation.ttl": report.turtle.encode(),
        "validation.txt": report_text(report).encode(),
    }


_FORMATS: Mapping[str, Callable[[Views], Files]] = {
    "ttl": _rdf("ttl"),
    "trig": _rdf("trig"),
    "nq": _rdf("nq"),
    "jsonld": _rdf("jsonld"),
    "graphml": _graphml,
    "gexf": _gexf,
    "csv": _csv,
    "html": _html,
    "report": _report,
    "shacl": _shacl,
}
FORMATS: tuple[str, ...] = tuple(_FORMATS)


def check_formats(formats: Collection[str] | None) -> tuple[str, ...]:
    """The formats to write, in a fixed order: all if None; InputError for an unknown one."""
    wanted = set(FORMATS if formats is None else formats)
    if unknown := sorted(wanted - set(FORMATS)):
        raise InputError(f"there is no format {unknown[0]!r}: choose from {', '.join(FORMATS)}")
    return tuple(name for name in FORMATS if name in wanted)


def make_files(views: Views, formats: Collection[str] | None = None) -> dict[str, bytes]:
    """Every file of a build by name, the manifest last.

    Raises ValidationError if our own RDF violates the shapes, whatever formats are chosen.
    """
    chosen = check_formats(formats)
    if not views.validation.conforms:
        raise ValidationError(_first_violation(views.validation))
    files = dict(_records(views))
    for name in chosen:
        files.update(_FORMATS[name](views))
    files[MANIFEST] = _manifest(views.graph, files)
    return files


def _first_violation(report: ValidationReport) -> str:
    first, count = report.violations[0], len(report.violations)
    where = f"{first.focus} {first.path}: {first.message}"
    return (
        f"the graph violates its shapes ({count} results, first {where}): report this as a defect"
    )


def _manifest(graph: ClaimGraph, files: Files) -> bytes:
    return manifest_bytes(
        {**graph.counts, "entities": len(graph.entities), "claims": len(graph.claims)},
        drop_reasons(graph.drops),
        [asdict(drop) for drop in graph.drops],
        graph.failures,
        {name: hashlib.sha256(files[name]).hexdigest() for name in files},
    )


def drop_reasons(drops: Iterable[Drop]) -> Counter[str]:
    """How many were dropped for which reason, as the manifest counts them."""
    return Counter(f"{drop.stage}: {drop.reason}" for drop in drops)


def manifest_bytes(
    counts: Mapping[str, int],
    reasons: Mapping[str, int],
    dropped: Sequence[Json],
    failures: Iterable[Failure],
    files: Mapping[str, str],
) -> bytes:
    """``manifest.json``; *files* are names with their SHA-256."""
    manifest: Json = {
        "versions": _versions(),
        "ontology": ontology_digest(),
        "counts": dict(counts),
        "drops": {"count": sum(reasons.values()), "by_reason": dict(reasons)},
        "dropped": list(dropped),
        "failures": [asdict(_portable_failure(failure)) for failure in failures],
        "files": dict(files),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    return text.encode("utf-8", "replace") + b"\n"


def _versions() -> dict[str, str]:
    from importlib.metadata import version

    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {"python": python} | {name: version(name) for name in _LIBRARIES}


def current_run() -> RunInfo:
    """What reads articles here and now: this version, with the ontology that it finds."""
    from kg import __version__
    from kg.rdf import RunInfo

    return RunInfo(__version__, ontology_digest=ontology_digest())


def ontology_digest() -> str:
    """A key of the Turtle files and queries that the build worked with."""
    from kg.ontology import ontology_dir

    folder = ontology_dir()
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".ttl", ".rq"))
    return content_key([(path.name, path.read_text("utf-8")) for path in paths])


def portable(name: str) -> str:
    """A source's name without the folders of this machine: a relative path stays as given."""
    path = PurePath(name)
    return path.name if path.is_absolute() else name


def _portable_failure(failure: Failure) -> Failure:
    name = portable(failure.document)
    return Failure(name, failure.stage, failure.error.replace(failure.document, name))


def check_out(out: Path, names: Collection[str] = ()) -> None:
    """Raise InputError for a place that is not free, holds no build and not only *names*."""
    if out.exists() and not out.is_dir():
        raise InputError(f"{out} is a file: give --out a folder")
    if out.is_dir() and not is_build(out):
        for path in out.iterdir():
            if not path.name.startswith(".") and path.name not in (SHARDS, *names):
                raise InputError(f"{out} holds other files: give --out a new or an empty folder")


def write_files(out: Path, files: Files) -> list[Path]:
    """Write all *files* into the folder *out*, or none of them; gives their paths.

    Files of an earlier build go when a new one comes; whatever else is in the folder stays.
    Raises InputError where it cannot be written.
    """
    check_out(out, files)
    try:
        with staging(out) as place:
            for name, content in files.items():
                (place / name).write_bytes(content)
            publish(place, out, list(files))
    except OSError as error:
        raise InputError(
            f"cannot write to {out}: {error.strerror}: choose another --out"
        ) from error
    return [out / name for name in files]


def write_file(path: Path, content: bytes) -> None:
    """Write one file, whole or not at all; raises InputError where it cannot be written."""
    try:
        replace_file(path, content)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}: choose another --out") from error


def write_evaluation(out: Path, report: Report | JudgedReport) -> list[Path]:
    """Write a report of ``kg evaluate``, as JSON and to read, into a build or its own folder."""
    data = json.dumps(report.to_json(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    contents = (data, report.to_markdown())
    return write_files(out, {n: c.encode() for n, c in zip(_EVALUATION, contents, strict=True)})


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """An empty folder on the same file system as *out*, gone afterwards."""
    with scratch(out if out.is_dir() else out.parent) as beside:
        place = beside / "build"
        place.mkdir()
        yield place


def publish(place: Path, out: Path, names: Sequence[str]) -> None:
    """Move the files *names* from *place* to *out*; with a manifest, those of an old build go."""
    if not out.exists():
        move(place, out)
        return
    sync(place)
    old = (*_files_of(out), *_EVALUATION) if MANIFEST in names else ()
    for name in names:
        (out / name).parent.mkdir(exist_ok=True)
        (place / name).replace(out / name)
    for name in set(old) - set(names):
        (out / name).unlink(missing_ok=True)
    if (out / RDF).is_dir() and not any((out / RDF).iterdir()):
        (out / RDF).rmdir()


def read_manifest(folder: Path) -> Json:
    """The manifest of a build; raises GraphError where there is none."""
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise GraphError(
            f"no graph in {folder}: build one with `kg build SOURCE --out DIR`"
        ) from error
    except ValueError as error:
        raise GraphError(f"{path} is damaged ({error}): build the graph again") from error
    if not isinstance(manifest, dict) or "claimgraph" not in manifest.get("versions", {}):
        raise GraphError(f"{path} is no manifest of Claimgraph: name another folder")
    return manifest


def is_build(folder: Path) -> bool:
    """Whether *folder* holds a build of ours."""
    try:
        return bool(read_manifest(folder))
    except GraphError:
        return False


def _files_of(folder: Path) -> Iterator[str]:
    """The files of the build in *folder*; only those in it, whatever its manifest says."""
    for name in read_manifest(folder).get("files", ()) if is_build(folder) else ():
        if (
            name in (PurePath(name).name, f"{RDF}/{PurePath(name).name}")
            and (folder / name).is_file()
        ):
            yield name
