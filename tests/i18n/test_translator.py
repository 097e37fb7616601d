"""What one language says: values escaped, numbers, money, times and countries in its words."""

import gettext
import html
import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import Html, Translator, clean
from bot.i18n.plurals import RULES

AT = datetime(2030, 3, 4, 15, 6, 7, tzinfo=UTC)
EN, FA, AR, RU, DE = (
    Translator(code, gettext.NullTranslations(), lambda: AT) for code in ("en", "fa", "ar", "ru", "de")
)
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def test_values_are_escaped_and_markup_is_trusted() -> None:
    assert EN("<b>{who}</b>", who="<i>&\"'") == "<b>&lt;i&gt;&amp;&#34;&#39;</b>"
    assert EN("{a} {b}", a=Html("<b>x</b>"), b="{a}") == "<b>x</b> {a}"


@given(st.text())
def test_any_value_comes_out_as_the_parser_of_telegram_reads_it(value: str) -> None:
    said = EN("{value}", value=value)
    assert html.unescape(said) == clean(value)
    assert not set("<>\"'") & set(said)
    assert set(re.findall(r"&[^;]*;", said)) <= {"&lt;", "&gt;", "&amp;", "&#34;", "&#39;"}


@given(st.text(alphabet=st.sampled_from("ab\n\t\r\x00\x1b\x7f\x85\ud800\u2028" + BIDI)))
def test_cleaned_text_holds_no_control_characters(text: str) -> None:
    kept = clean(text)
    assert all(c == "\n" or unicodedata.category(c) not in ("Cc", "Cs") for c in kept)
    assert not set(BIDI) & set(kept)
    assert clean(kept) == kept


@given(st.text(), st.integers(0, 20))
def test_a_limit_is_kept(text: str, limit: int) -> None:
    assert len(clean(text, limit)) <= limit


def test_emoji_and_joined_letters_survive_cleaning() -> None:
    text = "👩‍👩‍👧 می‌خواهم 🇧🇷 🏴󠁧󠁢󠁥󠁮󠁧󠁿"
    assert clean(text) == text


def test_values_are_isolated_in_right_to_left_languages_only() -> None:
    assert FA.rtl
    assert not EN.rtl
    assert FA("و {a}: {b}", a="x", b=Html("<b>y</b>")) == "و \u2068x\u2069: \u2068<b>y</b>\u2069"
    assert FA("و {a}", a=Html("<blockquote>x</blockquote>")) == "و <blockquote>x</blockquote>"
    assert FA("و {a}", a=Html("one\ntwo")) == "و one\ntwo"
    assert FA.plain("و {a}", a="x\u202e") == "و \u2068x\u2069"
    assert FA("و {a}", a="") == "و "
    assert EN("{a}", a="x") == "x"


def test_nothing_invisible_stands_in_what_is_copied_from_right_to_left_words() -> None:
    assert FA("کد: <code>{code}</code>", code="+55 11") == "کد: \u2068<code>+55 11</code>\u2069"
    assert FA("کد: {code}", code=Html("<code>12</code>")) == "کد: \u2068<code>12</code>\u2069"


@pytest.mark.parametrize("sign", ["−", "#", "@", "≈"])
def test_a_sign_stays_with_its_value(sign: str) -> None:
    assert FA(f"سفارش {sign}{{value}}", value="12") == f"سفارش \u2068{sign}12\u2069"
    assert FA.plain(f"سفارش {sign}{{value}}", value="12") == f"سفارش \u2068{sign}12\u2069"


def test_amounts_are_isolated_where_they_are_joined_by_hand_too() -> None:
    assert FA.price(150_000, "USD") == "\u2068$\xa00.15\u2069"
    assert set(FA.prices([150_000], "USD").values()) == {FA.price(150_000, "USD")}
    assert AR.balance(-150_000, "USD") == "\u2068-0.15\xa0US$\u2069"
    assert AR("و {a} {b}", a=AR.price(150_000, "USD"), b="x") == "و \u20680.15\xa0US$\u2069 \u2068x\u2069"


@pytest.mark.parametrize("words", ["<b>{a}</b> · بازگشت", "💰 {a} مانده", "SMS بی‌کد", "{a} #{a} کنار"])
def test_words_that_begin_with_a_value_say_from_where_they_are_read(words: str) -> None:
    assert FA(words, a="Telegram").startswith("\u200f")
    assert not FA("بازگشت · <b>{a}</b>", a="Telegram").startswith("\u200f")


def test_a_label_joined_by_hand_is_read_from_where_its_language_is() -> None:
    assert FA.joined("🇧🇷 برزیل · 320") == "\u200f🇧🇷 برزیل · 320"
    assert EN.joined("🇧🇷 Brazil · 320") == "🇧🇷 Brazil · 320"


def test_words_without_a_letter_of_their_own_say_from_where_they_are_read() -> None:
    assert FA("{a} · #{b}", a="Telegram", b="12") == "\u200f\u2068Telegram\u2069 · \u2068#12\u2069"
    assert FA.plain("{a}", a="x") == "\u200f\u2068x\u2069"
    assert FA("") == ""
    assert EN("{a}", a="x") == "x"


@pytest.mark.parametrize("language", RULES)
def test_digits_are_latin_in_every_language(language: str) -> None:
    t = Translator(language, gettext.NullTranslations(), lambda: AT)
    shown = [t.price(1_234_567_890, "USD"), t.number(1_234_567), t.percent(42), t.wait(4_000), t.day(AT)]
    shown += [str(t.time(AT, kind)) for kind in ("time", "date", "datetime", "relative")]
    assert [one for one in "".join(shown) if one.isdecimal() and not one.isascii()] == []


@pytest.mark.parametrize("language", sorted(set(RULES) - {"en"}))
@pytest.mark.parametrize("seconds", [0, 1, 45, 60, 1140, 3_600, 86_400, 172_800, 432_000, 950_400])
def test_no_wait_is_said_in_english_in_another_language(language: str, seconds: int) -> None:
    english = {"second", "seconds", "minute", "minutes", "hour", "hours", "day", "days"}
    assert not english & set(Translator(language, gettext.NullTranslations()).wait(seconds).split())


def test_two_units_are_joined_as_the_language_does() -> None:
    assert (AR.wait(3_700), FA.wait(3_700), RU.wait(3_700)) == ("ساعة ودقيقة", "1 ساعت و 1 دقیقه", "1 час 1 минута")


def test_labels_are_one_line_and_not_escaped() -> None:
    assert EN.plain("{a}", a="<x> &\ny") == "<x> & y"
    assert EN.plain("at {a}", a=Html("<b>5 &amp; 6</b>")) == "at 5 & 6"


def test_a_value_forgotten_by_the_caller_is_an_error_at_once() -> None:
    with pytest.raises(KeyError):
        EN("{who}")


def test_an_empty_message_is_empty() -> None:
    assert EN("") == ""
    assert EN.plain("") == ""


def test_numbers_follow_the_language() -> None:
    assert EN.number(1320) == "1,320"
    assert DE.number(1320) == "1.320"
    assert EN.n("{n} of {all}", "{n} of {all}", 1234, all=5) == "1,234 of 5"


@pytest.mark.parametrize(
    ("micros", "currency", "shown"),
    [
        (300_000, "USD", "$0.30"),
        (125_000, "USD", "$0.125"),
        (123_400, "USD", "$0.1234"),
        (123_456, "USD", "≈$0.1235"),
        (1, "USD", "≈$0.0000"),
        (0, "USD", "$0.00"),
        (-300_000, "USD", "-$0.30"),
        (1_234_567_890_000, "USD", "$1,234,567.89"),
        (10**30, "USD", "$1,000,000,000,000,000,000,000,000.00"),
        (120_000_000, "JPY", "¥120"),
        (120_500_000, "JPY", "¥120.5"),
        (2_500_000, "usd", "$2.50"),
        (2_500_000, "USDT", "USDT\xa02.50"),
        (2_500_000, "", "2.50"),
    ],
)
def test_money_has_its_usual_decimals_and_more_where_the_price_has_them(micros: int, currency: str, shown: str) -> None:
    assert EN.money(micros, currency) == shown


def test_money_follows_the_language() -> None:
    assert RU.money(125_000, "USD") == "0,125\xa0$"


@given(st.integers(-(10**15), 10**15))
def test_money_is_never_rounded_in_silence(micros: int) -> None:
    shown = EN.money(micros, "USD")
    amount = Decimal(re.sub(r"[^\d.-]", "", shown))
    assert shown.startswith("≈") or amount * 1_000_000 == micros


def test_countries_are_named_in_the_language_or_as_they_came() -> None:
    assert RU.country("BR", "Brazil") == "Бразилия"
    assert RU.country("br", "Brazil") == "Бразилия"
    assert RU.country(None, "Brazil\u202e") == "Brazil"
    assert RU.country("XX", "Nowhere") == "Nowhere"
    assert RU.country("../", "Nowhere") == "Nowhere"


@pytest.mark.parametrize(
    ("kind", "form", "inside"),
    [
        ("time", "t", "3:06\u202fPM UTC"),
        ("date", "D", "Mar 4, 2030"),
        ("datetime", "Dt", "Mar 4, 2030, 3:06:07\u202fPM UTC"),
        ("relative", "r", "Mar 4, 2030, 3:06:07\u202fPM UTC"),
    ],
)
def test_a_moment_is_left_to_the_client_with_utc_inside(kind: str, form: str, inside: str) -> None:
    said = EN.time(AT, kind)  # type: ignore[arg-type]  # parametrize has no literals
    assert said == f'<tg-time unix="{int(AT.timestamp())}" format="{form}">{inside}</tg-time>'
    assert EN("at {when}", when=said) == f"at {said}"


def test_a_moment_is_the_same_in_any_zone_and_naive_is_utc() -> None:
    assert EN.time(AT.astimezone(timezone(timedelta(hours=3)))) == EN.time(AT) == EN.time(AT.replace(tzinfo=None))


@pytest.mark.parametrize(
    "at",
    [
        datetime.min.replace(tzinfo=UTC),
        datetime(1970, 1, 1, 0, 20, tzinfo=UTC),
        datetime(2012, 12, 31, tzinfo=UTC),
        AT + timedelta(days=1000, seconds=1),
        datetime(2040, 1, 1, tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC),
    ],
)
def test_a_moment_telegram_would_refuse_is_said_in_words(at: datetime) -> None:
    assert "tg-time" not in EN.time(at, "datetime")
    assert str(at.year) in EN.time(at, "datetime")


@pytest.mark.parametrize("at", [datetime(2013, 1, 1, tzinfo=UTC), AT - timedelta(days=2000), AT + timedelta(days=1000)])
def test_a_moment_in_the_past_or_within_a_thousand_days_is_left_to_the_client(at: datetime) -> None:
    assert "tg-time" in EN.time(at, "datetime")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 seconds"), (-5, "0 seconds"), (1, "1 second"), (40, "40 seconds"), (60, "1 minute"), (120, "2 minutes"),
        (125, "2 minutes 5 seconds"), (3_600, "1 hour"), (3_605, "1 hour"), (3_900, "1 hour 5 minutes"),
        (90_000, "1 day 1 hour"), (172_800, "2 days"),
    ],
)  # fmt: skip
def test_a_wait_is_said_in_its_two_largest_units_in_whole_words(seconds: int, said: str) -> None:
    assert EN.wait(seconds) == said


def test_a_wait_follows_the_language() -> None:
    assert RU.wait(120) == "2 минуты"
