"""No catalog has a slip that a rule can find; and the rules find them."""

import pytest
from babel.messages.catalog import Message

from bot.i18n.completeness import strings_of
from tests.i18n.catalogs import FILES, catalog, said
from tests.i18n.slips import labels_named, misnamed, slips

LANGUAGES = sorted(set(FILES) - {"en"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_has_a_slip(language: str) -> None:
    found = {message.id: list(slips(message, language)) for message in said(catalog(language))}
    assert {message: what for message, what in found.items() if what} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_call_buttons_by_their_names(language: str) -> None:
    whole = said(catalog(language))
    names = {one.id: str(one.string) for one in whole if isinstance(one.id, str)}
    found = {message.id: list(misnamed(message, names)) for message in whole}
    assert {message: what for message, what in found.items() if what} == {}


@pytest.mark.parametrize(
    ("language", "english", "translation"),
    [
        ("ru", "Back", "Back"),
        ("ru", "Tap it again", "Нажмите again"),
        ("es", "Closed. You paid nothing.", "Cerrado. You paid nothing."),
        ("ru", "Close", "Зaкрыть"),
        ("ru", "Close", "Закрiть"),
        ("uk", "Close", "Закрыть"),
        ("es", "Close", "Сerrar"),
        ("fa", "Orders", "سفارش‌هاي"),
        ("ar", "Cancel", "إلغاک"),
        ("zh_Hans", "Number", "號碼"),
        ("es", "Back", "Atrás "),
        ("es", "Buy a number", "Comprar  un número"),
        ("tr", "Let somebody in: /allow ID", "Birini al: /izin ID"),
        ("tr", "Set ACCESS_MODE first", "Önce ERISIM_KIPI ayarla"),
        ("tr", "Set ACCESS=invite first", "Önce ACCESS=davet ayarla"),
        ("tr", "Run hidsim-bot books", "hidsim-bot defterler çalıştır"),
        ("ru", "Like <code>telegram brazil 0.3</code>", "Вот так: <code>телеграм бразилия 0.5</code>"),
        ("ru", "Like <code>telegram brazil 0.3</code>", "Вот так: телеграм бразилия 0.3"),
        ("es", "✅ <b>Over</b>", "<b>Terminado</b>"),
        ("ar", "Price: {price}", "السعر: \u2068{price}\u2069"),
    ],
)
def test_a_slip_is_found(language: str, english: str, translation: str) -> None:
    assert list(slips(Message(english, translation), language))


@pytest.mark.parametrize(
    ("language", "english", "translation"),
    [
        ("ru", "SMS", "SMS"),
        ("ru", "HTTP {status}", "HTTP {status}"),
        ("ru", "Code from Telegram", "Код из Telegram"),
        ("ru", "Let somebody in: /allow ID", "Впустить: /allow ID"),
        ("es", "Write it like this: {example}", "Escríbelo así: {example}"),
        ("fa", "Orders", "سفارش‌ها"),
        ("pt_BR", "Buy a number", "Comprar um número"),
        ("hi", "Back", "वापस"),
        ("zh_Hans", "Close", "关闭"),
        ("zh_Hans", "Any price", "任意价格"),
        ("vi", "Favorites", "Yêu thích"),
        ("tr", "Note: {note}", "Not: {note}"),
        ("hi", "ACCESS is closed", "ACCESS का मान closed है"),
        ("fa", "Run hidsim-bot books to see", "برای دیدن hidsim-bot books را اجرا کنید"),
        ("ru", "Like <code>telegram brazil 0.3</code>", "Вот так: <code>телеграм бразилия 0.3</code>"),
    ],
)
def test_what_is_right_is_no_slip(language: str, english: str, translation: str) -> None:
    assert list(slips(Message(english, translation), language)) == []


def test_a_word_that_is_the_same_in_both_languages_is_said_to_be_so() -> None:
    assert list(slips(Message("Menu", "Menu"), "id"))
    assert list(slips(Message("Menu", "Menu", user_comments=["as in English"]), "id")) == []


def test_a_form_for_several_is_held_against_the_english_plural() -> None:
    message = Message(("{n} order", "{n} orders"), ("{n} orders", "{n} заказа", "{n} заказов"))
    assert len(list(slips(message, "ru"))) == 1


@pytest.mark.parametrize(
    ("english", "named"),
    [
        ("Nothing saved yet. “Save” on a price or on an order puts it here.", ["Save"]),
        ("This order has moved on. Tap Refresh.", ["Refresh"]),
        ("No code? Tap <b>Close</b> under the number, and you pay nothing.", ["Close"]),
        ("Some can't. Tap <b>Close when allowed</b>, and the bot does it.", ["Close when allowed"]),
        ("Your orders go on: look under My numbers.", ["My numbers"]),
        ("Tap one to see it.", []),
        ("Found for “{typed}”:", []),
    ],
)
def test_the_buttons_that_a_sentence_names_are_found(english: str, named: list[str]) -> None:
    assert labels_named(english) == named


def test_a_button_called_by_another_name_is_found() -> None:
    message = Message("This order has moved on. Tap Refresh.", "Заказ изменился. Нажмите «Обновить».")
    assert list(misnamed(message, {"Refresh": "Обновить"})) == []
    assert list(misnamed(message, {"Refresh": "Освежить"}))


def test_every_button_that_an_english_sentence_names_is_there() -> None:
    texts = [text for message in catalog("en") if message.id for text in strings_of(message.id)]
    named = {label for text in texts for label in labels_named(text)}
    assert {"Refresh", "Close when allowed", "My numbers"} <= named
    assert named - set(texts) - {"Start", "Orders", "Buying", "Send as SMS"} == set()
