"""Names that are not ours and look as if they were meant to be."""

from collections.abc import Collection, Iterator

from rapidfuzz import fuzz, process

from bot.settings.model import Settings
from bot.settings.sources import Given

_OURS = tuple(name.upper() for name in Settings.model_fields)
_ALIKE = 82
"""Percent of equal letters from which a name is a misspelling."""
_OTHER_WORDS = {
    "TOKEN": "BOT_TOKEN",
    "API_TOKEN": "BOT_TOKEN",
    "TELEGRAM_TOKEN": "BOT_TOKEN",
    "TELEGRAM_API_TOKEN": "BOT_TOKEN",
    "OWNER": "ADMIN_IDS",
    "OWNER_ID": "ADMIN_IDS",
    "OWNER_IDS": "ADMIN_IDS",
    "HIDSIM_LOGIN": "HIDSIM_IDENTIFIER",
    "HIDSIM_USER": "HIDSIM_IDENTIFIER",
    "HIDSIM_USERNAME": "HIDSIM_IDENTIFIER",
    "HIDSIM_EMAIL": "HIDSIM_IDENTIFIER",
    "HIDSIM_PASS": "HIDSIM_PASSWORD",
    "HIDSIM_PWD": "HIDSIM_PASSWORD",
    "HIDSIM_HOST": "HIDSIM_API_URL",
    "HIDSIM_BASE_URL": "HIDSIM_API_URL",
    "MARGIN": "MARKUP_PERCENT",
    "FEE_PERCENT": "MARKUP_PERCENT",
    "DAILY_LIMIT": "DAILY_SPEND",
    "BANNED_SERVICES": "DENIED_SERVICES",
    "BLOCKED_SERVICES": "DENIED_SERVICES",
    "HIDDEN_SERVICES": "DENIED_SERVICES",
    "BANNED_COUNTRIES": "HIDDEN_COUNTRIES",
    "BLOCKED_COUNTRIES": "HIDDEN_COUNTRIES",
    "DENIED_COUNTRIES": "HIDDEN_COUNTRIES",
    "DB_URL": "DATABASE_URL",
    "DB_PATH": "DATABASE_URL",
}
_TELLING = frozenset({"ADMIN", "ADMINS", "BOT", "DAILY", "HIDSIM", "MARKUP", "TELEGRAM", "UNCONFIRMED", "UNKNOWNS"})
"""First words that make a variable of the environment ours rather than another program's."""
_NOT_MISSPELT = frozenset({"HTTP_PROXY", "FTP_PROXY", "RSYNC_PROXY"})


def notes(found: Given, set_already: Collection[str]) -> Iterator[str]:
    """A sentence for each: of `.env` all that are near, of the environment what no other program would use."""
    for line in found.foreign_lines:
        if meant := _meant(line.name.upper(), file=True):
            yield f"{line.name} in line {line.number} of .env is no setting of this bot: did you mean {meant}?"
        elif line.name.upper().startswith("HIDSIM_"):
            yield f"{line.name} in line {line.number} of .env is no setting of this bot: .env.example lists them"
    for name in found.foreign_names:
        meant = _meant(name.upper(), file=False)
        if meant and meant.lower() not in set_already:
            yield f"{name} in the environment is no setting of this bot: did you mean {meant}?"
        elif name.upper() == "HTTP_PROXY" and not {"https_proxy", "all_proxy"} & set(set_already):
            yield "HTTP_PROXY alone is not used: both services are spoken to by https, so set HTTPS_PROXY"


def mistaken_for(found: Given) -> dict[str, str]:
    """Which setting may have been meant by which foreign name; for a setting that is missing."""
    names = {line.name: _meant(line.name.upper(), file=True) for line in found.foreign_lines}
    names |= {name: _meant(name.upper(), file=False) for name in found.foreign_names}
    return {meant.lower(): name for name, meant in names.items() if meant}


def _meant(name: str, *, file: bool) -> str | None:
    name = name.replace("-", "_")
    if name in _NOT_MISSPELT:
        return None
    if (file or name.startswith("HIDSIM_")) and name in _OTHER_WORDS:
        return _OTHER_WORDS[name]
    best = process.extractOne(name, _OURS, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    if best is not None:
        return best[0]
    words = name.split("_")
    if not file and words[0] not in _TELLING:
        return None
    return next((one for one in _OURS if _covers(set(words), set(one.split("_")))), None)


def _covers(words: set[str], ours: set[str]) -> bool:
    """All words of one are in the other: MARKUP of MARKUP_PERCENT, BOT_TOKEN of TELEGRAM_BOT_TOKEN."""
    singular = {word.removesuffix("S") for word in words}
    plain = {word.removesuffix("S") for word in ours}
    return singular <= plain or (plain <= singular and len(plain) > 1)
