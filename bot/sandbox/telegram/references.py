"""Character references of Telegram's HTML: four names, and numbers; everything else stays as it is written."""

NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
ALPHA = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
DIGITS = frozenset(b"0123456789")
HEX = DIGITS | frozenset(b"abcdefABCDEF")


def read_reference(data: bytes, at: int) -> tuple[int, int]:
    """The code point of the character reference at `at` and the index behind it; code 0 when it is none."""
    end = at + 1
    if data[end : end + 1] == b"#":
        base, digits, end = (16, HEX, end + 2) if data[end + 1 : end + 2] == b"x" else (10, DIGITS, end + 1)
        begin = end
        while data[end] in digits:
            end += 1
        code = int(data[begin:end] or b"0", base)
        if code == 0 or code >= 0x10FFFF or end - at >= 10:
            return 0, 0
    else:
        while data[end] in ALPHA:
            end += 1
        code = ord(NAMED.get(data[at + 1 : end], "\0"))
    return (code, end + 1 if data[end : end + 1] == b";" else end) if code else (0, 0)
