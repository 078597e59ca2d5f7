"""What resolution takes from the graph of one document."""

from __future__ import annotations

from reading import document, named

from kg.model import Document
from kg.resolve.profiles import Profile, profile_id, profiles_of


def profiles(text: str, **more: str) -> dict[str, Profile]:
    """The profiles of a text by name, with the names given."""
    read: Document = document(text, **more)
    return {one.name: one for one in profiles_of(named().read(read))}


TEXT = "周若琳是海岳大學校長。林海生創辦晨星科技集團。騰訊在香港與藍峰電子合作。"


def test_each_entity_has_a_profile_with_its_document_and_date() -> None:
    found = profiles(TEXT)
    assert {"周若琳", "海岳大學", "林海生", "晨星科技集團", "騰訊", "藍峰電子"} <= set(found)
    for one in found.values():
        assert one.published == "2021-06-15"
        assert one.id == f"{one.document}#{one.name}" == profile_id(one.document, one.iri)
        assert one.key in one.names


def test_known_entities_are_the_setting_and_the_others_the_company() -> None:
    found = profiles(TEXT)
    assert found["騰訊"].known
    assert not found["周若琳"].known
    assert found["周若琳"].setting == {"腾讯", "香港"}
    assert found["周若琳"].company == {"海岳大学", "林海生", "晨星科技集团", "蓝峰电子"}


def test_claims_tie_neighbours_and_give_offices() -> None:
    found = profiles(TEXT)
    assert found["林海生"].neighbours == {"晨星科技集团"}
    assert found["周若琳"].offices == {("校长", "海岳大学")}
    assert found["藍峰電子"].neighbours >= {"腾讯"}


def test_what_stands_near_and_right_before() -> None:
    far = "天氣很好。" * 30
    found = profiles(f"加州州長林海生來了。{far}藍峰電子很大。")
    assert "蓝峰电子" not in found["林海生"].near
    assert {"州长", "加州"} <= found["林海生"].before
    again = profiles("林海生。林海生來了。")
    assert again["林海生"].before == frozenset()  # its own name tells nothing


def test_the_places_near_or_else_the_one_named_most() -> None:
    far = "天氣很好。" * 30
    found = profiles(f"林海生在英國。{far}周若琳很好。美國很大。美國很好。{far}藍峰電子。")
    assert found["林海生"].places == {"英国"}
    assert found["周若琳"].places == {"美国"}
    assert found["藍峰電子"].places == {"美国"}


def test_a_role_is_nobody_elsewhere() -> None:
    found = profiles("海岳大學很大。校方表示歡迎。政府表示歡迎。")
    assert all("政府" not in name and "校方" not in name for name in found)
