"""Languages: which language somebody gets, and what becomes of a translation that is broken."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.i18n import Languages, locales_folder
from bot.i18n.plurals import RULES

HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {plurals}\\n"

"""
RUSSIAN_PLURALS = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
)


BEGUN = 'msgid "Menu"\nmsgstr "M"\n'


def write(folder: Path, language: str, body: str = BEGUN, plurals: str = "nplurals=2; plural=(n != 1);") -> None:
    file = folder / language / "LC_MESSAGES" / "messages.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(HEADER.format(language=language, plurals=plurals) + body, encoding="utf-8")


@pytest.fixture
def languages(tmp_path: Path) -> Languages:
    for language in ("de", "pt_BR", "pt", "zh_Hans", "es_MX", "he", "id"):
        write(tmp_path, language)
    return Languages.load(tmp_path)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("de", "de"), ("DE", "de"), ("de-AT", "de"), ("de_ch", "de"), ("pt-br", "pt_BR"), ("pt-pt", "pt"), ("pt", "pt"),
        ("zh-hans", "zh_Hans"), ("zh-hans-cn", "zh_Hans"), ("zh", "zh_Hans"), ("zh-cn", "zh_Hans"), ("es", "es_MX"),
        ("es-ar", "es_MX"), ("iw", "he"), ("in", "id"), ("en", "en"), ("en-gb", "en"), ("fr", "en"), (None, "en"),
        ("", "en"), ("-", "en"), ("../../etc", "en"), ("x" * 10_000, "en"), ("d", "en"), ("\x00", "en"), ("日本", "en"),
    ],
)  # fmt: skip
def test_everybody_gets_the_nearest_language(languages: Languages, asked: str | None, given: str) -> None:
    assert languages.translator(asked).language == given


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("pt", "pt_BR"), ("pt-br", "pt_BR"), ("pt-PT", "pt_BR"), ("zh", "zh_Hans"), ("zh-hans", "zh_Hans"),
        ("zh-cn", "zh_Hans"), ("zh-TW", "zh_Hans"), ("zh-hant-hk", "zh_Hans"), ("es-MX", "es"), ("fa-IR", "fa"),
        ("in", "id"), ("uk", "uk"), ("be", "en"), ("ar-EG", "ar"), ("hi-Latn", "hi"), ("de", "en"),
    ],
)  # fmt: skip
def test_each_code_of_telegrams_gets_the_nearest_of_our_twelve(tmp_path: Path, asked: str, given: str) -> None:
    for language in RULES:
        write(tmp_path, language)
    assert Languages.load(tmp_path).translator(asked).language == given


def test_english_is_there_without_any_catalog(tmp_path: Path) -> None:
    languages = Languages.load(tmp_path / "nowhere")
    assert languages.tags == ("en",)
    assert languages.translator("ru")("Hello {who}", who="you") == "Hello you"


def test_the_projects_own_catalogs_are_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert locales_folder().joinpath("en", "LC_MESSAGES", "messages.po").is_file()
    assert Languages.load().tags[0] == "en"


def test_a_translation_and_its_plural_forms_are_said(tmp_path: Path) -> None:
    write(
        tmp_path,
        "ru",
        'msgid "Menu"\nmsgstr "Меню"\n\n'
        'msgctxt "verb"\nmsgid "Order"\nmsgstr "Заказать"\n\n'
        'msgid "{n} offer"\nmsgid_plural "{n} offers"\n'
        'msgstr[0] "{n} предложение"\nmsgstr[1] "{n} предложения"\nmsgstr[2] "{n} предложений"\n',
        RUSSIAN_PLURALS,
    )
    t = Languages.load(tmp_path).translator("ru")
    assert t("Menu") == "Меню"
    assert t.plain("Menu") == "Меню"
    assert t.p("verb", "Order") == "Заказать"
    assert t("Order") == "Order"
    assert [t.n("{n} offer", "{n} offers", n) for n in (1, 3, 5)] == ["1 предложение", "3 предложения", "5 предложений"]


@pytest.mark.parametrize(
    "broken",
    [
        "Привет, {whom}", "Привет, {who", "Привет, who}", "Привет", "{who} {}", "{who.__class__}", "{who!r}",
        "{who:>9}", "{0} {who}", "<b>Привет, {who}", "<b>Привет</i>, {who}", "</b>Привет, {who}<b>", "Привет, {who}",
        "<b>Привет</b>, {who} < 3", "<b>При<i>вет</b></i>, {who}",
    ],
)  # fmt: skip
def test_a_broken_translation_is_said_in_english_and_logged_once(tmp_path: Path, broken: str) -> None:
    write(tmp_path, "ru", f'msgid "<b>Hello</b>, {{who}}"\nmsgstr "{broken}"\n\nmsgid "Menu"\nmsgstr "Меню"\n')
    with capture_logs() as logs:
        t = Languages.load(tmp_path).translator("ru")
        assert [t("<b>Hello</b>, {who}", who="you") for _ in range(3)] == ["<b>Hello</b>, you"] * 3
    assert [line["language"] for line in logs] == ["ru"]
    assert t("Menu") == "Меню"


def test_a_message_that_lacks_plural_forms_is_said_in_english(tmp_path: Path) -> None:
    body = 'msgid "{n} offer"\nmsgid_plural "{n} offers"\nmsgstr[0] "{n} предложение"\nmsgstr[1] ""\nmsgstr[2] ""\n'
    write(tmp_path, "ru", body, RUSSIAN_PLURALS)
    with capture_logs() as logs:
        t = Languages.load(tmp_path).translator("ru")
    assert t.n("{n} offer", "{n} offers", 1) == "1 offer"
    assert t.n("{n} offer", "{n} offers", 3) == "3 offers"
    assert len(logs) == 1


def test_a_plural_form_may_leave_the_number_out(tmp_path: Path) -> None:
    body = 'msgid "{n} offer"\nmsgid_plural "{n} offers"\nmsgstr[0] "ein Angebot"\nmsgstr[1] "{n} Angebote"\n'
    write(tmp_path, "de", body)
    t = Languages.load(tmp_path).translator("de")
    assert (t.n("{n} offer", "{n} offers", 1), t.n("{n} offer", "{n} offers", 2)) == ("ein Angebot", "2 Angebote")


def test_a_fuzzy_translation_is_not_shown(tmp_path: Path) -> None:
    write(tmp_path, "ru", 'msgid "Back"\nmsgstr "Назад"\n\n#, fuzzy\nmsgid "Menu"\nmsgstr "Главная"\n')
    assert Languages.load(tmp_path).translator("ru")("Menu") == "Menu"


@pytest.mark.parametrize(
    "content", [b'msgid "a"\nmsgstr \xff\xfe', b"\x00\x01\x02", b'msgid "a\nmsgstr', b"nonsense here"]
)
def test_a_file_that_cannot_be_read_leaves_its_language_out(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, "de", 'msgid "Menu"\nmsgstr "Menü"\n')
    write(tmp_path, "ru")
    (tmp_path / "ru" / "LC_MESSAGES" / "messages.po").write_bytes(content)
    languages = Languages.load(tmp_path)
    assert languages.translator("ru")("Menu") == "Menu"
    assert languages.translator("de")("Menu") == "Menü"


@pytest.mark.parametrize("plurals", ["nplurals=2; plural=(n **;", "nplurals=99; plural=__import__('os')", "nothing"])
def test_a_senseless_plural_rule_does_no_harm(tmp_path: Path, plurals: str) -> None:
    write(tmp_path, "de", 'msgid "{n} a"\nmsgid_plural "{n} b"\nmsgstr[0] "{n} x"\nmsgstr[1] "{n} y"\n', plurals)
    t = Languages.load(tmp_path).translator("de")
    assert t.n("{n} a", "{n} b", 2) in ("2 b", "2 y")


def test_a_folder_that_is_no_language_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "klingon")
    assert Languages.load(tmp_path).tags == ("en",)
