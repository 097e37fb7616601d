"""What can't be a code by its own form: links, addresses, phones, dates, times, decimals, the ends of card numbers.

Every pattern is bounded, and all together replace what they find by as many characters that stand for "no code".
"""

import re

OPAQUE = "\ue000"
"""A private character: a plain text holds none of its own."""

_ASCII_RUN = re.compile(r"[!-~]{4,}+")
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|fev|mai|out|dez|okt"
_LINK_START = re.compile(
    r"https?://|www\.|[A-Za-z0-9][A-Za-z0-9.-]{0,60}\.[A-Za-z]{2,12}(?::\d{2,5})?/|[A-Za-z0-9._%+-]{1,60}@[A-Za-z0-9-]{1,60}\.",
    re.IGNORECASE,
)
_HASH = re.compile(r"(?<=\s)(?=[A-Za-z0-9+/]{0,10}[A-Za-z+/])[A-Za-z0-9+/]{11}\Z")
"""Eleven characters at the very end: by them Android finds the app that may read the SMS."""

_FROM_A_DIGIT = (
    r"(?<!\d)(?:\d-)?(?:\d{3}[-.]){2}\d{4}(?!\d)",  # phones
    r"(?<![\d.,/-])\d{1,4}[./]\d{1,2}[./]\d{2,4}(?!\d|[./]\d)",  # dates
    r"(?<![\d-])\d{4}-\d{1,2}-\d{1,2}(?:T\d\d)?(?!\d)",
    r"(?<![\d-])\d{1,2}-\d{1,2}-\d{4}(?!\d)",
    r"(?<![\d/])\d{1,2}/\d{1,4}(?![\d/])",
    r"\d{4} ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?日)?|\d{1,2} ?月 ?\d{1,2} ?日",
    rf"(?<![\w-])\d{{1,2}}(?:st|nd|rd|th)?[ .-]?(?:{_MONTHS})[a-z]{{0,7}}[ .,'-]{{0,2}}(?:\d{{4}}|\d\d)?(?!\w)",
    r"(?<![\w:])\d{1,2}[:h]\d\d(?::\d\d)?(?![\w:])",  # times
    r"(?<![\d.,·])\d{1,9}[.,]\d{1,2}(?!\d|[.,·]\d)",  # amounts
    r"(?<![\d.,])\d{1,3}(?:,\d{2,3}){1,6}(?:\.\d{1,2})?(?!\d|,\d)",
    r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,6}(?:,\d{1,2})?(?!\d)",
    r"(?<![\d.,])\d{1,2}\.\d{3}(?!\d|\.\d)",
    r"(?<!\d)\d{1,3}(?:'\d{3}){1,5}(?!\d)",
    r"(?<!\w)\d{3,6}[*xX•·]{2,12}\d{0,6}(?!\w)",  # a card's number with its middle hidden
)
_FROM_A_MARK = (
    r"\+ ?\d[\d ().-]{4,22}\d|\(\d{2,5}\) ?\d[\d -]{2,14}\d(?!\d)",  # phones
    rf"(?<![\w-])(?:{_MONTHS})[a-z]{{0,7}}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?(?!\w)",  # dates
    r"(?<![A-Za-z0-9])[*xX•]{1,24}[ -]?\d{2,6}(?![A-Za-z0-9*])",  # the ends of card numbers
    r"(?<![\w·])·{1,24} ?\d{2,6}(?!\w)|(?<![\d.])\.{2,8} ?\d{3,5}(?!\d)",
)
_FORMS = re.compile(rf"(?=\d)(?:{'|'.join(_FROM_A_DIGIT)})|(?=\D)(?:{'|'.join(_FROM_A_MARK)})", re.IGNORECASE)
LONGEST_RUN = 400
"""Characters without a space: more of them are no words, and nothing in them is a code."""


def masked(text: str) -> str:
    text = _ASCII_RUN.sub(lambda run: _without_link(run[0]), text)
    text = _HASH.sub(_blank, text.rstrip())
    return _FORMS.sub(_blank, text)


def _without_link(run: str) -> str:
    if len(run) > LONGEST_RUN:
        return OPAQUE * len(run)
    if "/" not in run and "@" not in run and "www" not in run:
        return run
    found = _LINK_START.search(run)
    return run if found is None else run[: found.start()] + OPAQUE * (len(run) - found.start())


def _blank(found: re.Match[str]) -> str:
    return OPAQUE * len(found[0])
