"""Numbers that no word names: one that a person is told to enter, and one that stands all by itself."""

from bot.domain.codes.kinds import Kind
from bot.domain.codes.row import CODES, ENDS, LINKS, OPEN, OTHERS, STEPS, YEAR, Row


def entered(row: Row, spoken_of: bool) -> str | None:
    """`Use 482913 to sign in`: told to enter, in a text that speaks of verification."""
    if not spoken_of:
        return None
    return _only(
        row,
        [
            place
            for place in row.live
            if row.kind(row.back(place, (*OPEN, *LINKS))) is Kind.ACTION or _is_for_verifying(row, place)
        ],
    )


def _is_for_verifying(row: Row, place: int) -> bool:
    after = row.forward(place + 1, (Kind.QUOTE,))
    if row.kind(after) is not Kind.PREPOSITION or row.kind(row.back(place, (Kind.QUOTE,))) is Kind.WORD:
        return False
    return row.kind(row.forward(after + 1, (Kind.FILLER,))) is Kind.VERIFY


def alone(row: Row, spoken_of: bool) -> str | None:
    """In a clause of its own, with no more than a name in brackets beside it."""
    found = [place for place in row.live if _stands_alone(row, place)]
    if spoken_of:
        return _only(row, found)
    bare = all(kind in (*OPEN, *LINKS, *ENDS, Kind.NUMBER, Kind.OPAQUE, Kind.COMMA) for kind in row.kinds)
    return _only(row, found, mixed=bare) if len(row.numbers) == len(found) and _is_bare(row, found) else None


def _is_bare(row: Row, places: list[int]) -> bool:
    """Whether the text is nothing but these and a name in brackets."""
    return all(
        kind is not Kind.WORD or _is_bracketed(row, place)
        for place, kind in enumerate(row.kinds)
        if place not in places and kind not in (*OPEN, *LINKS, *ENDS, Kind.OPAQUE, Kind.COMMA)
    ) and not any(kind in (*OTHERS, Kind.VALIDITY, Kind.PREPOSITION, Kind.DEAD) for kind in row.kinds)


def _is_bracketed(row: Row, place: int) -> bool:
    """A name between brackets: `[Acme]`."""
    start, end = place, place
    while start > 0 and place - start < 3 and row.kinds[start] is Kind.WORD:
        start -= 1
    while end + 1 < len(row.kinds) and end - place < 3 and row.kinds[end] is Kind.WORD:
        end += 1
    return row.kinds[start] is row.kinds[end] is Kind.QUOTE


def _stands_alone(row: Row, place: int) -> bool:
    for step in (-1, 1):
        for near in range(place + step, place + step * STEPS, step):
            kind = row.kind(near)
            if kind is None or kind in ENDS:
                if _is_abbreviation(row, near):
                    return False
                break
            if kind not in (*OPEN, *LINKS, Kind.OPAQUE) and not (kind is Kind.WORD and _is_bracketed(row, near)):
                return False
    before = row.back(place, (*OPEN, *LINKS, *ENDS))
    return row.kind(before) not in (*OTHERS, Kind.PREPOSITION, Kind.VALIDITY)


def _is_abbreviation(row: Row, place: int) -> bool:
    """Whether this full stop may end a short word and no sentence: "zlec. 8812"."""
    if row.kind(place) is not Kind.STOP or row.tokens[place].text != "." or row.kind(place - 1) in CODES:
        return False
    return len(row.tokens[place - 1].text) <= 4 and row.kind(place - 1) is not Kind.NUMBER


def _only(row: Row, places: list[int], *, mixed: bool = False) -> str | None:
    tokens = [row.tokens[place] for place in places]
    sound = [token for token in tokens if not token.shaky or (mixed and not token.code.isdigit())]
    codes = {token.code for token in sound if not YEAR.fullmatch(token.code)}
    return codes.pop() if len(codes) == 1 and len(sound) == len(tokens) else None
