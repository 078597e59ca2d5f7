"""The wheel alone, in an empty environment and outside the repository, builds a graph."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

pytestmark = pytest.mark.wheel
ARTICLE = "甲乙科技公司與海風大學合作。\n2021年5月6日\n\n甲乙科技公司5月5日宣布與海風大學合作。\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    (found,) = out.glob("*.whl")
    return found


def test_the_wheel_carries_all_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    data = {f"kg/_{p.relative_to(ROOT).as_posix()}" for p in (ROOT / "ontology").rglob("*.[tr]*")}
    static = {
        path.relative_to(ROOT).as_posix()
        for folder in ("sample", "render/static", "render/templates")
        for path in (ROOT / "kg" / folder).rglob("*.*")
        if path.is_file()
    }
    assert {"kg/_ontology/schema.ttl", "kg/sample/un75.txt", "kg/py.typed"} <= names
    assert data | static <= names
    assert not [name for name in names if name.startswith(("tests", "output", "ontology"))]


def test_the_wheel_builds_a_graph_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv")
    scripts = tmp_path / "venv" / "bin"
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV_"))}
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8")

    def run(*command: str | Path) -> str:
        done = subprocess.run(
            command, cwd=tmp_path, env=clean, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    pip = [sys.executable, "-m", "pip", "--python", scripts / "python"]
    run(*pip, "install", "--quiet", "--no-compile", wheel)
    where = run(scripts / "python", "-c", "import kg; print(kg.__file__)")
    assert Path(where.strip()).is_relative_to(tmp_path / "venv")
    run(scripts / "kg", "build", "article.txt", "--out", "graph")
    assert "海風大學" in (tmp_path / "graph" / "graph.ttl").read_text("utf-8")
    run(scripts / "kg", "demo", "--out", "sample")
    assert "聯合國" in run(scripts / "kg", "path", "腾讯", "United Nations", "--graph", "sample")
