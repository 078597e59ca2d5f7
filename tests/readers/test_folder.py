"""Which files of a folder are articles."""

from __future__ import annotations

from pathlib import Path

from kg.model import Failure
from kg.readers.folder import iter_files, show_path


def test_known_suffixes_sorted_without_hidden_names(tmp_path: Path) -> None:
    names = "b.txt", "a.MD", "c/d.jsonl.gz", "c/a.htm", "B/x.html", "z.jsonl"
    others = ".b.txt", ".git/a.txt", "a.pdf", "c/a.txt.bak", "txt", "a.gz"
    for name in (*names, *others):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "e.txt").mkdir()
    found = [
        path.relative_to(tmp_path).as_posix()
        for path in iter_files(tmp_path)
        if isinstance(path, Path)
    ]
    assert found == ["a.MD", "b.txt", "z.jsonl", "B/x.html", "c/a.htm", "c/d.jsonl.gz"]


def test_a_link_back_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert list(iter_files(tmp_path)) == [tmp_path / "a.txt"]


def test_a_link_to_a_file_that_is_gone_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "b.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "c.pdf").symlink_to(tmp_path / "nowhere")
    (tmp_path / "d.txt").touch()
    first, second, good = iter_files(tmp_path)
    assert good == tmp_path / "d.txt"
    for failure, name in (first, "a.txt"), (second, "b.txt"):
        assert isinstance(failure, Failure)
        assert failure.document == str(tmp_path / name)
        assert "is a link to a file that is gone" in failure.error


def test_a_folder_that_cannot_be_listed_is_a_failure(tmp_path: Path) -> None:
    (failure,) = iter_files(tmp_path / "gone")
    assert isinstance(failure, Failure)
    assert failure.document == str(tmp_path / "gone")
    assert "cannot be listed: No such file" in failure.error


def test_a_path_is_one_line_of_unicode() -> None:
    assert show_path("新聞 a/b.txt") == "新聞 a/b.txt"
    assert show_path("a\nb\udcff\u2028.txt") == "a\ufffdb\ufffd\ufffd.txt"
