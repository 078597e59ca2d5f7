"""Articles come and go over HTTP, for who has the token."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from commands import ARTICLE, SECOND
from served import Served, serving

from kg.collection import Collection
from kg.iri import BASE

TOKEN = "a-token-of-the-tests"
AUTH = {"authorization": f"Bearer {TOKEN}"}
URL = "https://news.example/1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("writing") / "store"
    Collection.open(made, write=True).close()
    return made


@pytest.fixture(scope="module")
def writable(folder: Path) -> Iterator[Served]:
    with serving(folder, "--write", "--limit-seconds", "60", KG_TOKEN=TOKEN) as served:
        yield served


def names(server: Served) -> set[str]:
    rows = server.client.get("/sparql", params={"query": "SELECT ?n { ?e schema:name ?n }"}).json()
    return {row["n"]["value"] for row in rows["results"]["bindings"]}


def test_an_article_comes_is_there_is_corrected_and_goes(writable: Served, folder: Path) -> None:
    first = writable.client.post(
        "/documents", content=ARTICLE.encode(), params={"url": URL},
        headers={**AUTH, "content-type": "text/plain; charset=utf-8"},
    )  # fmt: skip
    assert first.status_code == 201, first.text
    (document,) = first.json()["documents"]
    assert document["state"] == "new"
    assert writable.client.get(first.headers["location"]).status_code == 200
    assert "東嶺大學" in names(writable)

    again = writable.client.post(
        "/documents", content=ARTICLE.encode(), params={"url": URL},
        headers={**AUTH, "content-type": "text/plain"},
    )  # fmt: skip
    assert (again.status_code, again.json()["documents"][0]["state"]) == (200, "unchanged")

    line = json.dumps({"text": SECOND, "url": URL, "title": "改正"}, ensure_ascii=False, indent=1)
    changed = writable.client.post(
        "/documents", content=line.encode(), headers={**AUTH, "content-type": "application/json"}
    )
    assert (changed.status_code, changed.json()["documents"][0]["state"]) == (200, "changed")
    assert "東嶺大學" not in names(writable)
    assert "南斗公司" in names(writable)

    path = "/" + document["iri"].removeprefix(BASE)
    assert writable.client.delete(path).status_code == 401
    assert writable.client.delete(path, headers=AUTH).status_code == 204
    assert "南斗公司" not in names(writable)
    gone = writable.client.delete(path, headers=AUTH)
    assert gone.status_code == 404
    with Collection.open(folder) as collection:
        assert collection.documents() == []


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer wrong",
        f"Basic {TOKEN}",
        TOKEN,
        f"Bearer {TOKEN}x",
        "Bearer \xe9",
    ],
)
def test_without_the_token_nothing_is_changed(writable: Served, authorization: str | None) -> None:
    headers = {"content-type": "text/plain"}
    if authorization is not None:
        headers["authorization"] = authorization.encode("latin-1")  # type: ignore[assignment]
    answer = writable.client.post("/documents", content=b"x", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert TOKEN not in answer.text


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "text/plain", 422),
        (b"\x00\x01\x02", "text/plain", 422),
        (b"{}", "application/json", 422),
        (b"[1", "application/json", 422),
        (b"x", "application/pdf", 415),
        (b"x", "text/plain; charset=big5", 415),
        (b"x" * (9 << 20), "text/plain", 413),
    ],
)
def test_what_is_no_article(writable: Served, body: bytes, kind: str, status: int) -> None:
    answer = writable.client.post(
        "/documents", content=body, headers={**AUTH, "content-type": kind}
    )
    assert answer.status_code == status, answer.text
    assert "/tmp" not in answer.text


def test_a_date_that_is_none(writable: Served) -> None:
    answer = writable.client.post(
        "/documents", content=ARTICLE.encode(), params={"published": "yesterday"},
        headers={**AUTH, "content-type": "text/plain"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert "yesterday" in answer.text


def test_only_documents_can_be_removed(writable: Served) -> None:
    answer = writable.client.delete(f"/entity/{quote('騰訊')}", headers=AUTH)
    assert answer.status_code == 405


def test_the_token_is_in_no_log_and_no_argument(writable: Served) -> None:
    pid = writable.process.pid
    assert TOKEN.encode() not in Path(f"/proc/{pid}/cmdline").read_bytes()
    assert TOKEN not in writable.client.get("/metrics").text


def test_a_server_that_was_not_started_for_writing_takes_nothing(server: Served) -> None:
    answer = server.client.post(
        "/documents", content=ARTICLE.encode(), headers={**AUTH, "content-type": "text/plain"}
    )
    assert answer.status_code == 404
    assert server.client.delete("/document/98880e29e9617b88", headers=AUTH).status_code == 405
