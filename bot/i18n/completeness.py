"""How much of a catalog is translated. One without any translation is not begun: nobody is offered its language."""

from babel.messages.catalog import Catalog, Message


def strings_of(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """A message's id or its translation as a tuple: one text, or all the plural forms."""
    return (value or "",) if isinstance(value, str | None) else tuple(value)


def is_begun(catalog: Catalog) -> bool:
    return any(any(strings_of(message.string)) for message in catalog if message.id)


def missing(catalog: Catalog) -> list[str]:
    """The English of what is still said in English: untranslated, or fuzzy since its English changed."""
    return [strings_of(message.id)[0] for message in catalog if message.id and not _is_said(message)]


def _is_said(message: Message) -> bool:
    return not message.fuzzy and all(strings_of(message.string))
