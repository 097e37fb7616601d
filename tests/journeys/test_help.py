"""Help answers what people ask, one tap each, and leads back."""

from tests.journeys.shop import Shop

ANSWERS = {
    "The code doesn't come": "I keep looking the whole time",
    "Why can't I close yet?": "I close it as soon as it can be closed",
    "When is my money back?": "No code, no charge",
    "Why another price?": "never more than your maximum",
    "Which numbers work?": "What helps most is another country",
    "What if the bot is down?": "nothing is bought twice",
    "What is kept of me?": "are deleted 30 days after it has ended",
}


async def test_each_question_is_a_tap_from_its_answer_and_back_leads_to_the_questions(shop: Shop) -> None:
    ann = shop.person()
    await ann.start()
    await ann.tap_seen("Help")
    for question, answer in ANSWERS.items():
        await ann.tap_seen(question)
        shown = await ann.sees(answer)
        assert shown.text.startswith(question)
        await ann.tap("Back")
        await ann.sees("How HidSim works")
