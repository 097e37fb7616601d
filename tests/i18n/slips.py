"""What translators get wrong, found by rule: each check yields a line for every slip in a translation of a message."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

from babel.messages.catalog import Message

from bot.i18n.completeness import strings_of

AS_IN_ENGLISH = "as in English"
"""The translator's comment beside a message that is meant to be the same in both languages."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NAMES = _words(
    """
    Telegram HidSim SMS ID IDs CSV Excel XLSX HTTP UTC BotFather Python MB KB ms s OK Start PNG WhatsApp Google
    prepaid shared closed off telegram brazil admin buyer DAYS AMOUNT ROLE ACCESS BILLING
    """
)
"""Words that stay as they are in every language: names, what is typed, settings and their values."""
_LATIN = {"en", "es", "pt_BR", "tr", "id", "vi"}
_ENGLISH = _words(
    """
    the and you your yours with this that these were which when will don't can't it's its nothing number numbers
    order orders buy bought code codes tap again price prices everybody nobody somebody how what where
    """
)
"""Words of English that no other of our languages has."""
_FOREIGN = {
    "ru": "іїєґІЇЄҐ",
    "uk": "ыэъёЫЭЪЁ",
    "ar": "پچژگیک",
    "fa": "يكىة",
    "zh_Hans": "號碼點選購買訂單餘額請關閉價國應無這個",
}
"""Letters of a neighbouring language: they look alike, are typed by mistake, and are found by no search."""

_SETTING, _PROGRAM = r"\b[A-Z]+_[A-Z_]+\b|\b[A-Z_]+=\w+", r"\bhidsim-bot [a-z]+"
_NOT_WORDS = re.compile(rf"\{{\w+\}}|<code>.*?</code>|<[^<>]*>|/[a-z]+(?: [A-Z]+)*|{_SETTING}|{_PROGRAM}")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_KEPT = re.compile(rf"(?<![\w<])/[a-z]+\b|{_SETTING}|{_PROGRAM}|@BotFather\b")
_EXAMPLE = re.compile(r"<code>[^{<]*</code>")
_NUMBER = re.compile(r"[\d.]+")
_LABEL = re.compile(
    r"“([A-Z][^”{]*)”|\b(?:[Tt]ap|under) (?:<b>)?([A-Z][\w ]*?)(?:</b>)?(?=[.,:;]| (?:to|and|in|or|under)\b|$)"
)
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

Check = Callable[[Message, str, str, str], Iterator[str]]
"""(message, the English that this form translates, its translation, the language)"""


def words(text: str) -> list[str]:
    """Those that are said: no placeholders, tags, commands and settings."""
    return _WORD.findall(_NOT_WORDS.sub(" ", text))


def script(letter: str) -> str:
    """LATIN, CYRILLIC, ARABIC, …"""
    return unicodedata.name(letter, "?").partition(" ")[0]


def copied(message: Message, english: str, said: str, language: str) -> Iterator[str]:
    meant = AS_IN_ENGLISH in " ".join(message.user_comments)
    if said == english and set(words(english)) - NAMES and not meant:
        yield f"is the English; if it is meant so, write the comment “# {AS_IN_ENGLISH}” above it"


def left_in_english(message: Message, english: str, said: str, language: str) -> Iterator[str]:
    if said == english:
        return
    for word in words(said):
        if word in NAMES:
            continue
        if language in _LATIN:
            if word.lower() in _ENGLISH and AS_IN_ENGLISH not in " ".join(message.user_comments):
                yield f"“{word}” is English"
        elif script(word[0]) == "LATIN" and AS_IN_ENGLISH not in " ".join(message.user_comments):
            yield f"“{word}” is in Latin letters"


def mixed(message: Message, english: str, said: str, language: str) -> Iterator[str]:
    """Letters that look like others: a Latin c in a Cyrillic word, a Cyrillic а in a Spanish one."""
    for word in words(said):
        scripts = {script(letter) for letter in word if letter.isalpha()} & {"LATIN", "CYRILLIC", "GREEK"}
        if len(scripts) > 1 or (language in _LATIN and scripts - {"LATIN"}):
            yield f"“{word}” has letters of another script"
    if strange := set(_FOREIGN.get(language, "")) & set(said):
        yield f"{' '.join(sorted(strange))} belongs to another language"


def blanks(message: Message, english: str, said: str, language: str) -> Iterator[str]:
    ends = (said[: len(said) - len(said.lstrip())], said[len(said.rstrip()) :])
    if ends != (english[: len(english) - len(english.lstrip())], english[len(english.rstrip()) :]):
        yield "begins or ends with other blanks than the English"
    if "  " in said and "  " not in english:
        yield "has two blanks in a row"
    if said.count("\n") != english.count("\n"):
        yield "has other line ends than the English"


def kept(message: Message, english: str, said: str, language: str) -> Iterator[str]:
    """Commands and settings are typed as they are, examples with the same numbers; signs are one look for all."""
    for part in set(_KEPT.findall(english)) - set(_KEPT.findall(said)):
        yield f"{part} is missing"
    if _examples(english) != _examples(said):
        yield "examples: other ones, or of other numbers"
    signs = [{one for one in text if unicodedata.category(one) == "So"} for text in (english, said)]
    if signs[0] != signs[1]:
        yield f"signs: {''.join(sorted(signs[0])) or 'none'} became {''.join(sorted(signs[1])) or 'none'}"


def _examples(text: str) -> list[list[str]]:
    """The numbers of each: its words may be the language's own, which people type."""
    return [_NUMBER.findall(one) for one in _EXAMPLE.findall(text)]


def direction(message: Message, english: str, said: str, language: str) -> Iterator[str]:
    if _DIRECTION & set(said):
        yield "has marks of direction: the bot isolates values by itself"


CHECKS: tuple[Check, ...] = (copied, left_in_english, mixed, blanks, kept, direction)


def slips(message: Message, language: str) -> Iterator[str]:
    """All slips of all forms of a translated message."""
    english, forms = strings_of(message.id), strings_of(message.string)
    for at, said in enumerate(forms):
        source = english[0] if len(english) == 1 or (at == 0 and len(forms) > 1) else english[-1]
        for check in CHECKS:
            yield from check(message, source, said, language)


def labels_named(english: str) -> list[str]:
    """The buttons that a sentence names: “Another SMS”, Tap Refresh, Tap <b>Close</b>."""
    return [one or other for one, other in _LABEL.findall(english)]


def misnamed(message: Message, translations: Mapping[str, str]) -> Iterator[str]:
    """Buttons that a sentence calls otherwise than they are called."""
    for source, said in zip(strings_of(message.id), strings_of(message.string), strict=False):
        for label in labels_named(source):
            name = translations.get(label)
            if name and name.casefold() not in said.casefold():
                yield f"names the button “{label}”, which is called “{name}”"
