"""The HTML parser against TDLib: expected values were taken from TDLib itself (tdjson 1.8)."""

import html
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.telegram.entities import utf16
from bot.sandbox.telegram.html import parse_html
from bot.sandbox.telegram.tags import TAGS, MarkupError

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
ERRORS = {
    "a < b": 'Unsupported start tag "" at byte offset 2',
    "<": "Unclosed start tag at byte offset 0",
    "x<": "Unclosed start tag at byte offset 1",
    "<b": "Unclosed start tag at byte offset 0",
    "<b>x": 'Can\'t find end tag corresponding to start tag "b"',
    "</b>": "Unexpected end tag at byte offset 0",
    "</>": "Unexpected end tag at byte offset 0",
    "<>x</>": 'Unsupported start tag "" at byte offset 0',
    "<b>x</i>": 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
    "<b><i>x</b></i>": 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
    "<b>x</b": "Unclosed end tag at byte offset 4",
    "<b>x</ b>": "Unclosed end tag at byte offset 4",
    "<b />x</b>": 'Empty attribute name in the tag "b" at byte offset 0',
    '<a href="x.y" =>x</a>': 'Empty attribute name in the tag "a" at byte offset 0',
    "<b x": 'Unclosed start tag "b" at byte offset 0',
    "<b x=": 'Unclosed start tag "b" at byte offset 0',
    "<b x=1": "Unclosed start tag at byte offset 0",
    '<b x="1': "Unclosed start tag at byte offset 0",
    "<b x=1/>": "Unexpected end of name token at byte offset 5",
    "<span>x</span>": 'Tag "span" must have class "tg-spoiler" at byte offset 0',
    '<span class="spoiler">x</span>': 'Tag "span" must have class "tg-spoiler" at byte offset 0',
    "<br>": 'Unsupported start tag "br" at byte offset 0',
    "héé<br>": 'Unsupported start tag "br" at byte offset 5',
    '<tg-emoji emoji-id="x">y</tg-emoji>': "Invalid custom emoji identifier specified",
    '<tg-time unix="1" format="q">x</tg-time>': "Invalid date format used",
    "&#xd83d;": "Text contains invalid Unicode characters after decoding HTML entities, "
    "check for unmatched surrogate code units",
}

PARSED: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "<b>x</b>": ("x", [{"type": "bold", "offset": 0, "length": 1}]),
    "<B\nx=1>x</>": ("x", [{"type": "bold", "offset": 0, "length": 1}]),
    "😀<i>é</i>": ("😀é", [{"type": "italic", "offset": 2, "length": 1}]),
    "&lt;&gt;&amp;&quot;&#65;&#x42;&lt": ('<>&"AB<', []),
    "&nbsp;&apos;&#0;&": ("&nbsp;&apos;&#0;&", []),
    "<b></b>x": ("x", []),
    '<span class="tg-spoiler">x</span>': ("x", [{"type": "spoiler", "offset": 0, "length": 1}]),
    '<pre><code class="language-py">x</code></pre>': (
        "x",
        [{"type": "pre", "offset": 0, "length": 1, "language": "py"}],
    ),
    '<code class="language-py">x</code>': ("x", [{"type": "code", "offset": 0, "length": 1}]),
    "<blockquote expandable>x</blockquote>": ("x", [{"type": "expandable_blockquote", "offset": 0, "length": 1}]),
    '<a href="HTTP://T.me/X?a=1&amp;b">x</a>': (
        "x",
        [{"type": "text_link", "offset": 0, "length": 1, "url": "http://t.me/X?a=1&b"}],
    ),
    '<a href="nothing">x</a>': ("x", []),
    '<a href="tg://user?id=77">x</a>': ("x", [{"type": "text_mention", "offset": 0, "length": 1, "user_id": 77}]),
    '<tg-time unix="1700000000" format="TwD">x</tg-time>': (
        "x",
        [{"type": "date_time", "offset": 0, "length": 1, "unix_time": 1700000000, "date_time_format": "wDT"}],
    ),
    "<tg-time>x</tg-time>": ("x", []),
    '<tg-emoji emoji-id="55">😀</tg-emoji>': (
        "😀",
        [{"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": "55"}],
    ),
}


@pytest.mark.parametrize(("source", "message"), ERRORS.items())
def test_errors_have_the_text_and_the_byte_offset_of_tdlib(source: str, message: str) -> None:
    with pytest.raises(MarkupError) as error:
        parse_html(source)
    assert str(error.value) == message


@pytest.mark.parametrize(("source", "expected"), PARSED.items())
def test_tags_become_entities_in_utf16_units(source: str, expected: tuple[str, list[dict[str, Any]]]) -> None:
    text, entities = parse_html(source)
    assert (text, [entity.json() for entity in entities]) == expected


@UNHURRIED
@given(st.text())
def test_an_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(html.escape(text)) == (text, [])


def nested() -> st.SearchStrategy[tuple[str, str]]:
    """HTML with balanced tags, and the text that it shows."""
    leaf = st.text(max_size=5).map(lambda text: (html.escape(text), text))
    tags = st.sampled_from(sorted(TAGS - {"span", "tg-emoji"}))

    def around(inner: st.SearchStrategy[tuple[str, str]]) -> st.SearchStrategy[tuple[str, str]]:
        wrapped = st.tuples(tags, inner).map(lambda pair: (f"<{pair[0]}>{pair[1][0]}</{pair[0]}>", pair[1][1]))
        joined = st.lists(inner, max_size=3).map(
            lambda some: ("".join(a for a, _ in some), "".join(b for _, b in some))
        )
        return wrapped | joined

    return st.recursive(leaf, around, max_leaves=8)


@UNHURRIED
@given(nested())
def test_balanced_tags_never_change_the_visible_text(pair: tuple[str, str]) -> None:
    source, visible = pair
    text, entities = parse_html(source)
    assert text == visible
    assert all(entity.length > 0 and entity.end <= utf16(text) for entity in entities)


@UNHURRIED
@given(st.lists(st.sampled_from(["<b>", "</b>", "<i", ">", "</", "&lt;", "&#", "x", "é😀", " ", '"', "=", "<a href="])))
def test_whatever_is_written_is_parsed_or_refused_at_a_byte_of_the_source(pieces: list[str]) -> None:
    source = "".join(pieces)
    try:
        text, entities = parse_html(source)
    except MarkupError as error:
        offset = str(error).rpartition("byte offset ")[2].partition(",")[0]
        assert not offset.isdigit() or int(offset) < len(source.encode())
    else:
        units = text.encode("utf-16-le")
        assert all(units[2 * e.offset : 2 * e.end].decode("utf-16-le") for e in entities)
