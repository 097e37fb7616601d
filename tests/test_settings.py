"""Settings: each wrong value is said in one line that names its variable and shows no secret."""

import os
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.domain.access import AccessMode, Billing
from bot.domain.guarding import Bounds
from bot.settings import Settings, WrongSettings, database_url, load, look

TOKEN = "123456789:AAcanary-of-the-token-secret"
PASSWORD = "canary-of-the-password"
GOOD: dict[str, Any] = {
    "bot_token": TOKEN,
    "hidsim_api_url": "https://hidsim.example/api",
    "hidsim_identifier": "shop@example.org",
    "hidsim_password": PASSWORD,
}


@pytest.fixture(autouse=True)
def _nothing_around(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of this machine's and no .env but the test's own."""
    for name in list(os.environ):
        if name.lower() in Settings.model_fields or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def said(**given: Any) -> list[str]:
    with pytest.raises(WrongSettings) as caught:
        load(**(GOOD | given))
    text = f"{caught.value}\n{caught.value!r}"
    assert caught.value.__cause__ is None
    assert PASSWORD not in text
    assert "canary-of-the-token" not in text
    return str(caught.value).splitlines()


def test_the_least_that_must_be_set_is_enough() -> None:
    settings = load(**GOOD)
    assert (settings.access, settings.billing, settings.currency) == (AccessMode.CLOSED, Billing.SHARED, "USD")
    assert (settings.daily_spend_micros, settings.max_open_orders, settings.markup_percent) == (20_000_000, 3, 0)
    assert (settings.invite_hours, settings.inline_search) == (72, False)
    assert (settings.unconfirmed_release_minutes, settings.unknowns_before_pause) == (10, 3)
    assert settings.retention_days == 30
    assert (settings.alert_balance, settings.alert_hours_left, settings.alert_delay_seconds) == (10, 12, 30)
    assert (settings.hidsim_rate_per_second, settings.hidsim_search_param) == (Decimal(10), "q")
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite+aiosqlite:///data/bot.db"
    assert (settings.admin_ids, settings.status_listen) == (frozenset(), "")
    assert (settings.log_level, settings.log_format) == ("INFO", "console")


def test_everything_missing_is_said_at_once_each_in_its_line() -> None:
    with pytest.raises(WrongSettings) as caught:
        load()
    lines = str(caught.value).splitlines()
    assert [line.split()[0] for line in lines] == [
        "BOT_TOKEN", "HIDSIM_API_URL", "HIDSIM_IDENTIFIER", "HIDSIM_PASSWORD",
    ]  # fmt: skip
    assert all("not set" in line for line in lines)


WRONG = [
    ("bot_token", ""),
    ("bot_token", "canary-of-the-token"),
    ("bot_token", TOKEN.replace("-", " ")),
    ("bot_token", TOKEN.replace("1", "\N{FULLWIDTH DIGIT ONE}")),
    ("bot_token", f"bot{TOKEN}"),
    ("admin_ids", "1,@ann"),
    ("admin_ids", "-5"),
    ("admin_ids", "1.5"),
    ("admin_ids", TOKEN),
    ("admin_ids", "0"),
    ("admin_ids", "4503599627370496"),
    ("admin_ids", "\N{ARABIC-INDIC DIGIT FIVE}"),
    ("denied_services", "PayPal, *"),
    ("denied_services", ",".join(f"service {n}" for n in range(1001))),
    ("denied_services", "x" * 101),
    ("hidden_countries", "RU;-"),
    ("guard_success_percent", "40,25"),
    ("guard_success_percent", "15,25,40"),
    ("guard_success_percent", "40.5,25,15"),
    ("guard_closes_percent", "50,65,101"),
    ("guard_closes_percent", "80,65,50"),
    ("guard_closes_percent", "many"),
    ("hidsim_identifier", ""),
    ("hidsim_password", ""),
    ("hidsim_api_url", ""),
    ("hidsim_api_url", "hidsim.example"),
    ("hidsim_api_url", "ftp://hidsim.example"),
    ("hidsim_api_url", "http://hidsim.example"),
    ("hidsim_api_url", f"https://user:{PASSWORD}@hidsim.example"),
    ("hidsim_api_url", f"https://hidsim.example/?key={PASSWORD}"),
    ("hidsim_api_url", "https://hidsim.example:port"),
    ("hidsim_api_url", "https://hidsim.example:99999"),
    ("hidsim_api_url", "https://[::1"),
    ("hidsim_api_url", "http://127.0.0.1.example.org"),
    ("telegram_api_url", "http://192.168.0.1"),
    ("hidsim_rate_per_second", "0"),
    ("hidsim_rate_per_second", "fast"),
    ("hidsim_rate_per_second", "NaN"),
    ("hidsim_search_param", "a b"),
    ("database_url", "postgresql+psycopg://db/bot"),
    ("database_url", "sqlite:///bot.db"),
    ("database_url", "sqlite+aiosqlite:///"),
    ("database_url", "sqlite+aiosqlite:///:memory:"),
    ("access", "everybody"),
    ("billing", "free"),
    ("markup_percent", "-1"),
    ("markup_percent", "12.5"),
    ("currency", "dollars"),
    ("currency", "usd"),
    ("daily_spend", "-1"),
    ("daily_spend", "Infinity"),
    ("invite_hours", "0"),
    ("invite_hours", "for ever"),
    ("inline_search", "perhaps"),
    ("max_open_orders", "0"),
    ("max_purchases_per_hour", "0"),
    ("max_closes_per_hour", "10001"),
    ("shop_name", "x" * 65),
    ("contact", "ask me"),
    ("contact", "t.me/example_support"),
    ("contact", "https://"),
    ("contact", "https://localhost/help"),
    ("contact", "https://example.org/<help>"),
    ("contact", "https://example.org/" + "x" * 256),
    ("unconfirmed_release_minutes", "0"),
    ("unknowns_before_pause", "none"),
    ("retention_days", "0"),
    ("alert_balance", "-1"),
    ("alert_hours_left", "721"),
    ("alert_delay_seconds", "soon"),
    ("log_level", "loud"),
    ("log_format", "xml"),
    ("status_listen", "8081"),
    ("status_listen", "127.0.0.1:"),
    ("status_listen", "127.0.0.1:70000"),
    ("status_listen", ":8081"),
    ("status_listen", "127.0.0.1:\N{SUPERSCRIPT TWO}"),
    ("https_proxy", f"http://user:{PASSWORD}@"),
    ("https_proxy", f"http://user:{PASSWORD}@proxy.example:port"),
    ("all_proxy", "http://"),
    ("no_proxy", "a\tb"),
    ("database_url", "sqlite+aiosqlite://data/bot.db"),
    ("database_url", "sqlite+aiosqlite:///~/bot.db"),
    ("database_url", "sqlite+aiosqlite:///bot.db?timeout=5"),
    ("hidsim_identifier", "a\nb"),
    ("hidsim_api_url", "https://hidsim.example/a b"),
    ("markup_percent", "15%"),
    ("daily_spend", "7,50"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_is_one_line_that_names_its_variable(name: str, value: str) -> None:
    (line,) = said(**{name: value})
    assert line.startswith(name.upper() + " ")
    assert len(line) > len(name) + 10
    assert not re.search(r"should|valid|pattern|type=|Input|Value error|constr|at least \d+ (?:item|char)", line)


def test_several_wrong_values_are_all_said() -> None:
    assert [line.split()[0] for line in said(markup_percent="x", access="x", currency="x")] == [
        "ACCESS", "MARKUP_PERCENT", "CURRENCY",
    ]  # fmt: skip


def test_every_setting_has_a_wrong_value_here_or_can_have_none() -> None:
    assert set(Settings.model_fields) == {name for name, _ in WRONG}


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8080", "http://localhost", "http://[::1]:9/hidsim", "https://hidsim.example/api/"]
)
def test_plain_http_is_for_this_machine_only(url: str) -> None:
    assert load(**(GOOD | {"hidsim_api_url": url})).hidsim_api_url == url.rstrip("/")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("PayPal,*bank*, Wells  Fargo ", ("PayPal", "*bank*", "Wells Fargo")),
        ("PayPal;Wise\n Revolut\r\n\nPayPal,", ("PayPal", "Wise", "Revolut")),
        ("'PayPal','Wells Fargo'", ("PayPal", "Wells Fargo")),
        ('["A, B", "C", 12]', ("A, B", "C", "12")),
        ("[PayPal, Wise]", ("PayPal", "Wise")),
        ("McDonald's, \"Foo, Bar\", Kohl's", ("McDonald's", "Foo, Bar", "Kohl's")),
        ("“PayPal”，Госуслуги、支付宝", ("PayPal", "Госуслуги", "支付宝")),
        (" , ; ", ()),
    ],
)
def test_what_is_not_sold_is_read_however_lists_are_written(typed: str, names: tuple[str, ...]) -> None:
    assert load(**(GOOD | {"denied_services": typed})).denied_services == names
    assert load(**(GOOD | {"hidden_countries": typed})).hidden_countries == names


@pytest.mark.parametrize(
    ("typed", "bounds"),
    [
        ("30,20,10", Bounds(30, 20, 10)),
        ("30 % / 20 % / 10 %", Bounds(30, 20, 10)),
        ("[30, 20, 10]", Bounds(30, 20, 10)),
        ("Off", None),
        ("", Bounds(40, 25, 15)),
    ],
)
def test_three_percents_are_read_however_they_are_written(typed: str, bounds: Bounds | None) -> None:
    assert load(**(GOOD | {"guard_success_percent": typed})).guard_success_percent == bounds


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("", set()),
        ("5", {5}),
        (" 5, 7 ,,5", {5, 7}),
        ("4503599627370495", {4503599627370495}),
        ("[900,901]", {900, 901}),
        ("900 901", {900, 901}),
        ("900;901", {900, 901}),
        ("{900, 901}", {900, 901}),
        ('["900", "901"]', {900, 901}),
        ("(900)", {900}),
        ("900\t901", {900, 901}),
    ],
)
def test_admins_are_ids_however_lists_are_written(typed: str, ids: set[int]) -> None:
    assert load(**(GOOD | {"admin_ids": typed})).admin_ids == ids


def test_the_environment_goes_before_the_file_and_names_may_be_small(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(
        f"BOT_TOKEN={TOKEN}\nHIDSIM_API_URL=https://hidsim.example\nHIDSIM_IDENTIFIER=me\nhidsim_password='{PASSWORD}'\n"
        "ADMIN_IDS=1,2\nLOG_LEVEL=debug\nSOMETHING_ELSE=1\nCURRENCY=EUR\n"
    )
    monkeypatch.setenv("CURRENCY", "GBP")
    settings = load()
    assert settings.admin_ids == {1, 2}
    assert (settings.log_level, settings.currency) == ("DEBUG", "GBP")
    assert settings.hidsim_password.get_secret_value() == PASSWORD


def test_a_file_that_is_no_utf_8_is_said_without_showing_it(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(f"HIDSIM_PASSWORD={PASSWORD}\xe9".encode("latin-1"))
    assert said() == [".env is not UTF-8 text: save it as UTF-8"]


def dotenv(tmp_path: Path, text: str | bytes) -> None:
    content = text if isinstance(text, bytes) else text.encode()
    needed = f"BOT_TOKEN={TOKEN}\nHIDSIM_API_URL=https://hidsim.example\nHIDSIM_IDENTIFIER=me\nHIDSIM_PASSWORD=x\n"
    (tmp_path / ".env").write_bytes(needed.encode() + content)


@pytest.mark.parametrize(
    ("written", "password"),
    [
        ("'pa${HOME}ss'", "pa${HOME}ss"),
        ("pa${HOME}ss", "pa${HOME}ss"),
        ('"pa$HOME ss"', "pa$HOME ss"),
        ("$HOME", "$HOME"),
        ("pa#ss", "pa#ss"),
        ("#pass", "#pass"),
        ("'pa #ss'", "pa #ss"),
        ("'pa\"ss'", 'pa"ss'),
        ("'it\\'s'", "it's"),
        ("pa'ss", "pa'ss"),
        ("pa=ss==", "pa=ss=="),
        ("pa\\nss", "pa\\nss"),
        ("'DOMAIN\\user'", "DOMAIN\\user"),
        ("  spaced  ", "spaced"),
        ("' kept '", " kept "),
        ("päss😀", "päss😀"),
        ("`id`", "`id`"),
        ("%HOME%", "%HOME%"),
    ],
)
def test_a_value_of_the_file_is_taken_as_it_is_written(tmp_path: Path, written: str, password: str) -> None:
    dotenv(tmp_path, f"HIDSIM_PASSWORD={written}\n")
    assert load().hidsim_password.get_secret_value() == password


@pytest.mark.parametrize(
    "text",
    [
        b"CURRENCY=EUR\r\nMARKUP_PERCENT=15\r\n",
        b"export CURRENCY=EUR\nexport MARKUP_PERCENT=15",
        b"CURRENCY = EUR\nMARKUP_PERCENT  =  15  # percent",
        b"CURRENCY='EUR'\nMARKUP_PERCENT=\"15\"\n",
        b"currency=EUR\nMarkup_Percent=15\n",
        "CURRENCY=\u00a0EUR\u200b\nMARKUP_PERCENT=\u202f15\ufeff".encode(),
    ],
)
def test_lines_are_read_however_editors_write_them(tmp_path: Path, text: bytes) -> None:
    dotenv(tmp_path, text)
    assert (load().currency, load().markup_percent) == ("EUR", 15)


def test_a_byte_order_mark_does_not_hide_the_first_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(f"\ufeffBOT_TOKEN={TOKEN}\n".encode())
    given = {name: value for name, value in GOOD.items() if name != "bot_token"}
    assert load(**given).bot_token.get_secret_value() == TOKEN


@pytest.mark.parametrize(("behind", "before"), [("", ""), ("# later", " and before the #")])
def test_a_needed_value_that_is_empty_says_where_to_write_it(tmp_path: Path, behind: str, before: str) -> None:
    (tmp_path / ".env").write_text(f"BOT_TOKEN={TOKEN}\nHIDSIM_PASSWORD= {behind}\n")
    given = {name: value for name, value in GOOD.items() if name not in ("bot_token", "hidsim_password")}
    with pytest.raises(WrongSettings) as wrong:
        load(**given)
    assert str(wrong.value) == (
        f"HIDSIM_PASSWORD is empty: write the password of your HidSim account behind the ={before} in line 2 of .env"
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("example_support", "@example_support"),
        ("@example_support", "@example_support"),
        ("https://example.org/h", None),
    ],
)
def test_a_contact_is_a_name_of_telegrams_or_a_link(written: str, read: str | None) -> None:
    assert Settings(**GOOD, contact=written).contact == (read or written)


@pytest.mark.parametrize("blank", ["", " ", "\n", "''", '""', "' '", "# nothing"])
def test_an_empty_value_means_the_default(tmp_path: Path, blank: str) -> None:
    optional = [name.upper() for name, field in Settings.model_fields.items() if not field.is_required()]
    dotenv(tmp_path, "".join(f"{name}= {blank}\n" for name in optional))
    assert load().model_dump(exclude=set(GOOD)) == Settings(**GOOD).model_dump(exclude=set(GOOD))


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_an_empty_variable_does_not_hide_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    dotenv(tmp_path, "CURRENCY=EUR\nMARKUP_PERCENT=15\n")
    before = load()
    monkeypatch.setenv(name.upper(), " \n")
    assert load() == before


@pytest.mark.parametrize("end", ["\n", "\r\n", " ", "\t", "\u200b", "\ufeff\n", "\u00a0"])
def test_what_is_white_around_a_variable_is_dropped(monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    for name, value in GOOD.items():
        monkeypatch.setenv(name.upper(), f"{end}{value}{end}")
    monkeypatch.setenv("ADMIN_IDS", f"900{end}")
    read = load()
    assert (read.bot_token.get_secret_value(), read.hidsim_password.get_secret_value()) == (TOKEN, PASSWORD)
    assert (read.hidsim_identifier, read.hidsim_api_url) == (GOOD["hidsim_identifier"], GOOD["hidsim_api_url"])
    assert read.admin_ids == {900}


def test_the_database_alone_is_read_whatever_the_rest_is_like(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text(
        "ACCESS=everybody\nHIDSIM_PASSWORD='open\nDATABASE_URL=sqlite+aiosqlite:////srv/a#b.db"
    )
    assert database_url() == "sqlite+aiosqlite:////srv/a#b.db"
    (tmp_path / ".env").write_bytes(b"\xff\xfe")
    monkeypatch.setenv("DATABASE_URL", " sqlite+aiosqlite:///mine.db\n")
    assert database_url() == "sqlite+aiosqlite:///mine.db"
    (tmp_path / ".env").unlink()
    monkeypatch.setenv("DATABASE_URL", "")
    assert database_url() == "sqlite+aiosqlite:///data/bot.db"
    monkeypatch.setenv("DATABASE_URL", "bot.db")
    with pytest.raises(WrongSettings, match="DATABASE_URL must start with"):
        database_url()


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("ADMIN_ID", "ADMIN_IDS"),
        ("ADMINS_IDS", "ADMIN_IDS"),
        ("ADMIN", "ADMIN_IDS"),
        ("MARKUP", "MARKUP_PERCENT"),
        ("MARKUP_PERCENTAGE", "MARKUP_PERCENT"),
        ("HIDSIM_URL", "HIDSIM_API_URL"),
        ("HIDSIM_API", "HIDSIM_API_URL"),
        ("HIDSIM_LOGIN", "HIDSIM_IDENTIFIER"),
        ("HIDSIM_PASSWORT", "HIDSIM_PASSWORD"),
        ("BOT-TOKEN", "BOT_TOKEN"),
        ("TELEGRAM_BOT_TOKEN", "BOT_TOKEN"),
        ("BOTTOKEN", "BOT_TOKEN"),
        ("TELEGRAM_URL", "TELEGRAM_API_URL"),
        ("DATABASE", "DATABASE_URL"),
        ("DATABSE_URL", "DATABASE_URL"),
        ("LOGLEVEL", "LOG_LEVEL"),
        ("DAILY_SPENDING", "DAILY_SPEND"),
        ("MAX_OPEN_ORDER", "MAX_OPEN_ORDERS"),
        ("UNCONFIRMED_RELEASE", "UNCONFIRMED_RELEASE_MINUTES"),
        ("CURENCY", "CURRENCY"),
        ("STATUS", "STATUS_LISTEN"),
        ("BILING", "BILLING"),
    ],
)
def test_a_name_of_the_file_that_is_near_to_ours_is_named(tmp_path: Path, name: str, meant: str) -> None:
    dotenv(tmp_path, f"ADMIN_IDS=1\n{name}=15\n")
    (note,) = look().notes
    assert name in note
    assert note.endswith(f"did you mean {meant}?")


def test_a_near_name_in_the_environment_is_named_unless_ours_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_ID", "900")
    monkeypatch.setenv("MARKUP", "15")
    monkeypatch.setenv("HIDSIM_URL", "https://hidsim.example")
    notes = look(**GOOD).notes
    assert [note.split()[0] for note in notes[:-1]] == ["ADMIN_ID", "MARKUP"]
    assert "serves nobody" in notes[-1]


def test_names_of_other_programs_are_no_notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the environment and in a file that other programs read, too."""
    others = (
        "PATH HOME LANG LOGNAME SHELL TERM PWD USER HOSTNAME POSTGRES_PASSWORD REDIS_URL PYTHONPATH GPG_KEY TZ EDITOR "
        "COMPOSE_PROJECT_NAME AWS_ACCESS_KEY_ID ACCESS_TOKEN LC_ALL DISPLAY XDG_DATA_DIRS SSH_AUTH_SOCK DEBUG FTP_PROXY"
    )
    dotenv(tmp_path, "ADMIN_IDS=1\nSOMETHING_ELSE=1\nCOMPOSE_PROJECT_NAME=x\nPOSTGRES_PASSWORD=x\nTZ=UTC\n")
    for name in others.split():
        monkeypatch.setenv(name, "x")
    assert look().notes == ()


def test_a_setting_that_stands_twice_is_said(tmp_path: Path) -> None:
    dotenv(tmp_path, "ADMIN_IDS=1\n\nADMIN_IDS=2\n")
    assert look().notes == ("ADMIN_IDS stands in .env more than once (lines 5, 7): the last one counts",)
    assert load().admin_ids == {2}


def test_a_line_that_can_not_be_read_and_is_not_ours_is_left_out(tmp_path: Path) -> None:
    dotenv(tmp_path, "ADMIN_IDS=1\nexport FOO\nCURRENCY=EUR\n")
    (note,) = look().notes
    assert note.startswith("line 6 of .env")
    assert load().currency == "EUR"


def test_a_closed_bot_without_admins_is_told_what_to_do() -> None:
    (note,) = look(**GOOD).notes
    assert "ADMIN_IDS is empty" in note
    assert "/start" in note
    assert look(**GOOD, access="open").notes == ()
    assert look(**GOOD, admin_ids="5").notes == ()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("HIDSIM_PASSWORD=pa #ss", "was read as 2 characters"),
        ('HIDSIM_PASSWORD="pa\\\\ss"', "backslash"),
        ("HIDSIM_IDENTIFIER=me # my account", "single quotes"),
    ],
)
def test_what_became_of_a_value_is_told_where_it_is_refused(tmp_path: Path, line: str, says: str) -> None:
    dotenv(tmp_path, line + "\n")
    (doubt,) = look().doubts
    assert doubt.name == line.partition("=")[0]
    assert says in doubt.sentence
    assert "ss" not in doubt.sentence.split("single")[0].replace("password", "")


def test_quotes_that_a_container_kept_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GOOD.items():
        monkeypatch.setenv(name.upper(), f"'{value}'" if name == "hidsim_identifier" else value)
    said = {doubt.name: doubt.sentence for doubt in look().doubts}
    assert "quotes around it" in said["HIDSIM_IDENTIFIER"]
    assert "$" in said["HIDSIM_PASSWORD"]


PROXY = "http://user:secret@proxy.example:3128"
API = "https://hidsim.example/api"


@pytest.mark.parametrize(
    ("given", "url", "proxy"),
    [
        ({}, API, None),
        ({"https_proxy": PROXY}, API, PROXY),
        ({"https_proxy": "proxy.example:3128"}, API, "http://proxy.example:3128"),
        ({"all_proxy": PROXY}, API, PROXY),
        ({"all_proxy": "socks5://proxy.example", "https_proxy": PROXY}, API, PROXY),
        ({"https_proxy": "socks5://proxy.example", "all_proxy": PROXY}, API, PROXY),
        ({"https_proxy": "socks5://proxy.example"}, API, None),
        ({"https_proxy": PROXY, "no_proxy": "hidsim.example"}, API, None),
        ({"https_proxy": PROXY, "no_proxy": "other.example, .example"}, API, None),
        ({"https_proxy": PROXY, "no_proxy": "*"}, API, None),
        ({"https_proxy": PROXY, "no_proxy": "sim.example"}, API, PROXY),
        ({"https_proxy": PROXY, "no_proxy": "10.0.0.0/8"}, "https://10.1.2.3/api", None),
        ({"https_proxy": PROXY, "no_proxy": "10.0.0.0/8"}, "https://11.1.2.3/api", PROXY),
        ({"https_proxy": PROXY}, "http://127.0.0.1:8080", None),
        ({"https_proxy": PROXY}, "http://localhost:8080", None),
        ({"https_proxy": PROXY}, "https://[::1]:8080", None),
    ],
)
def test_the_way_to_a_service(given: dict[str, str], url: str, proxy: str | None) -> None:
    settings = load(**(GOOD | given))
    assert settings.proxy_for(url) == proxy
    assert "secret" not in repr(settings)


def test_a_proxy_that_is_not_used_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    (note,) = look(**GOOD, admin_ids="1", all_proxy="socks5://user:secret@proxy.example").notes
    assert note.startswith("ALL_PROXY names a socks5 proxy, which is not used")
    assert "secret" not in note
    monkeypatch.setenv("HTTP_PROXY", PROXY)
    (note,) = look(**GOOD, admin_ids="1").notes
    assert note.startswith("HTTP_PROXY alone is not used")
    assert look(**GOOD, admin_ids="1", https_proxy=PROXY).notes == ()


def test_no_repr_shows_a_secret() -> None:
    settings = load(**GOOD)
    shown = f"{settings!r} {settings} {settings.model_dump()}"
    assert PASSWORD not in shown
    assert not re.search("canary-of-the-token", shown)


def test_settings_can_not_be_changed_behind_ones_back() -> None:
    settings = load(**GOOD)
    with pytest.raises(Exception, match="frozen"):
        settings.access = AccessMode.OPEN  # type: ignore[misc]
