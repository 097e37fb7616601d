"""Which entities may stand in each other, and what becomes of those that may not.

Source: TDLib's `fix_entities`. Three families: splittable entities (bold and the like) may overlap anything but code
and are cut at the borders of others; quotes may hold others whole; continuous ones (links, code, times) exclude each
other.
"""

from bot.sandbox.telegram.entities import QUOTES, SOLID, SPLITTABLE, Entity, sorted_entities

FAR = 1 << 31


def without_overlaps(entities: list[Entity]) -> list[Entity]:
    """Sorted, with the overlaps that Telegram forbids resolved: the first continuous entity wins, styles are cut."""
    entities = sorted_entities(entities)
    if _is_valid(entities):
        return entities
    styles = [e for e in entities if e.type in SPLITTABLE]
    quotes = _first_of_overlapping([e for e in entities if e.type in QUOTES])
    others = _first_of_overlapping([e for e in entities if e.type not in SPLITTABLE and e.type not in QUOTES])
    others = [e for e in others if not any(_crosses(e, quote) for quote in quotes)]
    frame = sorted_entities([*others, *quotes])
    return sorted_entities([*frame, *_Cutter(styles, frame).cut()]) if styles else frame


def _first_of_overlapping(entities: list[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _crosses(entity: Entity, quote: Entity) -> bool:
    """True unless the entity lies inside the quote, or beside it."""
    if quote.end <= entity.offset or entity.end <= quote.offset:
        return False
    return quote.end < entity.end or entity.offset < quote.offset


def _is_valid(entities: list[Entity]) -> bool:
    around: list[Entity] = []
    ends: dict[str, int] = {}
    for entity in entities:
        while around and entity.offset >= around[-1].end:
            around.pop()
        if around and not _may_stand_in(entity, around):
            return False
        if entity.type in SPLITTABLE:
            if ends.get(entity.type, -1) >= entity.offset:
                return False
            ends[entity.type] = entity.end
        around.append(entity)
    return True


def _may_stand_in(entity: Entity, around: list[Entity]) -> bool:
    """Only a quote, and only whole, may hold anything without the text being cut anew (a link may hold one style)."""
    types = {other.type for other in around}
    if entity.end > around[-1].end or entity.type in types or around[-1].type in SOLID:
        return False
    if entity.type in SOLID and types - set(QUOTES):
        return False
    continuous = types - set(QUOTES) - set(SPLITTABLE)
    if entity.type not in SPLITTABLE and continuous:
        return False
    if entity.type in QUOTES and types & set(QUOTES):
        return False
    return not types & set(SPLITTABLE)


class _Cutter:
    """Joins styles of one type that touch; cuts them where a style begins, and at both ends of all other entities."""

    def __init__(self, styles: list[Entity], frame: list[Entity]) -> None:
        self._styles = styles
        self._frame = frame
        self._next = 0
        self._running: dict[str, tuple[int, int]] = {}
        self._done: list[Entity] = []

    def cut(self) -> list[Entity]:
        around: list[Entity] = []
        for entity in self._frame:
            self._leave(around, entity.offset)
            around.append(entity)
        self._leave(around, FAR)
        return self._done

    def _leave(self, around: list[Entity], offset: int) -> None:
        while around and offset >= around[-1].end:
            before = len(self._done)
            self._advance(around[-1].end)
            if around.pop().type in SOLID:
                del self._done[before:]
        self._advance(offset)

    def _advance(self, end: int) -> None:
        while self._next < len(self._styles) and self._styles[self._next].offset < end:
            style = self._styles[self._next]
            begin, stop = self._running.get(style.type, (0, 0))
            if stop and style.offset <= stop:
                self._running[style.type] = (begin, max(stop, style.end))
            else:
                self._flush(style.offset)
                self._running[style.type] = (style.offset, style.end)
            self._next += 1
        self._flush(end)

    def _flush(self, offset: int) -> None:
        for kind in SPLITTABLE:
            begin, stop = self._running.get(kind, (0, 0))
            if not stop or begin >= offset:
                continue
            cut = min(stop, offset)
            self._done.append(Entity(kind, begin, cut - begin))
            if stop <= offset:
                del self._running[kind]
            else:
                self._running[kind] = (offset, stop)
