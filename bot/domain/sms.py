"""What an SMS says: the likeliest code in it, a stable id for it, a length that fits a message.

The text is hostile and in any language. A guess is a guess: it is used only where HidSim gives no code itself.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

_LOOKED_AT = 2_000
"""Characters of a text in which a code is looked for."""

_CODE_WORDS = re.compile(
    r"\b(?:one[- ]?time|verif\w+|confirm\w+|passcode|password|pass|token|otp|pin|tan|auth\w*|login|2fa|"
    r"c[oó]d(?:e|es|igo|ice|ul)?|codes?|kode?|kod[aeiuy]?|k[oó]dj?\w{0,3}|kood|koodi\w*|kodas|kods|\w+code|\w+koodi|"
    r"clave|contraseña|senha|mot de passe|hasło|haslo|şifre\w*|sifre\w*|onay|doğrulama|sandi|mã|ma otp|"
    r"код\w{0,3}|парол\w+|пин|подтвержд\w+|κωδικ\w+|კოდი\w*|կոդ\w*)\b|"
    r"验证码|驗證碼|校验码|动态码|動態碼|验证|驗證|代码|密码|密碼|認証|コード|暗証|確認番号|인증|코드|비밀번호|"
    r"رمز|كود|الرمز|التحقق|كلمة المرور|کد|گذرواژه|تایید|קוד|סיסמ|कोड|ओटीपी|পিন|কোড|ওটিপি|รหัส|குறியீடு|కోడ్",
    re.IGNORECASE,
)
_OTHER_WORDS = re.compile(
    r"(?:\b(?:order|invoice|account|acct|a/c|card|ending(?: in| with)?|balance|flight|ticket|ref\w*|tracking|parcel|"
    r"call|phone|tel|room|version|build|bonus|points|since|year|extension|ext|"
    r"заказ\w*|карт\w+|сч[её]т\w*|баланс\w*|тел|звоните|посылк\w+|рейс\w*|номер заказа|договор\w*|"
    r"pedido|cuenta|tarjeta|factura|saldo|bestell\w+|rechnung|konto|commande|facture|ordine|conto|sipariş|hesap)|"
    r"订单号?|尾号|余额|注文番号|주문번호|طلب|حساب|سفارش)[\s:№#.]*(?:no\.?|nr\.?|n[°º])?[\s:№#.]*$",
    re.IGNORECASE,
)
_MONEY = (
    r"(?:[$€£¥₽₹₺₴₸₩₫฿₦]|USD|EUR|GBP|RUB|RUR|INR|TRY|BRL|CNY|IDR|KZT|UAH|Rs\.?|R\$|Rp|TL|zł|kr|"
    r"руб\w*|р\.|грн|元|円|원|تومان|ریال|ريال)"
)
_NOT_CODES = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.\w\S*|\b[\w-]+(?:\.[\w-]+)+/\S*|"  # links and addresses
    rf"{_MONEY}\s?\d[\d.,' ]*\d|{_MONEY}\s?\d|\d[\d.,']*(?:\s\d{{3}})*\s?{_MONEY}(?!\w)|"  # prices
    r"\b\d+[.,]\d{1,2}\b(?![\d:])|"  # decimals
    r"\b\d{1,4}[./]\d{1,2}[./]\d{1,4}\b|\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}-\d{1,2}-\d{4}\b|"
    r"\b\d{1,2}:\d{2}(?::\d{2})?\b|"  # dates and times
    r"\+\s?\d[\d\s().-]{5,}\d|\(\d{2,4}\)\s?\d[\d\s-]{4,}\d|(?<![\w-])\d{1,4}(?:[\s.-]\d{2,4}){3,}(?!\w)|"  # phones
    r"(?<!\d)(?:\d{3}-){2}\d{4}(?!\d)|"
    r"[*x•·…]{1,}\s?\d{3,4}\b|\b\d{3,6}[*x•]{2,}\d*|"  # the ends of card numbers
    r"\b\d+\s?(?:%|min\b|minut\w*|мин\w*|sec\w*|сек\w*|hours?|час\w*|days?|дн\w*|points|coins|bonus\w*|балл\w*|бонус\w*|MB|GB|МБ|ГБ|km\b|分钟|分|秒|دقیقة|دقيقة|دقیقه)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    r"(?<![A-Za-z0-9_.,/])(?:[A-Za-z]{1,3}-(?=\d))?"  # G-123456, FB-12345
    r"(\d{4,8}|\d{3}[- ]\d{3}|\d{4}[- ]\d{4}|\d{2}[- ]\d{2}[- ]\d{2}|\d(?:[- ]\d){3,7})(?![A-Za-z0-9_/]|[.,]\d|-\d)"
)
_MIXED = re.compile(r"(?<![\w/.@#+-])(?=[A-Za-z0-9-]*\d)(?=[A-Za-z0-9-]*[A-Z])[A-Z0-9]{4,8}(?![\w/@+-]|\.\w)")
_LOWER = re.compile(r"(?<![\w/.@#+-])(?=[a-z0-9]*\d[a-z]+\d)[a-z0-9]{4,8}(?![\w/@+-]|\.\w)")
_LETTERS = re.compile(
    r"(?:\b(?:code|otp|c[oó]digo|pin)\b|код|验证码|コード)(?:\s(?:is|es|é))?\s?[:：=]?\s+([A-Z]{4,8})\b(?!\s[A-Z]{2})"
)
_GLUED = re.compile(r"(?:(?<=code)|(?<=otp)|(?<=pin)|(?<=код))(?=\d)", re.IGNORECASE)
_BOUND = re.compile(r"^@[\w.-]+ #([A-Za-z0-9]{4,8})(?:\s|$)", re.MULTILINE)
"""The last line of a code bound to a site: `@example.com #123456`."""

_NEAR = 40
_TRUSTED = 2.0


@dataclass(frozen=True, slots=True)
class _Candidate:
    code: str
    start: int
    end: int


def guess_code(text: str) -> str | None:
    """The likeliest code, without spaces and dashes; None when nothing looks like one.

    Takes four to eight digits in any script's numerals, in groups or not, and short mixtures of capitals and digits.
    Does not take prices, dates, phone and card numbers or links, nor a year but right by a word for "code".
    """
    plain = _plain(text[:_LOOKED_AT])
    if (bound := _BOUND.search(plain)) is not None and any(c.isdigit() for c in bound[1]):
        return bound[1]
    masked = _NOT_CODES.sub(lambda found: " " * len(found[0]), plain)
    words = [found.span() for found in _CODE_WORDS.finditer(masked)]
    scored = [(_score(each, masked, words), -each.start, each.code) for each in _candidates(masked, bool(words))]
    best = max(scored, default=None)
    return best[2] if best is not None and best[0] >= _TRUSTED else None


def fingerprint(text: str, nth: int = 1) -> str:
    """The same for the same SMS whenever it is read: 32 hex digits that don't give the text away.

    `nth`: which of several equal texts in one reading. Sender and time don't count, because HidSim may give them in one
    reading and not in the next; nor do spaces.
    """
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return sha256(f"{nth}\x1f{words}".encode(errors="replace")).hexdigest()[:32]


def clip(text: str, limit: int = 3000) -> str:
    """At most `limit` code points, the last of them an ellipsis when something was cut off."""
    return text if len(text) <= limit else text[: max(0, limit - 1)] + "…"[:limit]


def _plain(text: str) -> str:
    """Digits of all scripts as 0-9, no invisible characters, all spaces and dashes alike."""
    return _GLUED.sub(" ", "".join(map(_plain_character, text)))


def _plain_character(character: str) -> str:
    if character.isascii():
        return character
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    match unicodedata.category(character):
        case "Cf":
            return ""
        case "Zs":
            return " "
        case "Pd":
            return "-"
    return character


def _candidates(text: str, spoken_of: bool) -> Iterator[_Candidate]:
    for found in _NUMBERS.finditer(text):
        yield _Candidate(re.sub(r"[- ]", "", found[1]), found.start(), found.end())
    if spoken_of:
        for shape in (_MIXED, _LOWER):
            yield from (_Candidate(found[0], found.start(), found.end()) for found in shape.finditer(text))
        for found in _LETTERS.finditer(text):
            yield _Candidate(found[1], found.start(1), found.end(1))


def _score(candidate: _Candidate, text: str, words: list[tuple[int, int]]) -> float:
    """Above `_TRUSTED` it is taken: six digits alone are, a year or an order's number needs a word for "code" by it."""
    score = {6: 3.0, 5: 2.5, 4: 2.5}.get(len(candidate.code), 2.0)
    score += max((_nearness(candidate, word, text) for word in words), default=0.0)
    if re.fullmatch(r"(?:19|20)\d\d", candidate.code):
        score -= 4.0
    if not candidate.code.isdigit():
        score -= 2.0
    if _OTHER_WORDS.search(text[max(0, candidate.start - 25) : candidate.start]):
        score -= 5.0
    return score


def _nearness(candidate: _Candidate, word: tuple[int, int], text: str) -> float:
    """Up to 5 for a word for "code" right before, up to 4.5 right behind; 0 beyond forty characters."""
    begin, end = word
    before = end <= candidate.start
    between = text[end : candidate.start] if before else text[candidate.end : begin]
    if (not before and begin < candidate.end) or len(between) > _NEAR:
        return 0.0
    stops = 1.5 * len(re.findall(r"[.!?。！？\n]\s", between))
    return max(0.0, (5.0 if before else 4.5) - len(between) / 10 - stops)
