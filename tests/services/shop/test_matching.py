"""What people type, and the services, countries and prices they mean by it."""

import random
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import service_aliases
from bot.i18n.country_codes import names_in
from bot.services.shop.country_matching import CountryMatcher, prepare
from bot.services.shop.matching import LONGEST, ServiceMatcher, folded
from bot.services.shop.query import Destination, Maximum, Query, parse_query, read_country, read_maximum

NAMES = [
    "Telegram", "WhatsApp", "微信", "Google / Gmail", "Yandex", "1688", "Instagram", "ВКонтакте", "Mail.ru",
    "OK", "Uber", "Uber India", "Line", "LinkedIn", "Tinder", "TikTok", "Facebook", "Telegraph Media",
    "Rocket Telegram", "Signal", "Twitter", "Brazino", "Any other", "Steam", "Discord",
]  # fmt: skip
IDS = {name: place for place, name in enumerate(NAMES, start=100)}
SERVICES = ServiceMatcher([(ident, name) for name, ident in IDS.items()], service_aliases())
COUNTRIES = CountryMatcher(
    [(1, "Brazil", "BR"), (2, "South Korea", "KR"), (3, "Togo", "TG"), (4, "USA", "US"), (5, "India", "IN"),
     (6, "Russia", "RU"), (7, "Niger", "NE"), (8, "Nigeria", "NG"), (9, "Ivory Coast", "CI"), (10, "Atlantis", None)]
)  # fmt: skip
prepare()


def found(text: str) -> list[str]:
    return [NAMES[ident - 100] for ident in SERVICES.find(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("telegram", "Telegram"), ("TELEGRAM", "Telegram"), ("Télégram", "Telegram"), ("телеграм", "Telegram"),
        ("телега", "Telegram"), ("tg", "Telegram"), ("telegarm", "Telegram"), ("tlegram", "Telegram"),
        ("telegramm", "Telegram"), ("تلگرام", "Telegram"), ("טלגרם", "Telegram"), ("ｔｅｌｅｇｒａｍ", "Telegram"),
        ("wa", "WhatsApp"), ("вотсап", "WhatsApp"), ("whats app", "WhatsApp"), ("watsapp", "WhatsApp"),
        ("واتساب", "WhatsApp"), ("wechat", "微信"), ("微信", "微信"), ("weixin", "微信"), ("gmail", "Google / Gmail"),
        ("youtube", "Google / Gmail"), ("гугл", "Google / Gmail"), ("вк", "ВКонтакте"), ("vk", "ВКонтакте"),
        ("vkontakte", "ВКонтакте"), ("mail ru", "Mail.ru"), ("1688", "1688"), ("ok", "OK"), ("ok.ru", "OK"),
        ("uber india", "Uber India"), ("uber", "Uber"), ("line", "Line"), ("tik tok", "TikTok"), ("fb", "Facebook"),
        ("facebok", "Facebook"), ("inst", "Instagram"), ("インスタ", "Instagram"), ("x", "Twitter"), ("дс", "Discord"),
    ],
)  # fmt: skip
def test_the_service_meant_comes_first(text: str, name: str) -> None:
    assert found(text)[0] == name


def test_exact_stands_before_prefix_before_the_beginning_of_a_word() -> None:
    assert found("telegra") == ["Telegram", "Telegraph Media", "Rocket Telegram"]
    assert found("telegram") == ["Telegram", "Rocket Telegram"]


def test_typos_are_looked_for_only_when_nothing_is_spelt_so() -> None:
    assert found("uber") == ["Uber", "Uber India"]
    assert found("steem") == ["Steam"]


@pytest.mark.parametrize("text", ["", "   ", "!?", "zzzzzz", "qwertyuiop", "xqj", "💬💬"])
def test_nothing_is_found_when_nothing_is_near(text: str) -> None:
    assert found(text) == []


def test_no_more_than_the_limit_is_found_and_nothing_twice() -> None:
    many = ServiceMatcher([(n, f"Tele {n}") for n in range(50)], {})
    assert many.find("tele") == list(range(16))
    assert many.find("tele", limit=3) == [0, 1, 2]


def test_what_stands_behind_sixty_four_characters_is_not_read() -> None:
    assert found("telegram" + " " * 200 + "nonsense") == found("telegram")
    assert folded("a" * 1000) == ["a" * LONGEST]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("telegram brazil 0.3", Query((IDS["Telegram"], IDS["Rocket Telegram"]), 1, 300_000, "telegram")),
        ("telegram brazil 0,3", Query((IDS["Telegram"], IDS["Rocket Telegram"]), 1, 300_000, "telegram")),
        ("0.3 brazil whatsapp", Query((IDS["WhatsApp"],), 1, 300_000, "whatsapp")),
        ("brazil tg", Query((IDS["Telegram"],), 1, None, "tg")),
        ("tg br", Query((IDS["Telegram"],), 1, None, "tg")),
        ("tg tg", Query((IDS["Telegram"],), 3, None, "tg")),
        ("tg 🇧🇷 $1", Query((IDS["Telegram"],), 1, 1_000_000, "tg")),
        ("wa south korea 2$", Query((IDS["WhatsApp"],), 2, 2_000_000, "wa")),
        ("wa Côte d'Ivoire", Query((IDS["WhatsApp"],), 9, None, "wa")),
        ("wa cote divoire", Query((IDS["WhatsApp"],), 9, None, "wa")),
        ("wa united states", Query((IDS["WhatsApp"],), 4, None, "wa")),
        ("wa usa", Query((IDS["WhatsApp"],), 4, None, "wa")),
        ("wa nigeria", Query((IDS["WhatsApp"],), 8, None, "wa")),
        ("wa atlantis", Query((IDS["WhatsApp"],), 10, None, "wa")),
        ("wa brazl", Query((IDS["WhatsApp"],), 1, None, "wa")),
        ("uber india", Query((IDS["Uber India"],), None, None, "uber india")),
        ("mail ru", Query((IDS["Mail.ru"],), None, None, "mail ru")),
        ("1688", Query((IDS["1688"],), None, None, "1688")),
        ("1688 usa 2", Query((IDS["1688"],), 4, 2_000_000, "1688")),
        ("wa ٠٫٥", Query((IDS["WhatsApp"],), None, 500_000, "wa")),
        ("wa 0", Query((IDS["WhatsApp"],), None, None, "wa")),
        ("wa -5", Query((IDS["WhatsApp"],), None, None, "wa")),
        ("wa 99999999999999999999", Query((IDS["WhatsApp"],), None, None, "wa")),
        ("wa 5000", Query((IDS["WhatsApp"],), None, None, "wa")),
        ("brazil", Query((), 1, None, "")),
        ("unheardof brazil 0.3", Query((), 1, 300_000, "unheardof")),
        ("unheardof", Query((), None, None, "unheardof")),
        ("", Query((), None, None, "")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_text_is_read_as_service_country_and_maximum(text: str, query: Query) -> None:
    assert parse_query(text, SERVICES, COUNTRIES) == query


@pytest.mark.parametrize(
    ("text", "country", "maximum"),
    [
        ("telegram brazil max 0.3", 1, 300_000), ("telegram max 0.3", None, 300_000),
        ("tg до 0,3 Бразилия", 1, 300_000),
        ("tg brasil hasta 0.3", 1, 300_000), ("tg Brasilien bis 0,3", 1, 300_000), ("tg up to 0.3 usd", None, 300_000),
        ("tg ≤ 0.3", None, 300_000), ("tg <$0.3", None, 300_000), ("tg in brazil", 1, None), ("tg +55", 1, None),
        ("tg +1", 4, None), ("+7 tg", 6, None), ("+55 tg 0.3", 1, 300_000), ("tg 巴西", 1, None),
        ("tg البرازيل", 1, None),
        ("tg Кот-д’Ивуар", 9, None), ("tg Brésil", 1, None), ("tg EE.UU.", 4, None), ("tg США", 4, None),
        ("tg Südkorea", 2, None), ("tg 대한민국", 2, None), ("please tg", None, None),
        ("tg number for brazil", 1, None),
    ],
)  # fmt: skip
def test_small_words_dial_codes_and_other_languages_are_understood(
    text: str, country: int | None, maximum: int | None
) -> None:
    query = parse_query(text, SERVICES, COUNTRIES)
    assert query.service_ids[0] == IDS["Telegram"]
    assert (query.country_id, query.max_micros, query.unknown) == (country, maximum, "")


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("telegram lemuria", "lemuria"), ("lemuria telegram 0.3", "lemuria"), ("telegram лемурия brazil", "лемурия"),
        ("telegram lem", "lem"), ("telegram q", "q"), ("telegram in lemuria please", "lemuria"),
        ("telegram +999", "+999"),
        ("whats ap", ""), ("insta gramm", ""), ("tik tock", ""), ("tele gram", ""), ("telegram max", ""),
    ],
)  # fmt: skip
def test_a_word_that_is_not_understood_is_kept_and_slips_are_none(text: str, unknown: str) -> None:
    query = parse_query(text, SERVICES, COUNTRIES)
    assert query.service_ids
    assert query.unknown == unknown


def test_the_english_name_wins_over_another_languages_and_a_service_over_both() -> None:
    countries = CountryMatcher([(1, "Iceland", "IS"), (2, "Island", None), (3, "Georgia", "GE")])
    assert countries.named("island") == 2
    assert countries.named("Ísland") == 2
    assert CountryMatcher([(1, "Iceland", "IS")]).named("island") == 1
    services = ServiceMatcher([(7, "Georgia"), (8, "Telegram")], {})
    assert parse_query("georgia", services, countries) == Query((7,), None, None, "georgia")
    assert parse_query("telegram georgia", services, countries).country_id == 3


@pytest.mark.parametrize(
    ("text", "maximum"),
    [
        ("0.3", 300_000), ("$0.3", 300_000), ("0,3", 300_000), ("max 0.3", 300_000), ("0.3 usd", 300_000),
        ("0.3€", 300_000), ("Max. $ 0.3", 300_000), ("до 0.3", 300_000), ("0.3USD", 300_000), ("up to 2", 2_000_000),
        ("0", None), ("-1", None), ("5000", None), ("0.0.3", None),
    ],
)  # fmt: skip
def test_a_number_alone_is_a_maximum(text: str, maximum: int | None) -> None:
    assert read_maximum(text) == Maximum(maximum)


@pytest.mark.parametrize("text", ["", "max", "brazil 0.3", "telegram", "0.3 0.4", "+55", "🇧🇷"])
def test_other_texts_are_none(text: str) -> None:
    assert read_maximum(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("brazil", Destination(1, None, sure=True)), ("in Brazil", Destination(1, None, sure=True)),
        ("tg", Destination(3, None, sure=True)), ("in", Destination(5, None, sure=True)),
        ("🇧🇷 0.3", Destination(1, 300_000, sure=True)), ("+55", Destination(1, None, sure=True)),
        ("brazl", Destination(1, None, sure=False)), ("max 0.3 brasil", Destination(1, 300_000, sure=True)),
        ("lemuria", None), ("telegram brazil", None), ("", None), ("+", None), ("+5555555", None),
    ],
)  # fmt: skip
def test_a_country_alone_is_read(text: str, found: Destination | None) -> None:
    assert read_country(text, COUNTRIES) == found


def test_a_short_name_of_another_script_is_read_only_as_it_is_written() -> None:
    countries = CountryMatcher([(1, "United States", "US"), (2, "Malaysia", "MY")])
    assert countries.named("Mỹ") == 1
    assert countries.named("my") is None
    assert countries.coded("my") == 2


WELL_KNOWN = [
    "телеграм", "TELEGRAM", "telegram messenger", "Telegram (new)", "تلگرام", "电报", "微信", "WeChat", "whats app",
    "WHATSAPP", "Whats App Business", "ВКонтакте", "vk", "Тик Ток", "TIK TOK", "tiktok / douyin",
    "Google,youtube,Gmail",
    "гугл", "فيسبوك", "Facebook", "insta", "インスタ", "line messenger", "Open AI", "ChatGPT (OpenAI)", "Убер",
]  # fmt: skip


@pytest.mark.parametrize("name", WELL_KNOWN)
def test_a_service_in_any_script_or_case_is_well_known(name: str) -> None:
    assert ServiceMatcher([(1, "Zzz"), (2, name), (3, "Abc")], service_aliases()).well_known == (2,)


@pytest.mark.parametrize("name", ["Line Man", "Okko", "Telegraph Media", "Any other", "Signals & Co", "Metal", "Appl"])
def test_a_name_that_only_looks_like_one_is_not(name: str) -> None:
    assert ServiceMatcher([(1, name)], service_aliases()).well_known == ()


@given(st.text())
def test_any_text_is_read_without_complaint(text: str) -> None:
    query = parse_query(text, SERVICES, COUNTRIES)
    assert query.max_micros is None or 0 < query.max_micros <= 1_000_000_000
    assert set(query.service_ids) <= set(IDS.values())


@given(st.text(alphabet="0123456789.,-+$€eE ٠٫ tgbr", max_size=80))
def test_any_numbers_are_read_without_complaint(text: str) -> None:
    query = parse_query(text, SERVICES, COUNTRIES)
    assert query.max_micros is None or 0 < query.max_micros <= 1_000_000_000


def test_no_alias_stands_for_two_services() -> None:
    owners: dict[str, str] = {}
    for name, others in service_aliases().items():
        for each in (name, *others):
            key = "".join(folded(each))
            assert key
            assert owners.setdefault(key, name) == name


def test_a_thousand_services_are_searched_in_milliseconds() -> None:
    luck = random.Random(1)
    names = ["".join(luck.choices(string.ascii_lowercase, k=luck.randint(4, 12))) for _ in range(1000)]
    matcher = ServiceMatcher(list(enumerate(names)), {name: [f"{name}x", f"my {name}", name[::-1]] for name in names})
    times = []
    for text in ["t", "telegarm", "qwertyuiop brazil 0.3", names[7], f"{names[9]} brazil"] * 3:
        started = time.perf_counter()
        parse_query(text, matcher, COUNTRIES)
        times.append(time.perf_counter() - started)
    assert sorted(times)[len(times) // 2] < 0.02


DIGITS = ServiceMatcher([(1, "1win"), (2, "99app"), (3, "2GIS"), (4, "163"), (5, "Telegram")], {})


@pytest.mark.parametrize(
    ("text", "service"), [("1win brazil", 1), ("99app brazil", 2), ("2gis br", 3), ("163 brazil", 4)]
)
def test_a_service_that_is_called_like_a_number_is_no_price(text: str, service: int) -> None:
    query = parse_query(text, DIGITS, COUNTRIES)
    assert (query.service_ids[0], query.max_micros, query.country_id is not None) == (service, None, True)
    assert read_maximum(text.split()[0]) is None or text.startswith("163")


def test_beside_a_service_it_is_one() -> None:
    query = parse_query("telegram brazil 163", DIGITS, COUNTRIES)
    assert (query.service_ids[0], query.max_micros) == (5, 163_000_000)


LINES = [
    "телеграм бразилия 0,3", "телеграм для бразилії до 0,3", "telegram 0.3 br", "0,3 brasil telegram",
    "telegram brasil até R$0,3", "telegram en brasil por 0.3", "telegram brezilya 0,3 kadar",
    "tg en fazla 0,3 brezilya", "تيليجرام البرازيل ٠٫٣", "رقم تيليجرام من البرازيل ٠٫٣ دولار",
    "تلگرام برزیل ۰٫۳", "شماره تلگرام برزیل ۰/۳", "\u200fتلگرام\u200f برزیل ٠،٣", "टेलीग्राम ब्राज़ील ०.३",
    "टेलीग्राम ब्राज़ील ०.३ तक", "telegram untuk brasil 0,3", "tg tối đa 0.3 brazil",
    "电报 巴西 0.3", "電報 巴西 ０．３", "电报巴西0.3", "巴西电报0.3美元", "telegram巴西 0。3", "电报 巴西 最多 0.3",
]  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_one_line_is_read_in_every_language_of_the_shop(line: str) -> None:
    query = parse_query(line, SERVICES, COUNTRIES)
    assert query.service_ids[0] == IDS["Telegram"]
    assert (query.country_id, query.max_micros, query.unknown) == (1, 300_000, "")


@pytest.mark.parametrize(
    "typed", ["$0.3", "0,3", "۰٫۳", "٠٫٣", "۰/۳", "٠،٣", "०.३", "０．３", "0。3", "0.3元", "₹0.3", "R$0,3"]
)
def test_a_price_alone_is_read_with_any_digits(typed: str) -> None:
    assert read_maximum(typed) == Maximum(300_000)
    assert parse_query(typed, SERVICES, COUNTRIES) == Query((), None, 300_000, "")


@pytest.mark.parametrize("typed", ["巴西0.3", "巴西 0.3", "برزیل ۰٫۳", "ब्राज़ील ०.३"])
def test_a_country_and_a_price_are_read_without_a_blank_between_them(typed: str) -> None:
    assert read_country(typed, COUNTRIES) == Destination(1, 300_000, sure=True)


@pytest.mark.parametrize("typed", ["12345", "0", "99999999999"])
def test_a_number_that_can_be_no_price_is_a_word(typed: str) -> None:
    assert parse_query(typed, SERVICES, COUNTRIES).words == typed


def test_what_is_written_without_blanks_stays_whole_where_it_is_a_name() -> None:
    matcher = ServiceMatcher([(1, "1688"), (2, "支付宝")], service_aliases())
    assert parse_query("阿里巴巴1688", matcher, COUNTRIES).service_ids[0] == 1
    assert parse_query("支付宝", matcher, COUNTRIES).country_id is None


SPOKEN = ("en", "ru", "uk", "es", "pt_BR", "tr", "ar", "fa", "hi", "id", "vi", "zh_Hans")
SOLD = dict(names_in("en"))


@pytest.mark.parametrize("language", SPOKEN)
def test_each_country_is_found_by_its_name_in_each_language_of_the_shop(language: str) -> None:
    numbered = {code: number for number, code in enumerate(SOLD)}
    everywhere = CountryMatcher([(numbered[code], name, code) for code, name in SOLD.items()])
    named = {code: everywhere.named(name) for code, name in names_in(language) if code in numbered}
    missed = {code for code, found in named.items() if found is None}
    mistaken = {code for code, found in named.items() if found not in (None, numbered[code])}
    assert (missed, mistaken) == (set(), set())


def test_no_short_name_in_some_language_takes_another_countrys_code() -> None:
    """ "Áo" is Austria in Vietnamese, and "ao" Angola."""
    everywhere = CountryMatcher([(number, SOLD[code], code) for number, code in enumerate(SOLD)])
    found = {code: everywhere.named(code.lower()) for code in SOLD}
    taken = {code for number, code in enumerate(SOLD) if found[code] not in (None, number)}
    assert taken == set()


TYPED = {
    "Telegram": "телеграм телега تيليجرام تلگرام टेलीग्राम 电报 纸飞机",
    "WhatsApp": "вотсап واتساب واتساپ व्हाट्सएप व्हाट्सऐप zapzap wpp wasap",
    "Google / Gmail": "гугл جوجل قوقل گوگل गूगल 谷歌 जीमेल يوتيوب",
    "Instagram": "инстаграм انستقرام اینستاگرام इंस्टाग्राम",
    "Facebook": "фейсбук فيسبوك فیسبوک फेसबुक 脸书",
    "TikTok": "тикток تيكتوك टिकटॉक",
    "Discord": "дискорд ديسكورد डिस्कॉर्ड",
    "Twitter": "твиттер твітер تويتر توییتر ट्विटर 推特",
    "微信": "вичат वीचैट 微信 wechat",
}


@pytest.mark.parametrize(("name", "typed"), [(name, one) for name, many in TYPED.items() for one in many.split()])
def test_well_known_services_are_found_as_people_write_them(name: str, typed: str) -> None:
    assert found(typed)[0] == name


@pytest.mark.parametrize(
    ("line", "maximum"),
    [
        ("telegram brazil 30 cents", 300_000), ("telegram brazil under 30 cents", 300_000), ("tg br 30¢", 300_000),
        ("tg br 30c", 300_000), ("тг бразилия 30 центов", 300_000), ("тг бразилія до 30 центів", 300_000),
        ("tg brasil hasta 30 centavos", 300_000), ("tg brezilya 30 sent", 300_000), ("tg brasil 5 céntimos", 50_000),
        ("تيليجرام البرازيل 30 سنت", 300_000), ("تلگرام برزیل ۳۰ سنت", 300_000), ("टेलीग्राम ब्राज़ील 30 सेंट", 300_000),
        ("tg brazil 30 sen", 300_000), ("tg brazil 30 xu", 300_000), ("电报 巴西 30美分", 300_000),
        ("电报巴西30美分", 300_000), ("tg brazil 1 cent", 10_000),
    ],
)  # fmt: skip
def test_cents_are_no_dollars(line: str, maximum: int) -> None:
    query = parse_query(line, SERVICES, COUNTRIES)
    assert query.service_ids[0] == IDS["Telegram"]
    assert (query.country_id, query.max_micros, query.unknown) == (1, maximum, "")


def test_cents_alone_are_a_maximum() -> None:
    assert read_maximum("30 cents") == read_maximum("30¢") == read_maximum("до 30 центов") == Maximum(300_000)


@pytest.mark.parametrize(
    "line",
    [
        "telegram,brazil,0.3", "telegram, brazil, 0.3", "telegram، برزیل، ۰٫۳", "telegram brazil .3",
        "telegram brazil $.3", "telegram brazil 0.3.", "telegram brazil 0.3!", "telegram brazil US$0.3",
        "telegram brazil US$ 0.3", "telegram brazil max:0.3", "telegram brazil max0.3", "telegram brazil at most 0.3",
        "telegram brazil no more than 0.3", "telegram brazil 0.3 or less", "тг бразилия не дороже 0.3",
        "тг бразилия дешевле чем 0,3", "тг бразилія не дорожче 0,3", "tg brasil por menos de 0,3",
        "tg brasil no más de 0,3", "tg brasil bajo 0,3 dólares", "tg brasil abaixo de 0,30", "tg brasil no máximo 0,3",
        "tg brezilya 0,3 veya daha az", "تيليجرام البرازيل أقل من 0.3", "تيليجرام البرازيل بأقل من ٠٫٣ دولار",
        "تلگرام برزیل کمتر از ۰٫۳", "टेलीग्राम ब्राज़ील ०.३ से कम", "tg brazil tidak lebih dari 0,3",
        "tg brazil di bawah 0,3", "tg brazil không quá 0,3", "tg brazil 0,3đ", "电报 巴西 低于0.3",
    ],
)  # fmt: skip
def test_a_maximum_may_be_said_in_many_words_and_signs(line: str) -> None:
    query = parse_query(line, SERVICES, COUNTRIES)
    assert query.service_ids[0] == IDS["Telegram"]
    assert (query.country_id, query.max_micros, query.unknown) == (1, 300_000, "")
