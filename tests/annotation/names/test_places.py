"""Places in no list."""

from __future__ import annotations

import pytest
from annotated import tagged_view

from kg.annotation.names.places import find_places, find_towns


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


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        ("松嶺州/ns 卡馬斯/nr 市/n 開會/v", ["卡馬斯市"]),
        ("松嶺州/ns 山景/n 城/n 開會/v", ["山景城"]),
        ("松岭州/ns 卡马斯/nr 市/n 开会/v", ["卡马斯市"]),
        ("松嶺州/ns 東部/f 城市/n 開會/v", []),
        ("松嶺州/ns 大型/b 城市/n 開會/v", []),
        ("松嶺州/ns 十一/m 市/n 開會/v", []),
        ("松嶺州/ns 設廠/v 城/n", []),
        ("松嶺州/ns 市/n 長/n", []),
        ("松嶺州/ns 地產/n 、/x 松嶺/ns 城/n 投/v", []),
    ],
)
def test_a_town_right_after_its_region(tagged: str, expected: list[str]) -> None:
    view = tagged_view(tagged)
    region = view.mention(0, 3, "kg:Region", 0.9, "known")
    assert [m.surface for m in find_towns(view, [region])] == expected
    country = view.mention(0, 3, "kg:Country", 0.9, "known")
    assert list(find_towns(view, [country])) == []
