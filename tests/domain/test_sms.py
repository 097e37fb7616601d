"""Codes in texts as services send them, the identity of an SMS, and lengths."""

import unicodedata
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.sms import clip, fingerprint, guess_code
from tests.domain.sms_samples import SAMPLES
from tests.domain.sms_templates import WITH_A_CODE, WITHOUT_ONE, code_forms, gaps

CODES = [
    # English
    ("Your verification code is 482913", "482913"),
    ("482913 is your verification code.", "482913"),
    ("Telegram code: 71530\n\nYou can also tap on this link to log in:\nhttps://t.me/login/71530", "71530"),
    ("Login code: 71530. Do not give this code to anyone, even if they say they are from Telegram!", "71530"),
    ("G-482913 is your Google verification code. Don't share your code with anyone.", "482913"),
    ("FB-48291 is your Facebook confirmation code", "48291"),
    (
        "Your WhatsApp code: 482-913\nYou can also tap on this link to verify your phone: v.whatsapp.com/482913",
        "482913",
    ),
    ("<#> 482 913 is your code. Don't share it. 4sgLq1p5sV6", "482913"),
    (
        "[TikTok] 4829 is your verification code, valid for 5 minutes. To keep your account safe, never forward it.",
        "4829",
    ),
    ("Use 4829 as your login OTP for the ride app. OTP is valid for 10 minutes. xK3pQ9sLm2A", "4829"),
    ("Your Uber code is 4829. Never share this code. Reply STOP ALL to +44 7700 900123 to unsubscribe.", "4829"),
    ("Your code is 482913.\n\n@shop.example #482913", "482913"),
    ("482913\n\n@shop.example #482913", "482913"),
    ("PIN: 4829", "4829"),
    ("Your one-time password: 48291357", "48291357"),
    ("OTP for your payment of $125.00 at SHOP on 04/03/2026 is 482913. Card ending 1234.", "482913"),
    ("Rs. 2500 will be debited from A/c XX1234. OTP is 482913. Valid till 15:30.", "482913"),
    ("Order #55120 was paid. Your pickup code: 4829", "4829"),
    ("Access code 7KQ2NB for your new device", "7KQ2NB"),
    ("Your Steam verification code is: R5K2N", "R5K2N"),
    ("Your security code: QWKZPM", "QWKZPM"),
    ("Call 1-800-555-0199 if you did not ask for code 482913", "482913"),
    ("Copyright 2024 Shop. Your code: 482913", "482913"),
    ("Your code is 2024", "2024"),
    ("482913", "482913"),
    ("  4829  ", "4829"),
    ("Discord security code is: 482 913", "482913"),
    ("Your code: 4 8 2 9 1 3", "482913"),
    ("Code 12-34-56 confirms your sign-in", "123456"),
    ("Chirper: 7d8kq2 is your login code", "7d8kq2"),
    ("Your OTP482913 is valid today", "482913"),
    ("code=482913", "482913"),
    ("You won 10000 points! Confirm with code 4829", "4829"),
    ("MyBank 24/7: code 482913 to confirm a transfer of 10 000 KZT", "482913"),
    ("Your account 55129981 was opened. Code 4829.", "4829"),
    # Russian, Ukrainian, Kazakh, Bulgarian
    ("Код подтверждения: 4829. Никому его не сообщайте.", "4829"),
    ("Ваш код 482-913. Не передавайте его никому", "482913"),
    ("Никому не говорите код 48291! Заказ 778812 на сумму 1500 руб.", "48291"),
    ("ВКонтакте: 482913 - код для входа", "482913"),
    ("Пароль для входа 482913, карта *1234, баланс 15 200,50 р.", "482913"),
    ("Ваш код підтвердження — 482913", "482913"),
    ("Растау коды: 4829", "4829"),
    ("Вашият код е 482913", "482913"),
    # Spanish, Portuguese, French, Italian, German, Dutch, Polish, Czech, Romanian, Turkish
    ("Tu código de verificación es 482913. No lo compartas.", "482913"),
    ("Usa 4829 como clave de acceso. Vence en 10 minutos", "4829"),
    ("Seu código é 482913. Não compartilhe com ninguém.", "482913"),
    ("Votre code de vérification est le 482 913.", "482913"),
    ("Il tuo codice è 482913", "482913"),
    ("Ihr Bestätigungscode lautet 482913. Bestellnummer 99120034", "482913"),
    ("Je verificatiecode is 482913", "482913"),
    ("Twój kod weryfikacyjny to 482913", "482913"),
    ("Váš ověřovací kód: 4829", "4829"),
    ("Codul tău este 482913", "482913"),
    ("Doğrulama kodunuz: 482913. Kodu kimseyle paylaşmayın.", "482913"),
    ("Vahvistuskoodisi on 482913", "482913"),
    # Indonesian, Vietnamese, Thai, Hindi
    ("Kode OTP Anda 482913. Berlaku 5 menit.", "482913"),
    ("Mã xác thực của bạn là 482913, hiệu lực 5 phút", "482913"),
    ("รหัส OTP ของคุณคือ 482913 (Ref: ABCD)", "482913"),
    ("आपका सत्यापन कोड ४८२९१३ है", "482913"),
    # Chinese, Japanese, Korean
    ("【微信】验证码482913，5分钟内有效。", "482913"),
    ("【阿里】您的校验码是４８２９，如非本人操作请致电95188", "4829"),
    ("認証コードは482913です。有効期限は10分です。", "482913"),
    ("[카카오] 인증번호 [482913]를 입력해 주세요.", "482913"),
    # Arabic, Persian, Hebrew
    ("رمز التحقق الخاص بك هو ٤٨٢٩١٣", "482913"),
    ("کد ورود شما: ۴۸۲۹۱", "48291"),
    ("\u2068۴۸۲-۹۱۳\u2069 کد واتساپ شما", "482913"),
    ("קוד האימות שלך הוא 482913", "482913"),
    # Greek, Georgian, Hungarian
    ("Ο κωδικός σας είναι 482913", "482913"),
    ("თქვენი კოდია 4829", "4829"),
    ("Az Ön kódja: 482913", "482913"),
]

NO_CODES = [
    "",
    "Hello!",
    "Happy New Year 2025!",
    "Your balance is $4829.50",
    "You paid 4829 USD",
    "Списано 4829 руб.",
    "Call us: +44 7700 900123",
    "Звоните 8 800 555 35 35",
    "See https://shop.example/482913 for more",
    "shop.example/confirm/482913",
    "Order #482913 is on its way",
    "Заказ № 482913 доставлен",
    "Card *4829 was used",
    "Meet me at 18:45 on 12.05.2026",
    "Your parcel 123456789012 has arrived",
    "You have 1440 minutes left",
    "余额4829元",
    "Welcome to the code club!",
    "Congratulations! You won 10000 points",
    "Dial *100# to check your balance",
    "Your tracking number is RA123456789CN",
    "Your PIN was changed in 2024",
    "mail482913@shop.example wrote to you",
]


@pytest.mark.parametrize(("text", "code"), CODES, ids=[text[:40] for text, _ in CODES])
def test_the_code_is_found(text: str, code: str) -> None:
    assert guess_code(text) == code


@pytest.mark.parametrize("text", NO_CODES)
def test_what_is_no_code_is_left_alone(text: str) -> None:
    assert guess_code(text) is None


@given(st.text())
def test_any_text_gives_a_short_code_or_none(text: str) -> None:
    code = guess_code(text)
    assert code is None or (3 <= len(code) <= 10 and code.isascii() and code.isalnum())


@given(st.text(alphabet="0123456789 -.,+*xcodeG:#@/()$\n", max_size=300))
def test_any_mixture_of_digits_and_marks_gives_a_short_code_or_none(text: str) -> None:
    code = guess_code(text)
    assert code is None or (3 <= len(code) <= 10 and code.isascii() and code.isalnum())


def figures() -> Counter[str]:
    """How many of the samples are guessed right, left without a code, and guessed wrong."""
    told: Counter[str] = Counter()
    for _, text, code in SAMPLES:
        guess = guess_code(text)
        told["right" if guess == code else "none" if guess is None else "wrong"] += 1
    return told


def test_of_the_samples_none_is_guessed_wrong_and_hardly_one_is_missed(
    record_property: Callable[[str, object], None],
) -> None:
    told = figures()
    languages = {language for entry, _, _ in SAMPLES for language in entry.split("/")}
    print(f"{len(SAMPLES)} SMS in {len(languages)} languages: {dict(told)}")  # noqa: T201 - the figure of this test
    record_property("figures", dict(told))
    assert len(SAMPLES) >= 350
    assert len(languages) >= 12
    assert told["wrong"] == 0
    assert told["right"] >= 0.97 * len(SAMPLES)


@pytest.mark.parametrize(("text", "code"), [(text, code) for _, text, code in SAMPLES])
def test_a_guess_is_the_code_or_none(text: str, code: str | None) -> None:
    assert guess_code(text) in (code, None)


@pytest.mark.parametrize("template", WITH_A_CODE)
@settings(max_examples=20, deadline=None)
@given(form=code_forms(), others=gaps())
def test_no_other_number_is_guessed_beside_a_code(template: str, form: tuple[str, str], others: dict[str, str]) -> None:
    written, code = form
    assume(not (" " in written and "{code} {price}" in template))  # nothing tells where digits end and a price begins
    assert guess_code(template.format(code=written, **others)) in (code, None)


@pytest.mark.parametrize("template", WITHOUT_ONE)
@settings(max_examples=20, deadline=None)
@given(others=gaps())
def test_no_number_is_guessed_where_there_is_no_code(template: str, others: dict[str, str]) -> None:
    assert guess_code(template.format(**others)) is None


def test_the_same_sms_read_again_has_the_same_fingerprint() -> None:
    assert fingerprint("Your code: 4829") == fingerprint("Your  code: 4829\n")


def test_another_text_or_the_same_text_once_more_is_another_sms() -> None:
    prints = {
        fingerprint("Your code: 4829"),
        fingerprint("Your code: 4820"),
        fingerprint("Your code: 4829", 2),
        fingerprint("Your code: 4829 Shop"),
    }
    assert len(prints) == 4


def test_an_accent_written_apart_is_no_other_sms() -> None:
    text = "Código: 4829. " * 60
    assert fingerprint(unicodedata.normalize("NFD", text)) == fingerprint(unicodedata.normalize("NFC", text))


@given(st.text(alphabet=st.characters()), st.integers(1, 9))
def test_anything_has_a_fingerprint(text: str, nth: int) -> None:
    assert len(fingerprint(text, nth)) == 32


@given(st.text(), st.integers(0, 50))
def test_a_clipped_text_fits_and_shows_that_it_was_cut(text: str, limit: int) -> None:
    short = clip(text, limit)
    assert len(short) <= limit
    assert short == text if len(text) <= limit else short.endswith("…"[:limit])
