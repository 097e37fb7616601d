"""Text from outside: whatever stands in an SMS or a name, the push goes out and shows the same text."""

from dataclasses import replace
from gettext import NullTranslations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.access import AccessMode, Standing
from bot.domain.acts import Act
from bot.domain.alerts import AlertKind, UnreadableUpdate
from bot.domain.catalog import Country, Service, Sort
from bot.domain.details import AlertDetail, CreditMoved, CreditRequested, InvitationUsed
from bot.domain.entry import EntryAnswer, EntryRequest, Stranger
from bot.domain.notices import NoticeKind
from bot.domain.orders import OrderCard, OrderState, Sms
from bot.domain.pausing import PauseCause
from bot.domain.people import Person
from bot.domain.refusals import Reason, RefusalFacts
from bot.domain.sms import clip
from bot.facts.entry import AnsweredEntry
from bot.facts.orders import HistoryPage, OrderPage
from bot.facts.pages import Page
from bot.facts.people import PeopleFacts
from bot.facts.record import AuditPage, Done
from bot.facts.safety import Pausing
from bot.facts.shop import CountryPage, CountryRow, ServicePage
from bot.i18n import Translator, clean
from bot.sandbox.telegram.autolink import find_entities
from bot.screens import home, refusals
from bot.screens.desk import audit
from bot.screens.money import credit_requests
from bot.screens.orders import history, lists
from bot.screens.orders.cards import order_card
from bot.screens.orders.sms import quoted
from bot.screens.people import entry, listed, roles
from bot.screens.safety import pause
from bot.screens.shop import countries, services
from bot.screens.telling.pushes import code, push
from tests.domain.make import NOW, order
from tests.screens.phone import ENGLISH, buttons, check, meant, read, stretches

FRAGMENTS = (
    "<b>", "</b>", "<", ">", "&", "&lt;", "&amp;lt;", "&#60;", "&#0;", "<a href='x'>", "<!--", "-->", "</blockquote>",
    "<tg-time unix='1'>", "\u202e", "\u2066", "\u2069", "\u200f", "\ufeff", "\x00", "\r\n", "\u2028", "\x1b[31m",
    "👩\u200d👧", "🇧🇷", "\u0333", "ß", "123456", "\ud83d", " ", "\n\n", "{code}", "%s",
)  # fmt: skip
ANY = st.text(st.characters(exclude_categories=()), max_size=60)
HOSTILE = st.lists(ANY | st.sampled_from(FRAGMENTS), max_size=12).map("".join)
LONG = HOSTILE.map(lambda text: (text * 300)[:4096])
NAME = HOSTILE.map(lambda text: text[:200].strip()).filter(bool)
"""As long as HidSim's names are let be, and never empty."""
FEW = settings(max_examples=40, deadline=None)
DONE = order(OrderState.COMPLETED, number="+5511912345678", price=120_000, charged=120_000)


@FEW
@given(HOSTILE | LONG, st.none() | NAME, st.none() | HOSTILE | LONG, st.booleans())
@example("\u202e", None, "\u202e", False)
@example("&" * 4096, "'" * 200, "<" * 512, True)
@example("👩‍👧" * 1400, "👩‍👧" * 50, "\ufeff", True)
def test_any_sms_is_pushed_and_shows_the_same_text(
    text: str, sender: str | None, its_code: str | None, guessed: bool
) -> None:
    screen = code(OrderCard(DONE), Sms(1, text, its_code, sender, NOW, guessed), ENGLISH)
    check(screen)
    shown = clip(clean(text), 3000).strip()
    assert stretches(screen, "expandable_blockquote") == ([shown] if shown else [])
    assert meant(screen).endswith(shown)
    check(
        code(
            OrderCard(replace(DONE, price=None)), Sms(1, text, its_code, sender, NOW, guessed), ENGLISH, corrected=True
        )
    )


@FEW
@given(NAME, NAME)
def test_any_name_of_service_and_country_stands_at_the_top_of_a_push(service: str, country: str) -> None:
    named = replace(DONE, service_name=service, country_name=country, country_code=None)
    screen = code(OrderCard(named), Sms(1, "Hello", "123456", None, NOW), ENGLISH)
    check(screen)
    name = clean(service).replace("\n", " ")
    assert read(screen)[0].split("\n")[0].startswith(f"123456 🔑 {name[:20].rstrip()}")
    assert clean(country) in read(screen)[0]


@FEW
@given(st.lists(LONG, max_size=8), NAME)
def test_a_card_with_any_sms_in_it_fits_into_one_message(texts: list[str], service: str) -> None:
    found = tuple(Sms(at, text, text[:512] or None, None, NOW) for at, text in enumerate(texts))
    check(order_card(OrderCard(replace(DONE, service_name=service), found), ENGLISH))


@FEW
@given(NAME)
def test_any_name_makes_a_button_that_can_be_tapped(name: str) -> None:
    service, country = Service(1, "a" * 24, name), Country(1, "c" * 24, name, None)
    listed = services.services(ServicePage((service,), Page(0, 1)), ENGLISH)
    check(listed)
    check(services.results(ServicePage((service,), Page(0, 1), 1, name[:64]), ENGLISH))
    page = CountryPage(service, Sort.NAME, Page(0, 1), (CountryRow(country, None),))
    check(countries.countries(page, "h", "USD", ENGLISH))
    one = replace(DONE, service_name=name, country_name=name, country_code=None)
    check(history.history(HistoryPage((one,), Page(0, 1), 1), ENGLISH))


@FEW
@given(NAME)
def test_any_persons_name_stands_on_the_admins_screens(name: str) -> None:
    person = Person(1, name, Standing.UNKNOWN, "en")
    person = replace(person, username=name)
    check(listed.people(PeopleFacts(AccessMode.OPEN, (person,) * 8, Page(0, 2), 16, "USD"), ENGLISH))
    check(listed.people(PeopleFacts(AccessMode.OPEN, (), Page(0, 1), 0, "USD", typed=name), ENGLISH))
    check(listed.confirm(person, Standing.ALLOWED, ENGLISH))
    check(entry.asked(person.id, name, name, ENGLISH))
    asked = EntryRequest(Stranger(person.id, name, name), NOW, EntryAnswer.IGNORED, 1)
    check(entry.answered(AnsweredEntry(asked, False, person), ENGLISH))
    check(roles.confirm(person, ENGLISH, admin=True))


@FEW
@given(st.sampled_from(Reason), st.none() | HOSTILE | LONG)
def test_any_refusal_fits_its_dialog_and_its_screen(reason: Reason, said: str | None) -> None:
    facts = RefusalFacts(reason, 10**12, 10**12, 100, "USD", 10**9, said, 7)
    check(refusals.refusal(facts, ENGLISH))
    toast = refusals.toast(facts, ENGLISH)
    assert 0 < len(toast) <= 200
    assert "<blockquote>" not in toast


@FEW
@given(st.text(min_size=1, max_size=32))
@example("not a number <b>")
@example("\u202e")
def test_whatever_stands_for_a_number_is_shown_and_can_be_copied(number: str) -> None:
    check(order_card(OrderCard(order(OrderState.PENDING, number=number)), ENGLISH))
    check(lists.mine(OrderPage((order(OrderState.PENDING, number=number),), Page(0, 1), 1), ENGLISH))


@pytest.mark.parametrize("number", ["+5511912345678", "+12015550123", "+442079460018", "+79161234567"])
def test_copy_number_copies_plus_and_digits_and_nothing_else(number: str) -> None:
    screen = order_card(OrderCard(order(OrderState.PENDING, number=number)), ENGLISH)
    assert [b.copy_text.text for b in buttons(screen) if b.copy_text] == [number]


@pytest.mark.parametrize(
    ("its_code", "copied"), [("123456", "123456"), ("12 34 56", "12 34 56"), ("a" * 256, "a" * 256)]
)
def test_copy_code_copies_the_whole_code(its_code: str, copied: str) -> None:
    screen = code(OrderCard(DONE), Sms(1, "Hello", its_code, None, NOW), ENGLISH)
    assert [b.copy_text.text for b in buttons(screen) if b.copy_text] == [copied]


@pytest.mark.parametrize("its_code", ["\u202e", "\u200f\u2069", " \x00 "])
def test_a_code_of_which_nothing_can_be_seen_is_none(its_code: str) -> None:
    screen = code(OrderCard(DONE), Sms(1, "Hello", its_code, None, NOW), ENGLISH)
    check(screen)
    assert "I see no code in it" in meant(screen)


def test_a_code_too_long_to_be_copied_whole_is_not_copied_in_part() -> None:
    screen = code(OrderCard(DONE), Sms(1, "Hello", "a" * 257, None, NOW), ENGLISH)
    assert [b for b in buttons(screen) if b.copy_text] == []
    check(screen)


def test_a_quote_of_nothing_is_none() -> None:
    assert quoted("\u202e \n", 100) is None
    assert quoted("x" * 50, 10) == "<blockquote expandable>xxxxxxxxx…</blockquote>"


def test_a_guess_is_called_a_guess_and_a_text_without_a_code_says_so() -> None:
    guess = code(OrderCard(DONE), Sms(1, "Use 7788", "7788", None, NOW, guessed=True), ENGLISH)
    assert "guess" in meant(guess)
    assert stretches(guess, "code")[0] == "7788"
    none = code(OrderCard(DONE), Sms(1, "Welcome!", None, None, NOW), ENGLISH)
    assert "I see no code in it" in meant(none)
    assert [b for b in buttons(none) if b.copy_text] == []


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_notice_whose_order_is_gone_says_nothing_or_something_sound(kind: NoticeKind) -> None:
    screen = push(kind, None, None, CreditMoved(-5, 0, "USD"), ENGLISH)
    assert (screen is None) is (kind not in (NoticeKind.ALERT, NoticeKind.MESSAGE))


@given(NAME)
def test_a_guests_name_and_telegrams_own_names_are_text(name: str) -> None:
    guest = push(NoticeKind.MESSAGE, None, None, InvitationUsed(1, name), ENGLISH)
    update = AlertDetail(AlertKind.UNREADABLE, UnreadableUpdate(name, name))
    for screen in (guest, push(NoticeKind.ALERT, None, None, update, ENGLISH)):
        assert screen is not None
        check(screen)


def test_in_a_right_to_left_language_values_do_not_turn_the_sentence_round() -> None:
    arabic = Translator("ar", NullTranslations())
    screen = home.private_bot(123_456_789, AccessMode.CLOSED, arabic)
    assert "\u2068123456789\u2069" in read(screen)[0]
    assert stretches(screen, "code") == ["123456789"]


LINKS = ("Zed t.me/evil", "http://example.org/x", "@somebody", "/start me", "#tag", "$USD", "a@example.org", "x.COM")


@pytest.mark.parametrize("said", LINKS)
def test_telegram_finds_nothing_to_tap_in_the_words_of_a_stranger(said: str) -> None:
    """The pattern finds them where nothing is done about them."""
    assert find_entities(said, [])
    asks = CreditRequested(1, 100, 5_000_000, 0, "USD", said, said)
    names = {100: said}
    done = Done(1, NOW, Act.PERSON_ALLOWED, "", 100, None, None, {})
    for screen in (
        entry.asked(100, said, "", ENGLISH),
        entry.invited(100, said, ENGLISH),
        credit_requests.requested(asks, ENGLISH),
        audit.audit(AuditPage([done], Page(0, 1), 1, 100, names, "USD"), ENGLISH),
        pause.buying(Pausing(PauseCause.ADMIN, NOW, said), ENGLISH),
    ):
        text, known = read(screen)
        assert find_entities(text, known) == [], text


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u2028", "\x85"])
def test_a_note_of_the_audit_stays_on_its_line(end: str) -> None:
    done = Done(1, NOW, Act.CREDIT_DONE, "credit.done", 900, None, 100, {"note": f"first{end}second"})
    shown = read(audit.audit(AuditPage([done], Page(0, 1), 1, 100, {}, "USD"), ENGLISH))[0]
    assert "“first second”" in shown.splitlines()
