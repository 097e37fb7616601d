"""How a person is called on admins' screens."""

from bot.i18n import Html, Translator, clean


def who(person_id: int, name: str, t: Translator) -> Html:
    """Their id, which can be copied, and their name if they have one."""
    shown = clean(name, 40).replace("\n", " ").strip()
    if not shown:
        return t("<code>{id}</code>", id=str(person_id))
    return t("<code>{id}</code> {name}", id=str(person_id), name=shown)
