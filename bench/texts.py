"""One screen of the usual size: what the bare handler edits in, and what every message of the far end looks like."""

ROWS = [["➖", "Min $0.10", "➕"], ["➖", "Max $0.51", "➕"], ["Cheapest", "Median", "Any price"]]
ROWS += [["✅ Buy · up to $0.51"], ["🎯 Exact offer"], ["↩️ Back", "🏠 Menu"]]
TEXT = (
    "<b>Telegram</b> · 🇧🇷 <b>Brazil</b>\n40 offers, $0.10–$0.80, 1,320 in stock\n\n"
    "You pay between <b>$0.10</b> and <b>$0.51</b>; HidSim picks inside that window.\n"
    "✅ Matching now: 21 offers, 672 in stock\n\n"
    "$0.51 is reserved now; you pay the number's real price, and nothing if no code comes.\n"
    "💰 <b>$20.00</b> left to spend today (of $20.00)"
)


def keyboard() -> list[list[dict[str, str]]]:
    return [[{"text": text, "callback_data": "p1:1:1:100000:510000:cp0.s0"} for text in row] for row in ROWS]
