"""Which class a word belongs to: whole words, stems, and words inside a run of letters without spaces."""

import re
from functools import cache

from bot.domain.codes.kinds import Kind
from bot.domain.codes.labels import LABELS
from bot.domain.codes.plain import folded, plain
from bot.domain.codes.words import DIGIT_WORDS, PREFIXES, WORDS

_LONGEST_WORD = 24
_SHORTEST_STEM = 2
_COMPOUND = ("code", "coden", "codes", "codet", "kod", "koden", "kode", "kodet", "passwort", "pin", "tan", "losenord")
"""How German, Dutch and Swedish end a word that means a code."""

_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]"
)


def is_spaceless(character: str) -> bool:
    """Whether its script puts no space between words, or glues particles to numbers."""
    return _SPACELESS.match(character) is not None


def kind_of(word: str) -> Kind:
    """The class of one whole word, as it stands in a plain text."""
    word = folded(word)[:_LONGEST_WORD]
    found = _known(word)
    if found is None and "\u0600" <= word[:1] <= "\u06ff":
        found = next(
            (kind for prefix in PREFIXES if word.startswith(prefix) and (kind := _known(word[len(prefix) :]))), None
        )
    if found in (None, Kind.VERIFY) and len(word) > 6 and (word.endswith(_COMPOUND) or "koodi" in word):
        found = Kind.GENERIC if found is None else Kind.CODE
    return found or Kind.WORD


def _known(word: str) -> Kind | None:
    whole, stems = _lexicon()
    if (found := whole.get(word)) is not None:
        return found
    for length in range(len(word), _SHORTEST_STEM - 1, -1):
        if (found := stems.get(word[:length])) is not None:
            return found
    return None


def split(run: str) -> list[tuple[str, Kind]]:
    """The known words in a run of letters without spaces, and what lies between them."""
    pieces: list[tuple[str, Kind]] = []
    end = 0
    for found in _inside().finditer(run):
        if found.start() > end:
            pieces.append((run[end : found.start()], Kind.WORD))
        pieces.append((found[0], _lexicon()[0][folded(found[0])]))
        end = found.end()
    if end < len(run):
        pieces.append((run[end:], Kind.WORD))
    return pieces


def digit_of(word: str) -> str | None:
    return _digit_words().get(folded(word))


@cache
def _lexicon() -> tuple[dict[str, Kind], dict[str, Kind]]:
    """(whole words, stems). A word given to two classes belongs to the first."""
    whole: dict[str, Kind] = {}
    stems: dict[str, Kind] = {}
    for kind, words in (LABELS | WORDS).items():
        for word in map(folded, plain(words).split()):
            (stems if word.endswith("*") else whole).setdefault(word.rstrip("*"), kind)
    return whole, stems


@cache
def _inside() -> re.Pattern[str]:
    words = sorted((word for word in _lexicon()[0] if is_spaceless(word[0])), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@cache
def _digit_words() -> dict[str, str]:
    words: dict[str, str] = {}
    for line in DIGIT_WORDS:
        for digit, word in enumerate(line.split()):
            words.setdefault(folded(plain(word)), str(digit))
    words.pop("-", None)
    return words
