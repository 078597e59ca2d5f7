"""Places in no list."""

from __future__ import annotations

import pytest
from annotated import tagged_view

from kg.annotation.names.places import find_places


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        ("明川市/ns 開會/v", [("明川市", "kg:City")]),
        ("明川縣/ns 開會/v", [("明川縣", "kg:City")]),
        ("松嶺省/ns 開會/v", [("松嶺省", "kg:Region")]),
        ("位於/v 松嶺/ns 的/uj 工廠/n", [("松嶺", "kg:Place")]),
        ("在/p 松嶺/ns 開會/v", [("松嶺", "kg:Place")]),
        ("前往/v 松嶺/ns 。/x", [("松嶺", "kg:Place")]),
        ("來自/v 松嶺/ns 的/uj 人/n", [("松嶺", "kg:Place")]),
        ("松嶺/ns 開會/v", []),  # nothing but the tag speaks for it
        ("在/p 松嶺/nr 開會/v", []),
        ("在/p 松/ns 開會/v", []),
        ("城市/ns 很/d 大/a", []),
    ],
)
def test_places(tagged: str, expected: list[tuple[str, str]]) -> None:
    assert [(m.surface, m.cls) for m in find_places(tagged_view(tagged))] == expected
