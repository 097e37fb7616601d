"""A scripted person whose steps are told as they happen: what they do, what the chat shows, and whether it holds."""

from collections.abc import Awaitable, Callable, Iterator
from textwrap import wrap
from typing import TypeVar

from bot.sandbox.person import Answer, ChatMessage, Person
from bot.sandbox.telegram import TelegramSandbox, acts

Out = Callable[[str], None]
Result = TypeVar("Result")

_WIDTH = 92


class Broken(Exception):
    """A step did not hold; everything about it is told already."""


class Narrator:
    """Looks at one message at a time, as people do: `on`, the one that was seen last, is where the next tap goes.

    `person_id` is somebody whom the sandbox knows; `patience` is how many seconds any step may take.
    """

    def __init__(self, telegram: TelegramSandbox, person_id: int, patience: float, out: Out) -> None:
        self._state = telegram.state
        self._profile = telegram.people.get(person_id)
        self._out = out
        self._printed: dict[int, tuple[str, list[list[str]]]] = {}
        self.person = Person(telegram, person_id, self._profile.first_name, patience=patience)
        self.on = 0
        self.held = 0

    def head(self, text: str) -> None:
        self._out("")
        self._out(f"── {text} {'─' * (60 - len(text))}")

    def say(self, text: str) -> None:
        self._out(text)

    async def step(self, expected: str, work: Awaitable[Result]) -> Result:
        """Waits for the work, tells what changed on the screen, then ✓. Raises Broken after ✗ and the whole chat."""
        try:
            result = await work
        except (AssertionError, LookupError) as error:
            self._print_news()
            self._broke(expected, str(error))
            raise Broken from error
        self._print_news()
        self._out(f"  ✓ {expected}")
        self.held += 1
        return result

    async def check(self, expected: str, holds: bool, found: object) -> None:
        """A step that needs no waiting. `found` is told when it does not hold."""

        async def look() -> None:
            if not holds:
                raise AssertionError(f"found: {found}")

        await self.step(expected, look())

    async def start(self) -> None:
        """Presses Start; what is seen next has to come after it."""
        self._did("/start")
        self.on = await self.person.start()

    async def tap(self, label: str, beside: int = 0) -> Answer:
        """Taps the button with the label, on the message looked at, or the one so many places to its right.

        Raises Broken when there is none or the tap is never answered.
        """
        return await self._tap(label, beside)

    async def sees(self, text: str = "", *, button: str = "", anew: bool = False) -> ChatMessage:
        """Waits for a message with this text and button: the one looked at, or a newer one (`anew`: only a newer one).

        Looks at it from now on. Raises AssertionError.
        """
        least = self.on + anew
        found: list[ChatMessage] = []

        def look() -> bool:
            found[:] = [one for one in self._of_the_bot(least) if text in one.text and _has(one, button)]
            return bool(found)

        await self.person.waits_until(look, " and ".join(filter(None, [repr(text) if text else "", f"[{button}]"])))
        self.on = found[-1].message_id
        return found[-1]

    def message(self, message_id: int | None = None) -> ChatMessage:
        """A message as it is now; without an id, the one looked at. Raises LookupError."""
        wanted = message_id or self.on
        for one in self.person.chat():
            if one.message_id == wanted:
                return one
        raise LookupError(f"there is no message {wanted}")

    def _of_the_bot(self, least: int) -> list[ChatMessage]:
        return [one for one in self.person.chat() if one.from_bot and one.message_id >= least]

    async def _tap(self, label: str, beside: int) -> Answer:
        try:
            message, row, column = acts.find_button(self._state, self.person.id, label, self.on)
            self._did(f"[{message.buttons[row][column + beside]}]")
            done = acts.tap(self._state, self._profile, message, row, column + beside)
            answer = await self._answer(done, label)
        except (AssertionError, LookupError) as error:
            self._broke(f"a button [{label}] that answers when it is tapped", f"{error}\n{self.person.told()}")
            raise Broken from error
        if answer.text:
            self._out(f"{'dialog' if answer.alert else 'toast':>8} │ {answer.text}")
        return answer

    async def _answer(self, done: dict[str, str], label: str) -> Answer:
        if "query_id" not in done:
            return Answer(copied=done.get("copied"), url=done.get("url"))
        return await self.person.answered(done["query_id"], label)

    def _did(self, what: str) -> None:
        self._out(f"{self._profile.first_name:>8} ▸ {what}")

    def _broke(self, expected: str, why: str) -> None:
        self._out(f"  ✗ expected: {expected}")
        for line in why.splitlines():
            self._out(f"    {line}")

    def _print_news(self) -> None:
        """Messages of the bot that are new, or look different from when they were printed last."""
        for message in self._of_the_bot(0):
            looks = (message.text, message.buttons)
            if self._printed.get(message.message_id) != looks:
                who = "bot edit" if message.message_id in self._printed else "bot new"
                self._printed[message.message_id] = looks
                for line in _drawn(message, who):
                    self._out(line)


def _has(message: ChatMessage, button: str) -> bool:
    return not button or any(button in label for label in message.labels)


def _drawn(message: ChatMessage, who: str) -> Iterator[str]:
    """A message as lines under each other, its buttons in brackets."""
    reply = ["(in reply to the number)"] if message.reply_to else []
    text = [part for line in message.text.splitlines() for part in (wrap(line, _WIDTH) or [""])]
    buttons = [" ".join(f"[{label}]" for label in row) for row in message.buttons]
    for line in [*reply, *text, *buttons]:
        yield f"{who:>8} │ {line}".rstrip()
        who = ""
