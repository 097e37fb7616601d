"""What the neighbours of a number say against it: "account 9024", "for 9024", "9024 points", "111222 has expired"."""

from bot.domain.codes.kinds import Kind
from bot.domain.codes.row import CODES, ENDS, LINKS, OPEN, OTHERS, STEPS, YEAR, Row


def is_ruled_out(row: Row, place: int) -> bool:
    return _is_governed(row, place) or _is_said_to_be_else(row, place) or _is_dead(row, place)


def _is_governed(row: Row, place: int) -> bool:
    """By the nearest word before it: "order 55120", "for 9024"; not by "the code of you is"."""
    before, linked = _back(row, place)
    if before < 0:
        return False
    kind = row.kinds[before]
    if kind in (Kind.PREPOSITION, Kind.VALIDITY):
        return not (linked and row.kind(before + 1) is Kind.FILLER)
    if kind is Kind.NEGATION:
        return True
    if kind is Kind.MONTH:
        return YEAR.fullmatch(row.tokens[place].code) is not None
    return kind in OTHERS and not (linked and _is_object(row, before) and _ends_there(row, place))


def _back(row: Row, place: int) -> tuple[int, bool]:
    """The nearest word before that says something, and whether "is" or a colon stands between. -1: none."""
    linked, place = False, place - 1
    end = max(-1, place - STEPS)
    while place > end:
        kind = row.kinds[place]
        if kind in LINKS:
            linked = True
        elif kind is Kind.LINE:
            if place == 0 or row.kinds[place - 1] not in (*LINKS, Kind.LINE):
                return -1, linked
        elif kind not in OPEN:
            return (place, linked) if kind not in (Kind.STOP, Kind.COMMA) else (-1, linked)
        place -= 1
    return -1, linked


def _ends_there(row: Row, place: int) -> bool:
    """Longer than a card's end, or the last of its clause: "code for your account: 4829", not "card: 4829 is"."""
    after = row.kind(row.forward(place + 1, (Kind.QUOTE,)))
    behind_colon = row.kinds[place - 1] is Kind.LINK
    return not behind_colon or len(row.tokens[place].code) > 5 or after in (None, *ENDS, Kind.COMMA)


def _is_object(row: Row, place: int) -> bool:
    """Whether this "account" belongs to "the code for your account", and not to "code requested for the account"."""
    passed = 0
    in_phrase = True
    for before in range(place - 1, max(-1, place - 10), -1):
        kind = row.kinds[before]
        if kind in CODES:
            return True
        if kind in (Kind.STOP, Kind.LINE, Kind.COMMA, Kind.LINK, Kind.COPULA, Kind.NUMBER, Kind.VALIDITY):
            return False
        in_phrase = in_phrase and kind is not Kind.PREPOSITION
        passed += kind is Kind.WORD
        if passed > 5 or (kind is Kind.WORD and not in_phrase and row.tokens[before].text.islower()):
            return False
    return False


def _is_said_to_be_else(row: Row, place: int) -> bool:
    """By what stands right behind it: "9024 points", "9024 is 5571", "55120 is your order"."""
    after = row.forward(place + 1, (Kind.QUOTE, Kind.JOINER))
    kind = row.kind(after)
    if kind in (Kind.UNIT, Kind.POSTPOSITION):
        return True
    if kind is Kind.MONTH:
        return YEAR.fullmatch(row.tokens[place].code) is not None
    if kind in OTHERS and not leads_to_code(row, after):
        return _back(row, place)[0] < 0 or row.kinds[_back(row, place)[0]] not in (
            *CODES,
            Kind.VERIFY,
            Kind.ACTION,
        )
    if kind not in LINKS:
        return False
    further = row.forward(after + 1, (*OPEN, *LINKS))
    if row.kind(further) in (Kind.NUMBER, Kind.OPAQUE):
        is_name = not row.tokens[further].code.isdigit() and leads_to_code(row, further)
        return not is_name and row.tokens[further].code not in ("", row.tokens[place].code)
    return kind is Kind.COPULA and _is_other_phrase(row, further)


def _is_other_phrase(row: Row, place: int) -> bool:
    for after in range(place, min(place + 5, len(row.kinds))):
        kind = row.kinds[after]
        if kind in OTHERS:
            return not leads_to_code(row, after)
        if kind in (*CODES, Kind.VERIFY, *ENDS, Kind.PREPOSITION):
            return False
    return False


def leads_to_code(row: Row, place: int) -> bool:
    return any(kind in (*CODES, Kind.VERIFY) for kind in row.kinds[place + 1 : place + 4])


def _is_dead(row: Row, place: int) -> bool:
    for after in range(place + 1, min(place + 10, len(row.kinds))):
        kind = row.kinds[after]
        if kind is Kind.DEAD:
            return row.kind(row.forward(after + 1, (*OPEN, Kind.VERIFY))) not in CODES or _is_said(row, place, after)
        if kind in (Kind.STOP, Kind.LINE, Kind.COMMA, Kind.NUMBER):
            break
    for before in range(place - 1, max(-1, place - 6), -1):
        kind = row.kinds[before]
        if kind is Kind.DEAD:
            return row.kind(before + 1) not in (Kind.COMMA, Kind.STOP, Kind.LINE)
        if kind not in (*OPEN, *CODES, *LINKS, Kind.VERIFY) or kind is Kind.NEW:
            break
    return False


def _is_said(row: Row, place: int, what: int) -> bool:
    """Whether only "is" and "your" stand between."""
    between = row.kinds[place + 1 : what]
    return Kind.COPULA in between and all(kind in (*OPEN, *LINKS) for kind in between)
