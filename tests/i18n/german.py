"""A second language of a few sentences, for stories that need one."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.i18n import Languages
from bot.i18n.translator import utc_now


def in_german(folder: Path, texts: dict[str, str], now: Callable[[], datetime] = utc_now) -> Languages:
    """English, and these texts of it in German, as a catalog in `folder`."""
    catalog = folder / "de" / "LC_MESSAGES" / "messages.po"
    catalog.parent.mkdir(parents=True)
    entries = (f'msgid "{english}"\nmsgstr "{said}"\n' for english, said in texts.items())
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    catalog.write_text(head + "\n".join(entries), encoding="utf-8")
    return Languages.load(folder, now)
