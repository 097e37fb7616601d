"""Cleaning, trimming and overlaps of entities; expected values were taken from TDLib itself."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.telegram.cleaning import TextError, fix_formatted_text
from bot.sandbox.telegram.entities import PRIORITY, QUOTES, SPLITTABLE, Entity, utf16
from bot.sandbox.telegram.html import parse_html

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
Short = tuple[str, int, int]


def fixed(source: str) -> tuple[str, list[Short]]:
    text, entities = fix_formatted_text(*parse_html(source))
    return text, [(entity.type, entity.offset, entity.length) for entity in entities]


def test_space_around_is_trimmed_and_entities_move_along() -> None:
    assert fixed(" \n a <b>b</b>  \n") == ("a b", [("bold", 2, 1)])


def test_space_inside_the_first_entity_stays_at_the_front() -> None:
    assert fixed("  <b> x </b> ") == (" x", [("bold", 0, 2)])


def test_a_style_is_cut_where_a_link_begins_and_ends() -> None:
    assert fixed('<b>a<a href="x.y">b</a>c</b>') == (
        "abc",
        [("bold", 0, 1), ("text_link", 1, 1), ("bold", 1, 1), ("bold", 2, 1)],
    )


def test_a_style_does_not_reach_into_code() -> None:
    assert fixed("<b>a<code>b</code></b>") == ("ab", [("bold", 0, 1), ("code", 1, 1)])


def test_a_style_does_not_reach_into_a_time() -> None:
    assert fixed('<b>at <tg-time unix="7">noon</tg-time></b>') == ("at noon", [("bold", 0, 3), ("date_time", 3, 4)])


def test_neighbouring_styles_become_one() -> None:
    assert fixed("<b>a</b><b>b</b>") == ("ab", [("bold", 0, 2)])


def test_control_characters_become_spaces_and_reordering_marks_go() -> None:
    assert fixed("a\tb\r\u202ec\u0000<i>d</i>") == ("a bc d", [("italic", 5, 1)])


@pytest.mark.parametrize("text", ["", " ", "\n \n", "\u200b\u200e\u2800", "\r"])
def test_a_text_without_anything_visible_is_refused(text: str) -> None:
    with pytest.raises(TextError, match="Text must be non-empty"):
        fix_formatted_text(text, [])


@pytest.mark.parametrize(
    ("entity", "message"),
    [
        (Entity("bold", 9, 1), "Entity begins after the end of the text at UTF-16 offset 9"),
        (
            Entity("bold", 1, 9),
            "Entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 10",
        ),
        (Entity("bold", 2, 1), "Entity begins in a middle of a UTF-16 symbol at byte offset 5"),
        (
            Entity("bold", 0, 2),
            "Entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 5",
        ),
        (Entity("bold", -1, 2), "Receive an entity with incorrect offset -1"),
        (Entity("bold", 0, -2), "Receive an entity with incorrect length -2"),
    ],
)
def test_entities_outside_the_text_are_refused(entity: Entity, message: str) -> None:
    with pytest.raises(TextError) as error:
        fix_formatted_text("a😀b", [entity])
    assert str(error.value) == message


def some_entities(length: int) -> st.SearchStrategy[list[Entity]]:
    place = st.integers(0, length - 1).flatmap(lambda at: st.tuples(st.just(at), st.integers(1, length - at)))
    one = st.tuples(st.sampled_from(sorted(PRIORITY)), place).map(lambda pair: Entity(pair[0], *pair[1]))
    return st.lists(one, max_size=8)


@UNHURRIED
@given(st.text(st.sampled_from("ab \n\r\té"), min_size=1, max_size=12).filter(str.strip), st.data())
def test_stored_entities_never_cross_and_never_leave_the_text(text: str, data: st.DataObject) -> None:
    stored, entities = fix_formatted_text(text, data.draw(some_entities(len(text))))
    assert entities == sorted(entities, key=lambda entity: entity.order)
    assert all(entity.length > 0 and entity.end <= utf16(stored) for entity in entities)
    for first in entities:
        for second in entities:
            apart = first.end <= second.offset or second.end <= first.offset
            inside = first.offset <= second.offset and second.end <= first.end
            assert apart or inside or (second.offset <= first.offset and first.end <= second.end)


@UNHURRIED
@given(st.text(st.sampled_from("ab x"), min_size=1, max_size=12).filter(str.strip), st.data())
def test_links_codes_and_times_exclude_each_other(text: str, data: st.DataObject) -> None:
    _, entities = fix_formatted_text(text, data.draw(some_entities(len(text))))
    solid = [entity for entity in entities if entity.type not in SPLITTABLE and entity.type not in QUOTES]
    assert all(first.end <= second.offset for first, second in pairwise(solid))
