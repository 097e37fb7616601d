"""Which number a text calls its code.

Each number is first asked what its neighbours say against it: "account 9024", "for 9024", "9024 points", "111222 has
expired". Then each word for a code names at most one of the others: the one right behind it, the one of which it is said
("5571 is your OTP"), or the one behind a phrase that ends in "is" or a colon. Only where no word names one does a number
count that one is told to enter, or that stands all by itself. Two that are called the code alike are none.
"""

import re
from dataclasses import replace

from bot.domain.codes.plain import folded
from bot.domain.codes.tokens import Token
from bot.domain.codes.words import (
    AS,
    FINNISH_ENDS,
    GENITIVES,
    NOT_LETTER_CODES,
    POLISH_BEHIND,
    POLISH_CODES,
    VIETNAMESE_CODES,
    VIETNAMESE_MARKS,
    VIETNAMESE_OTHERS,
    Kind,
)

_CODES = (Kind.CODE, Kind.GENERIC)
_OTHERS = (Kind.OTHER, Kind.MODIFIER, Kind.PROMOTION)
_MODIFIERS = (Kind.MODIFIER, Kind.PROMOTION)
_OPEN = (Kind.FILLER, Kind.QUOTE, Kind.JOINER, Kind.NEW)
"""What may stand anywhere inside of a phrase."""
_LINKS = (Kind.COPULA, Kind.LINK)
_ENDS = (Kind.STOP, Kind.LINE)
_CLAUSE_STARTS = (None, *_ENDS, *_LINKS, Kind.ACTION)
_PHRASE = 16
"""Tokens at most between a word for a code and its number."""
_MOST = 100
"""Candidates, and words for a code, in a text that can be an SMS of a service."""
_STEPS = 12
"""Tokens at most that are passed over in one step."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_LETTERS = re.compile(r"[A-Z]{4,8}|[a-z]{4,8}")


def code_in(tokens: list[Token]) -> str | None:
    if max(sum(token.kind is Kind.NUMBER for token in tokens), sum(token.kind in _CODES for token in tokens)) > _MOST:
        return None
    return _Reading(tokens).code()


class _Reading:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = _in_context(tokens)
        self.kinds = [token.kind for token in self.tokens]
        for place, kind in enumerate(self.kinds):
            if kind is Kind.GENERIC and self._is_something_else(place):
                self.kinds[place] = Kind.OTHER
        self.numbers = [place for place, kind in enumerate(self.kinds) if kind is Kind.NUMBER]
        self.ruled_out: set[int] = set()
        for place in self.numbers:
            if self._is_ruled_out(place):
                self.ruled_out.add(place)
        self.live = [place for place in self.numbers if place not in self.ruled_out]

    def code(self) -> str | None:
        named: dict[int, bool] = {}
        spoken_of = False
        for place, kind in enumerate(self.kinds):
            if kind in _CODES and not self._is_promotion(place) and not self._is_negated(place):
                spoken_of = True
                for number in self._named_by(place):
                    named[number] = named.get(number, False) or self._is_new(place)
        if named:
            return self._one_of(named)
        if self.live or not spoken_of:
            spoken_of = spoken_of or Kind.VERIFY in self.kinds
            return self._entered(spoken_of) or self._alone(spoken_of)
        return self._lettered()

    def _one_of(self, named: dict[int, bool]) -> str | None:
        codes = {self.tokens[place].code for place in named}
        if len(codes) > 1:
            codes = {self.tokens[place].code for place, is_new in named.items() if is_new}
        return codes.pop() if len(codes) == 1 else None

    # What speaks against a number

    def _is_ruled_out(self, place: int) -> bool:
        return self._is_governed(place) or self._is_said_to_be_else(place) or self._is_dead(place)

    def _is_governed(self, place: int) -> bool:
        """By the nearest word before it: "order 55120", "for 9024"."""
        before, linked = self._back(place)
        if before < 0:
            return False
        kind = self.kinds[before]
        if kind in (Kind.PREPOSITION, Kind.VALIDITY):
            return not (linked and self._kind(before + 1) is Kind.FILLER)  # "the code of you is"
        if kind is Kind.NEGATION:
            return True
        if kind is Kind.MONTH:
            return _YEAR.fullmatch(self.tokens[place].code) is not None
        return kind in _OTHERS and not (linked and self._is_object(before))

    def _back(self, place: int) -> tuple[int, bool]:
        """The nearest word before that says something, and whether "is" or a colon stands between. -1: none."""
        linked, place = False, place - 1
        end = max(-1, place - _STEPS)
        while place > end:
            kind = self.kinds[place]
            if kind in _LINKS:
                linked = True
            elif kind is Kind.LINE:
                if place == 0 or self.kinds[place - 1] not in (*_LINKS, Kind.LINE):
                    return -1, linked
            elif kind not in _OPEN:
                return (place, linked) if kind not in (Kind.STOP, Kind.COMMA) else (-1, linked)
            place -= 1
        return -1, linked

    def _is_object(self, place: int) -> bool:
        """Whether this "account" belongs to "the code for your account"."""
        passed = 0
        for before in range(place - 1, max(-1, place - 10), -1):
            kind = self.kinds[before]
            if kind in _CODES:
                return True
            if kind in (Kind.STOP, Kind.LINE, Kind.COMMA, Kind.LINK, Kind.COPULA, Kind.NUMBER):
                return False
            passed += kind is Kind.WORD
            if passed > 5:
                return False
        return False

    def _is_said_to_be_else(self, place: int) -> bool:
        """By what stands right behind it: "9024 points", "9024 is 5571", "55120 is your order"."""
        after = self._forward(place + 1, (Kind.QUOTE, Kind.JOINER))
        kind = self._kind(after)
        if kind in (Kind.UNIT, Kind.POSTPOSITION):
            return True
        if kind is Kind.MONTH:
            return _YEAR.fullmatch(self.tokens[place].code) is not None
        if kind in _OTHERS and not self._leads_to_code(after):
            return self._back(place)[0] < 0 or self.kinds[self._back(place)[0]] not in (
                *_CODES,
                Kind.VERIFY,
                Kind.ACTION,
            )
        if kind not in _LINKS:
            return False
        further = self._forward(after + 1, (*_OPEN, *_LINKS))
        if self._kind(further) in (Kind.NUMBER, Kind.OPAQUE):
            is_name = not self.tokens[further].code.isdigit() and self._leads_to_code(further)
            return not is_name and self.tokens[further].code not in ("", self.tokens[place].code)
        return kind is Kind.COPULA and self._is_other_phrase(further)

    def _is_other_phrase(self, place: int) -> bool:
        for after in range(place, min(place + 5, len(self.kinds))):
            kind = self.kinds[after]
            if kind in _OTHERS:
                return not self._leads_to_code(after)
            if kind in (*_CODES, Kind.VERIFY, *_ENDS, Kind.PREPOSITION):
                return False
        return False

    def _leads_to_code(self, place: int) -> bool:
        return any(kind in (*_CODES, Kind.VERIFY) for kind in self.kinds[place + 1 : place + 4])

    def _is_dead(self, place: int) -> bool:
        for after in range(place + 1, min(place + 10, len(self.kinds))):
            kind = self.kinds[after]
            if kind is Kind.DEAD:
                return self._kind(self._forward(after + 1, (*_OPEN, Kind.VERIFY))) not in _CODES or self._is_said(
                    place, after
                )
            if kind in (Kind.STOP, Kind.LINE, Kind.COMMA, Kind.NUMBER):
                break
        for before in range(place - 1, max(-1, place - 6), -1):
            kind = self.kinds[before]
            if kind is Kind.DEAD:
                return self._kind(before + 1) not in (Kind.COMMA, Kind.STOP, Kind.LINE)
            if kind not in (*_OPEN, *_CODES, *_LINKS, Kind.VERIFY) or kind is Kind.NEW:
                break
        return False

    def _is_said(self, place: int, what: int) -> bool:
        """Whether only "is" and "your" stand between."""
        between = self.kinds[place + 1 : what]
        return Kind.COPULA in between and all(kind in (*_OPEN, *_LINKS) for kind in between)

    # What a word for a code names

    def _named_by(self, place: int) -> list[int]:
        right, right_link = self._right_of(place)
        left, is_said = self._left_of(place)
        if left is not None and is_said:
            return [left, right] if right is not None and right_link not in (None, Kind.LINE) else [left]
        if right is not None:
            return [right]
        if left is not None:
            return [left]
        far = self._far_right_of(place)
        return [far] if far is not None else []

    def _right_of(self, place: int) -> tuple[int | None, Kind | None]:
        """The number directly behind, and what links it: "is", a colon, the end of a line, or nothing."""
        link: Kind | None = None
        passed = (*_OPEN, *_CODES, Kind.VERIFY, Kind.ACTION)
        for after in range(place + 1, min(place + _PHRASE, len(self.kinds))):
            kind = self.kinds[after]
            if kind in _LINKS:
                link = kind
            elif kind is Kind.LINE or (kind is Kind.STOP and "\n" in self.tokens[after].text):
                link = link or Kind.LINE
            elif kind is Kind.NUMBER:
                return (
                    (after, link or Kind.FILLER) if self._may_be_named(after, linked=link is not None) else (None, None)
                )
            elif kind is Kind.PREPOSITION:
                if self._kind(self._forward(after + 1, _OPEN)) is not Kind.VERIFY:
                    return None, None
            elif kind not in passed:
                return None, None
        return None, None

    def _may_be_named(self, number: int, *, linked: bool) -> bool:
        token = self.tokens[number]
        if number in self.ruled_out:
            return False
        if not token.code.isdigit() and not linked and self._kind(self._forward(number + 1, _OPEN)) is Kind.NUMBER:
            return False
        return True

    def _left_of(self, place: int) -> tuple[int | None, bool]:
        """The number of which the word is said, and whether by "is"."""
        link: Kind | None = None
        words = 0
        for before in range(place - 1, max(-1, place - _PHRASE), -1):
            kind = self.kinds[before]
            if kind is Kind.NUMBER and (
                link is not None or self.tokens[before].code.isdigit() or self._is_taken_as(before)
            ):
                fits = before not in self.ruled_out and self._may_be_spoken_of(before, place, link, words)
                return (before if fits else None), fits and link is Kind.COPULA
            if kind in _LINKS:
                link = kind if link is not Kind.COPULA else link
            elif kind is Kind.COMMA and words == 0 and self._kind(before - 1) is Kind.NUMBER:
                link = link or Kind.COMMA
            elif kind in (Kind.WORD, Kind.OTHER, Kind.NUMBER) and link is not Kind.COPULA:
                words += 1
            elif kind not in (*_OPEN, *_CODES, Kind.VERIFY, Kind.POSTPOSITION):
                return None, False
        return None, False

    def _may_be_spoken_of(self, number: int, place: int, link: Kind | None, words: int) -> bool:
        """`482913 - your code` at the start of a clause; `Brand 482913 is your code` anywhere."""
        token = self.tokens[number]
        if link is Kind.COPULA:
            return words <= 5
        if not token.code.isdigit():
            return link is None and self._is_taken_as(number)
        if link is not Kind.LINK and (token.shaky or words > 2 or not self._are_names(number, place)):
            return False
        if words > 4:
            return False
        before = number - 1
        if self._kind(before) is Kind.QUOTE and self.tokens[before].text in (")", "]"):
            return True
        return self._kind(self._back_while(number, (Kind.QUOTE,))) in _CLAUSE_STARTS

    def _are_names(self, start: int, end: int) -> bool:
        """Whether the unknown words between are written as names are: `482913 your Acme code`."""
        between = range(start + 1, end)
        return all(self.tokens[near].text[:1].isupper() for near in between if self.kinds[near] is Kind.WORD)

    def _is_taken_as(self, number: int) -> bool:
        """`use 7KD2QX as your code`."""
        return number + 1 < len(self.tokens) and folded(self.tokens[number + 1].text) in AS

    def _far_right_of(self, place: int) -> int | None:
        """`OTP for your card 9024 is 5571`: behind a phrase that ends in "is", a colon or "enter"."""
        words = commas = 0
        in_phrase = self._starts_phrase(place)
        for after in range(place + 1, min(place + 2 * _PHRASE, len(self.kinds))):
            kind = self.kinds[after]
            if kind is Kind.NUMBER and after not in self.ruled_out:
                return after if self._is_linked(after) else None
            if kind in (Kind.STOP, Kind.DEAD, *_CODES):
                return None
            commas += kind in (Kind.COMMA, Kind.LINE)
            words += kind is Kind.WORD
            if commas > (2 if in_phrase else 0) or words > (10 if in_phrase else 5):
                return None
        return None

    def _starts_phrase(self, place: int) -> bool:
        after = self._forward(place + 1, (*_OPEN, Kind.VERIFY))
        return self._kind(after) is Kind.PREPOSITION or self._kind(place + 1) is Kind.QUOTE

    def _is_linked(self, number: int) -> bool:
        before = self._back_while(number, (Kind.QUOTE, Kind.FILLER, Kind.NEW))
        return self._kind(before) in (*_LINKS, Kind.VERIFY, Kind.ACTION)

    # Where no word names one

    def _entered(self, spoken_of: bool) -> str | None:
        """`Use 482913 to sign in`: told to enter, in a text that speaks of verification."""
        if not spoken_of:
            return None
        return self._only(
            [
                place
                for place in self.live
                if self._kind(self._back_while(place, (*_OPEN, *_LINKS))) is Kind.ACTION
                or self._is_for_verifying(place)
            ]
        )

    def _is_for_verifying(self, place: int) -> bool:
        after = self._forward(place + 1, (Kind.QUOTE,))
        if self._kind(after) is not Kind.PREPOSITION or self._kind(self._back_while(place, (Kind.QUOTE,))) is Kind.WORD:
            return False
        return self._kind(self._forward(after + 1, (Kind.FILLER,))) is Kind.VERIFY

    def _alone(self, spoken_of: bool) -> str | None:
        """In a clause of its own, with no more than a name in brackets beside it."""
        found = [place for place in self.live if self._stands_alone(place)]
        if spoken_of:
            return self._only(found)
        bare = all(kind in (*_OPEN, *_LINKS, *_ENDS, Kind.NUMBER, Kind.OPAQUE, Kind.COMMA) for kind in self.kinds)
        return self._only(found, mixed=bare) if len(self.numbers) == len(found) and self._is_bare(found) else None

    def _is_bare(self, places: list[int]) -> bool:
        """Whether the text is nothing but these and a name in brackets."""
        return all(
            kind is not Kind.WORD or self._is_bracketed(place)
            for place, kind in enumerate(self.kinds)
            if place not in places and kind not in (*_OPEN, *_LINKS, *_ENDS, Kind.OPAQUE, Kind.COMMA)
        ) and not any(kind in (*_OTHERS, Kind.VALIDITY, Kind.PREPOSITION, Kind.DEAD) for kind in self.kinds)

    def _is_bracketed(self, place: int) -> bool:
        """A name between brackets: `[Acme]`."""
        start, end = place, place
        while start > 0 and place - start < 3 and self.kinds[start] is Kind.WORD:
            start -= 1
        while end + 1 < len(self.kinds) and end - place < 3 and self.kinds[end] is Kind.WORD:
            end += 1
        return self.kinds[start] is self.kinds[end] is Kind.QUOTE

    def _stands_alone(self, place: int) -> bool:
        for step in (-1, 1):
            for near in range(place + step, place + step * _STEPS, step):
                kind = self._kind(near)
                if kind is None or kind in _ENDS:
                    break
                if kind not in (*_OPEN, *_LINKS, Kind.OPAQUE) and not (kind is Kind.WORD and self._is_bracketed(near)):
                    return False
        before = self._back_while(place, (*_OPEN, *_LINKS, *_ENDS))
        return self._kind(before) not in (*_OTHERS, Kind.PREPOSITION, Kind.VALIDITY)

    def _only(self, places: list[int], *, mixed: bool = False) -> str | None:
        tokens = [self.tokens[place] for place in places]
        sound = [token for token in tokens if not token.shaky or (mixed and not token.code.isdigit())]
        codes = {token.code for token in sound if not _YEAR.fullmatch(token.code)}
        return codes.pop() if len(codes) == 1 and len(sound) == len(tokens) else None

    def _lettered(self) -> str | None:
        """`SITE PASSCODE: tolvek`: letters alone behind a word for a code and a colon, up to the end of their line."""
        found = set[str]()
        for place, kind in enumerate(self.kinds):
            if kind not in _CODES or self._is_promotion(place):
                continue
            after = self._forward(place + 1, (Kind.QUOTE, Kind.LINK, Kind.COPULA, Kind.LINE, Kind.FILLER))
            after = after if self._kind(after) is not Kind.STOP or self._kind(after - 1) is not Kind.LINK else after + 1
            if self._is_lettered_code(place, after):
                found.add(self.tokens[after].text)
        return found.pop() if len(found) == 1 else None

    def _is_lettered_code(self, place: int, after: int) -> bool:
        if self._kind(after) is not Kind.WORD or not _LETTERS.fullmatch(self.tokens[after].text):
            return False
        between = self.kinds[place + 1 : after]
        text = self.tokens[after].text
        linked = Kind.LINK in between or (Kind.COPULA in between and text.isupper())
        ended = self._kind(self._forward(after + 1, (Kind.QUOTE,))) in (None, *_ENDS)
        return linked and ended and folded(text) not in NOT_LETTER_CODES

    # Steps

    def _kind(self, place: int) -> Kind | None:
        return self.kinds[place] if 0 <= place < len(self.kinds) else None

    def _forward(self, place: int, over: tuple[Kind, ...]) -> int:
        end = min(len(self.kinds), place + _STEPS)
        while place < end and self.kinds[place] in over:
            place += 1
        return place

    def _back_while(self, place: int, over: tuple[Kind, ...]) -> int:
        place -= 1
        end = max(-1, place - _STEPS)
        while place > end and self.kinds[place] in over:
            place -= 1
        return place

    def _is_new(self, place: int) -> bool:
        near = self.kinds[max(0, place - 3) : place + 4]
        return Kind.NEW in near

    def _is_negated(self, place: int) -> bool:
        return self._kind(self._back_while(place, (*_OPEN, Kind.VERIFY, *_CODES))) is Kind.NEGATION

    def _is_promotion(self, place: int) -> bool:
        """Whether its sentence speaks of a discount."""
        start = end = place
        while start > 0 and self.kinds[start - 1] not in _ENDS and place - start < 40:
            start -= 1
        while end + 1 < len(self.kinds) and self.kinds[end + 1] not in _ENDS and end - place < 40:
            end += 1
        return Kind.PROMOTION in self.kinds[start : end + 1]

    def _is_something_else(self, place: int) -> bool:
        """Whether a word beside it makes this code an "order code", "código de pedido" or "код товара"."""
        before = self._back_while(place, (Kind.JOINER, Kind.VERIFY))
        if self._kind(before) in _MODIFIERS and place - before <= 3:
            return True
        after = place + 1
        if self._kind(after) is Kind.PREPOSITION and folded(self.tokens[after].text) in GENITIVES:
            after = self._forward(after + 1, (Kind.FILLER, Kind.PREPOSITION))
        return self._kind(self._forward(after, (Kind.JOINER,))) in _MODIFIERS


def _in_context(tokens: list[Token]) -> list[Token]:
    """Words that mean different things in different languages, by their neighbours."""
    read = list(tokens)
    words = [folded(token.text) for token in tokens]
    is_vietnamese = not VIETNAMESE_MARKS.isdisjoint(words)
    last_code = ""
    for place, token in enumerate(tokens):
        if token.kind in (*_CODES, Kind.VERIFY):
            last_code = words[place]
        behind = words[place + 1] if place + 1 < len(words) else ""
        kind = token.kind
        match words[place]:
            case "to" if last_code.startswith(POLISH_CODES) or behind in POLISH_BEHIND:
                kind = Kind.COPULA
            case "on" if last_code.endswith(FINNISH_ENDS):
                kind = Kind.COPULA
            case "la" if is_vietnamese:
                kind = Kind.COPULA
            case "ma":
                kind = _vietnamese(behind)
            case _ if kind is Kind.DEAD and _is_only_going_to(words[place - 1] if place else "", behind):
                kind = Kind.WORD
        if kind is not token.kind:
            read[place] = replace(token, kind=kind)
    return read


def _vietnamese(following: str) -> Kind:
    if following in VIETNAMESE_CODES:
        return Kind.GENERIC
    return Kind.MODIFIER if following in VIETNAMESE_OTHERS else Kind.WORD


def _is_only_going_to(before: str, behind: str) -> bool:
    """ "will be expired", "expired in 5 minutes": not yet."""
    return before in ("be", "get", "if") or behind in ("in", "after", "within")
