"""Files of a build: all or none, the same bytes, nobody else's files touched."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from claimgraphs import claim, entity, graph_of, linked

from kg.artefacts import (
    FORMATS,
    MANIFEST,
    Views,
    check_formats,
    check_out,
    make_files,
    portable,
    write_files,
)
from kg.errors import InputError, ValidationError
from kg.model import ClaimGraph, Drop, Failure, ValidationReport, Violation

RECORDS = {"entities.jsonl", "claims.jsonl", "documents.jsonl", "judgements.jsonl", "why.jsonl"}
PART_7 = {
    "graph.ttl", "graph.trig", "graph.nq", "graph.jsonld", "entities.jsonl", "claims.jsonl",
    "graph.graphml", "graph.gexf", "claims.csv", "validation.ttl", "validation.txt",
    "analysis.json", "report.md", "graph.html", "manifest.json",
}  # fmt: skip


@pytest.fixture
def graph() -> ClaimGraph:
    return linked("ab", "bc")


def manifest_of(graph: ClaimGraph) -> dict[str, object]:
    found: dict[str, object] = json.loads(make_files(Views(graph), ())[MANIFEST])
    return found


def test_all_formats_give_every_file_of_a_build(graph: ClaimGraph) -> None:
    files = make_files(Views(graph))
    assert set(files) >= PART_7
    assert [name for name, content in files.items() if not content] in ([], ["judgements.jsonl"])


def test_two_runs_give_the_same_bytes(graph: ClaimGraph) -> None:
    assert make_files(Views(graph)) == make_files(Views(linked("ab", "bc")))


def test_an_empty_graph_has_all_files_too() -> None:
    assert set(make_files(Views(ClaimGraph()))) >= PART_7


@pytest.mark.parametrize(
    ("formats", "expected"),
    [
        ((), set()),
        (["ttl"], {"graph.ttl"}),
        (["csv", "nq"], {"claims.csv", "graph.nq"}),
        (["html"], {"graph.html"}),
        (["shacl"], {"validation.ttl", "validation.txt"}),
    ],
)
def test_formats_choose_the_files_besides_the_records(
    graph: ClaimGraph, formats: list[str], expected: set[str]
) -> None:
    assert set(make_files(Views(graph), formats)) == RECORDS | {MANIFEST} | expected


def test_formats_come_in_a_fixed_order() -> None:
    assert check_formats(["html", "ttl"]) == ("ttl", "html")
    assert check_formats(None) == FORMATS


def test_an_unknown_format_is_answered_with_those_there_are() -> None:
    with pytest.raises(InputError, match=r"no format 'pdf': choose from ttl, trig"):
        check_formats(["ttl", "pdf"])


def test_a_graph_that_breaks_its_shapes_gives_no_file(graph: ClaimGraph) -> None:
    broken = replace(graph, claims=(replace(graph.claims[0], confidence=1.5), *graph.claims[1:]))
    with pytest.raises(ValidationError, match="violates its shapes"):
        make_files(Views(broken), ["csv"])


def test_the_first_violation_is_named(graph: ClaimGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    violation = Violation("ent:甲", "kg:label", "needs a label", "sh:Violation")
    report = ValidationReport(False, (violation,), "")
    monkeypatch.setattr("kg.rdf.validate", lambda quads: report)
    with pytest.raises(ValidationError, match=r"1 results, first ent:甲 kg:label: needs a label"):
        make_files(Views(graph))


def test_the_manifest_counts_drops_by_reason_and_lists_them(graph: ClaimGraph) -> None:
    drops = tuple(
        Drop("doc:1", "ontology", "kg:owns", reason, quote)
        for reason, quote in [("no range", "甲"), ("no range", "乙"), ("no domain", "丙")]
    )
    manifest = manifest_of(replace(graph, drops=drops, counts={"mentions": 7}))
    assert manifest["drops"] == {
        "count": 3,
        "by_reason": {"ontology: no range": 2, "ontology: no domain": 1},
    }
    assert [drop["quote"] for drop in manifest["dropped"]] == ["甲", "乙", "丙"]
    assert manifest["counts"] == {"mentions": 7, "entities": 3, "claims": 2}


def test_the_manifest_names_no_folder_of_this_machine(graph: ClaimGraph) -> None:
    failure = Failure("/home/someone/bad.txt", "read", "/home/someone/bad.txt is empty: fill it")
    manifest = manifest_of(replace(graph, failures=(failure,)))
    assert manifest["failures"] == [
        {"document": "bad.txt", "stage": "read", "error": "bad.txt is empty: fill it"}
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("/a/b/c.txt", "c.txt"), ("b/c.txt", "b/c.txt"), ("-", "-"), ("/a/n.jsonl:3", "n.jsonl:3")],
)
def test_portable_names_keep_relative_folders_only(name: str, expected: str) -> None:
    assert portable(name) == expected


def test_writing_makes_the_folders_and_leaves_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    assert write_files(out, {"a": b"1", MANIFEST: b"{}"}) == [out / "a", out / MANIFEST]
    assert sorted(path.name for path in out.parent.iterdir()) == ["out"]
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {"a": b"1", MANIFEST: b"{}"}


def test_a_new_build_replaces_the_files_of_the_old_and_no_others(
    graph: ClaimGraph, tmp_path: Path
) -> None:
    write_files(tmp_path, make_files(Views(graph), ["ttl", "csv"]))
    (tmp_path / "notes.txt").write_text("mine")
    write_files(tmp_path, make_files(Views(graph), ["csv"]))
    names = {path.name for path in tmp_path.iterdir()}
    assert names == RECORDS | {MANIFEST, "claims.csv", "notes.txt"}


def test_a_manifest_from_elsewhere_cannot_have_other_files_removed(
    graph: ClaimGraph, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    write_files(out, make_files(Views(graph), []))
    (tmp_path / "precious").write_text("mine")
    manifest = json.loads((out / MANIFEST).read_text())
    manifest["files"] = {"../precious": "", "..": "", "sub/x": ""}
    (out / MANIFEST).write_text(json.dumps(manifest))
    write_files(out, make_files(Views(graph), []))
    assert (tmp_path / "precious").read_text() == "mine"


@pytest.mark.parametrize("name", ["article.txt", "manifest.json", "sub"])
def test_a_folder_of_other_files_is_refused_and_kept(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir() if name == "sub" else (tmp_path / name).write_text("{}")
    with pytest.raises(InputError, match="holds other files"):
        write_files(tmp_path, {"a": b""})
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_hidden_files_do_not_make_a_folder_foreign(tmp_path: Path) -> None:
    (tmp_path / ".gitkeep").touch()
    check_out(tmp_path)


def test_a_file_is_no_place_for_a_build(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("mine")
    with pytest.raises(InputError, match="is a file"):
        check_out(out)


def test_a_failed_write_leaves_the_old_build_whole(
    graph: ClaimGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = make_files(Views(graph), [])
    write_files(tmp_path, old)
    written = Path.write_bytes

    def fill_the_disk(path: Path, data: bytes) -> int:
        if path.name == "b":
            raise OSError(28, "No space left on device")
        return written(path, data)

    monkeypatch.setattr(Path, "write_bytes", fill_the_disk)
    with pytest.raises(InputError, match="No space left"):
        write_files(tmp_path, {"claims.jsonl": b"new", "b": b"new", MANIFEST: b"{}"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == old


def test_hostile_names_pass_through_every_format() -> None:
    names = ["</script><script>alert(1)", "__proto__", "=1+1", "a\x00b\x1b[31m", "[bold]x[/bold]"]
    graph = graph_of(
        [claim(names[0], "kg:partnerOf", name) for name in names[1:]], map(entity, names)
    )
    assert set(make_files(Views(graph))) >= PART_7
