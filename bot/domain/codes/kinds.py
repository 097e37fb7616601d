"""The classes of words and marks that a reading tells apart."""

from enum import StrEnum


class Kind(StrEnum):
    """What a piece of a text is to the reading. One letter each, so that a reading can be printed."""

    CODE = "C"  # a word for a code and nothing else
    GENERIC = "G"  # a word for a code, but "order code" and "postal code" are something else
    VERIFY = "V"  # what a code is for: verification, login
    OTHER = "O"  # names a number that is no code: account, order, call, ending in
    MODIFIER = "M"  # the same, and makes a GENERIC beside it something else
    VALIDITY = "T"  # valid, expires, sent: names no number, but the one behind it is no code
    PREPOSITION = "F"  # the number behind it is what something is for, of, at
    POSTPOSITION = "P"  # the number before it is
    COPULA = "B"  # is
    DEAD = "D"  # expired, previous
    NEGATION = "!"  # not
    NEW = "E"  # new
    ACTION = "A"  # enter, use
    FILLER = "Z"  # your, the, number
    UNIT = "U"  # minutes, points: what stands before it counts something
    MONEY = "Y"
    MONTH = "H"
    PROMOTION = "R"
    WORD = "W"  # any other word
    NUMBER = "N"  # a candidate
    OPAQUE = "X"  # a number, link or price that can't be a code by its own form
    LINK = ":"
    JOINER = "-"
    QUOTE = "("
    COMMA = ","
    LINE = "/"
    STOP = "."
