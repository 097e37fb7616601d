"""What the bot says about itself: commands by scope and language, names, descriptions, the menu button."""

from dataclasses import dataclass, field

from bot.sandbox.telegram.params import Json

DEFAULT_BUTTON = {"type": "default"}


@dataclass(slots=True)
class BotProfile:
    """Texts by language code; the empty code is for everybody else."""

    username: str
    id: int
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    default_button: Json = field(default_factory=lambda: {"type": "commands"})
    buttons: dict[int, Json] = field(default_factory=dict)

    def user(self) -> Json:
        """The bot as the sender of messages."""
        return {"id": self.id, "is_bot": True, "first_name": self.name(""), "username": self.username}

    def me(self) -> Json:
        """The answer of getMe."""
        rights = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True}
        return {**self.user(), **rights, "can_connect_to_business": False, "has_main_web_app": False}

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names.get("") or "HidSim"

    def description(self, language: str) -> str:
        return self.descriptions.get(language) or self.descriptions.get("", "")

    def commands_for(self, chat_id: int, language: str) -> list[Json]:
        """What a person of that language sees in that chat: the nearest scope wins, then the language."""
        wide = "all_private_chats" if chat_id > 0 else "all_group_chats"
        for scope in (f"chat:{chat_id}", wide, "default"):
            for code in (language, ""):
                if found := self.commands.get((scope, code)):
                    return found
        return []

    def button_for(self, chat_id: int) -> Json:
        button = self.buttons.get(chat_id, DEFAULT_BUTTON)
        return self.default_button if button == DEFAULT_BUTTON else button
