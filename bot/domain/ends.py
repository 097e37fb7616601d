"""Both ends of a text that is too long to be read or written whole."""


def both_ends(text: str, longest: int, joint: str) -> str:
    """`text`, or its two ends around `joint`: cut between words, so that half a number or token never remains."""
    if len(text) <= longest:
        return text
    half = longest // 2
    return f"{_without_last_word(text[:half])}{joint}{_without_last_word(text[: -half - 1 : -1])[::-1]}"


def _without_last_word(text: str) -> str:
    end = len(text)
    while end > 0 and not text[end - 1].isspace():
        end -= 1
    return text[:end]
