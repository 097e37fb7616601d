"""Text from outside made safe to stand in a message: no control characters, no tricks with direction, escaped."""

import re

import markupsafe
from markupsafe import escape

from bot.i18n.direction import is_block, isolate

Html = markupsafe.Markup
"""Text that stands in a message as it is: trusted, or escaped before."""

_SPACES = re.compile(r"[\t\v\f\x1c-\x1f]")
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_REMOVED = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f"  # controls but the line feed
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction: ALM, LRM, RLM, embeddings, overrides, isolates
    r"\ud800-\udfff\ufeff\ufff9-\ufffb]"  # halves of surrogate pairs (can't be sent), byte order mark, annotations
)
_LINKING = re.compile(r"(?<!<)[.:/@#$](?=[\w/])")


def clean(text: str, limit: int | None = None) -> str:
    """`text` without bidi controls and control characters; line feeds stay. Escapes nothing.

    `limit` cuts by code points, the ellipsis counted. Joiners stay: emoji and Persian need them.
    """
    text = _REMOVED.sub("", _SPACES.sub(" ", _LINE_ENDS.sub("\n", text)))
    if limit is not None and len(text) > limit:
        return text[: max(0, limit - 1)].rstrip() + "…"[:limit]
    return text


def unlinked(text: str) -> str:
    """`text` of which Telegram makes no link, mention, command or tag: a word joiner stands behind what they need."""
    return _LINKING.sub(lambda one: one[0] + "\u2060", text)


def inserted(value: object, *, rtl: bool) -> Html:
    """A value as it may stand in HTML. Html is trusted; anything else is cleaned and escaped; in RTL it is isolated.

    MarkupSafe escapes quotes as &#34; and &#39;: numeric references, which Telegram's parser takes (it knows only
    &lt; &gt; &amp; &quot; by name).
    """
    html = value if isinstance(value, Html) else escape(clean(str(value)))
    return Html(isolate(html)) if rtl and html and not is_block(html) else html


def labelled(value: object, *, rtl: bool) -> str:
    """A value as it may stand in a button or a toast, where nothing is parsed: one line, not escaped."""
    text = value.striptags() if isinstance(value, Html) else str(value)
    text = clean(text).replace("\n", " ")
    return isolate(text) if rtl and text else text
