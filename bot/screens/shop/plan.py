"""What can be agreed to beside a price: further numbers by themselves, and a time limit."""

from collections.abc import Callable

from aiogram.enums import ButtonStyle
from aiogram.filters.callback_data import CallbackData

from bot.domain.sequels import Plan
from bot.i18n import Html, Translator
from bot.screens.screen import Row, button


def plan_row(plan: Plan, leads_to: Callable[[Plan], CallbackData], t: Translator) -> Row:
    """Two switches, which each bring this screen again."""
    on = plan.by_itself
    sign, style = ("✓ ", ButtonStyle.PRIMARY) if on else ("🔂 ", None)
    limit = t.plain("Time limit") if plan.give_up_after is None else minutes(plan.give_up_after, t)
    # NOTE: a switch: further numbers are bought by themselves as long as no code comes
    by_itself = button(sign + t.plain("Try by itself"), leads_to(plan.switched()), style)
    return [by_itself, button("⏱ " + limit, leads_to(plan.limited()))]


def plan_line(plan: Plan, price: str, t: Translator) -> Html | None:
    """What is agreed to with the next tap on Buy. `price`: the most that each number may cost."""
    if plan.give_up_after is None:
        return None
    wait = t.wait(plan.give_up_after)
    if not plan.by_itself:
        return t("⏱ If no code comes in {wait}, the number is closed by itself.", wait=wait)
    return t.n(
        "🔂 If no code comes in {wait}, the number is closed and the next one bought by itself: {n} number at most, "
        "one at a time, for up to {price} each.",
        "🔂 If no code comes in {wait}, the number is closed and the next one bought by itself: {n} numbers at most, "
        "one at a time, for up to {price} each.",
        plan.tries,
        wait=wait,
        price=price,
    )


def minutes(seconds: int, t: Translator) -> str:
    # NOTE: minutes on a button, as short as can be
    return t.plain("{n} min", n=t.number(seconds // 60))
