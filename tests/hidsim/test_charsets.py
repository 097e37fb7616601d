"""A body that is no UTF-8 is read as its Content-Type says."""

import json

import pytest

from bot.hidsim import HidSim, OutcomeUnknown, Rejected
from tests.hidsim.scripted_server import ScriptedServer, say

NAMES = ["Côte d'Ivoire", "Türkiye"]


def countries(names: list[str]) -> str:
    items = [{"_id": f"{place:024x}", "name": name} for place, name in enumerate(names, 1)]
    return json.dumps(items, ensure_ascii=False)


@pytest.mark.parametrize(
    ("names", "codec", "charset"),
    [
        (NAMES, "iso-8859-1", "ISO-8859-1"),
        (NAMES, "cp1252", "iso-8859-1"),
        (["O’Higgins"], "cp1252", "latin1"),
        (NAMES, "iso-8859-1", '"iso-8859-15"'),
        (["Россия"], "windows-1251", "windows-1251"),
        (["Россия"], "koi8-r", "KOI8-R"),
        (["中国"], "gbk", "gb2312"),
        (["日本"], "shift_jis", "Shift_JIS"),
        (NAMES, "utf-16", "utf-16"),
        (NAMES, "utf-16-le", "utf-16le"),
        (NAMES, "utf-16", "nonsense"),
        (NAMES, "utf-8-sig", "utf-8"),
        (NAMES, "utf-8", "iso-8859-1"),
        (NAMES, "utf-8", "nonsense"),
    ],
)
async def test_names_are_read_in_the_charset_of_the_header(
    far: ScriptedServer, hidsim: HidSim, names: list[str], codec: str, charset: str
) -> None:
    body = countries(names).encode(codec)
    far.on("/countries", say(200, body, Content_Type=f"application/json; charset={charset}"))
    assert [one.name for one in await hidsim.countries()] == names


@pytest.mark.parametrize(
    "kind",
    ["application/json", "application/json; charset=nonsense", "application/json; charset=hex", "a; charset=utf-7"],
)
async def test_without_a_charset_that_fits_it_stays_unreadable(far: ScriptedServer, hidsim: HidSim, kind: str) -> None:
    far.on("/countries", say(200, countries(NAMES).encode("iso-8859-1"), Content_Type=kind))
    with pytest.raises(OutcomeUnknown):
        await hidsim.countries()


async def test_a_refusal_of_a_purchase_is_read_in_its_charset_too(far: ScriptedServer, hidsim: HidSim) -> None:
    body = '{"message": "Недостаточно"}'.encode("windows-1251")
    far.on(f"/products/{'a' * 24}/purchase", say(400, body, Content_Type="application/json; charset=windows-1251"))
    with pytest.raises(Rejected, match="Недостаточно"):
        await hidsim.buy_product("a" * 24)
