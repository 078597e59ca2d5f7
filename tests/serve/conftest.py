"""Servers that several tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from served import SAMPLE, Served, serving


@pytest.fixture(scope="session")
def server() -> Iterator[Served]:
    """The sample, with patience for a busy machine."""
    with serving(SAMPLE, "--limit-seconds", "60") as served:
        yield served


@pytest.fixture(scope="session")
def strict_server() -> Iterator[Served]:
    """The sample with narrow limits."""
    options = ("--limit-seconds", "3", "--limit-rows", "100", "--limit-memory", "256")
    with serving(SAMPLE, *options, "--workers", "2", "--patience", "2") as served:
        yield served
