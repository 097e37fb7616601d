"""What only stands where a value will be: `null`, `n/a`, a dash, "Waiting for SMS..."."""

import re

LONGEST = 200
_WORDS = re.compile(r"[^\W_]+")
_NOTHING = frozenset({"", "0", "na", "nan", "nil", "none", "null", "undefined", "false", "void", "objectobject"})
_WAITING = frozenset(
    _WORDS.findall(
        "awaiting creating empty expected loading missing nil no none not null pending processing requested requesting "
        "search searching soon tba tbd unassigned unavailable undefined unknown wait waiting "
        "ожидание ожидается ждите нет поиск 等待 等待中 暂无 无"
    )
)
_FILLING = frozenset(
    _WORDS.findall(
        "a an any are arrive arrived assigned assignment available be been being code codes come found for from has in "
        "is it message number of operator otp phone pin please progress provider received retry set sim sms status "
        "still text the to up value yet your смс код кода номер номера"
    )
)


def says_nothing(found: str) -> bool:
    """Some programs write so what is not there."""
    return len(found) <= LONGEST and "".join(_WORDS.findall(found.casefold())) in _NOTHING


def is_placeholder(found: str) -> bool:
    """Nothing at all, or words that say that something is waited for and nothing else."""
    if len(found) > LONGEST:
        return False
    words = set(_WORDS.findall(found.casefold()))
    return says_nothing(found) or (bool(words & _WAITING) and words <= _WAITING | _FILLING)
