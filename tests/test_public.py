"""The public door: exactly these names, and nothing loaded before it is used."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

import kg

HEAVY = {
    "spacy",
    "rdflib",
    "pyoxigraph",
    "pyshacl",
    "networkx",
    "igraph",
    "pyvis",
    "opencc",
    "rich",
    "onnxruntime",
    "httpx",
    "torch",
    "distributed",
    "pyarrow",
    "duckdb",
}
NAMES = {
    "annotate", "build", "label_map", "load", "Graph", "__version__",
    "Claim", "ClaimGraph", "Document", "Drop", "Entity", "Evidence", "Failure", "Judgement",
    "Measure", "Quantity", "Span", "TimeSpan", "ValidationReport",
    "CheckpointError", "ClaimgraphError", "DateError", "EncodingError", "EngineError", "GraphError", "InputError", "MissingExtra",
    "OntologyError", "QueryError", "SourceError", "StoreBusy", "StoreError", "UnknownEntity",
    "ValidationError",
}  # fmt: skip


def loaded_by(code: str) -> set[str]:
    """The top-level modules that *code* loads in a process of its own."""
    script = f"import sys\n{code}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_the_names_are_these() -> None:
    assert set(kg.__all__) == NAMES
    assert dir(kg) == kg.__all__ == sorted(kg.__all__)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_each_name_is_there(name: str) -> None:
    assert getattr(kg, name) is getattr(kg, name)


def test_every_error_is_public() -> None:
    errors = {
        name
        for name, value in vars(import_module("kg.errors")).items()
        if isinstance(value, type) and issubclass(value, kg.ClaimgraphError)
    }
    assert errors <= NAMES


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Grahp'"):
        kg.Grahp  # noqa: B018


@pytest.mark.parametrize("code", ["import kg", "import kg.cli", "import kg; kg.build; kg.Graph"])
def test_nothing_heavy_is_loaded_before_it_is_used(code: str) -> None:
    assert not loaded_by(code) & HEAVY


def test_importing_the_package_loads_no_module_of_it() -> None:
    assert "click" not in loaded_by("import kg")
