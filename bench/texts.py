"""One screen of the usual size: what the bare handler edits in, and what every message of the far end looks like."""

ROWS = [["➖", "Min $0.10", "➕"], ["➖", "Max $0.51", "➕"], ["Cheapest", "Median", "Any price"]]
ROWS += [["✅ Buy · up to $0.51"], ["🎯 Exact offer"], ["↩️ Back", "🏠 Menu"]]
TEXT = (
    "<b>Telegram</b> · 🇧🇷 <b>Brazil</b>\n40 offers, $0.10–$0.80, 1,320 in stock\n\n"
    "You'll pay <b>$0.10</b> to <b>$0.51</b>, depending on which number is free.\n"
    "✅ Matching now: 21 offers, 672 in stock\n\n"
    "Buying sets $0.51 aside. You pay the number's own price when the code arrives. No code, no charge.\n"
    "💰 <b>$20.00</b> left to spend today (of $20.00)"
)


def keyboard() -> list[list[dict[str, str]]]:
    return [[{"text": text, "callback_data": "p1:1:1:100000:510000:cp0.s0"} for text in row] for row in ROWS]
