"""Our own short ids: given once, kept for ever; an unchanged catalog is not written."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.db import catalog as rows
from bot.db import orders
from bot.db.database import AsyncConnection, Database
from bot.domain.catalog import Country, Service
from tests.db.fresh import ANN, BEN, NOW, altered, ordered, stock, wanted

A, B, C = "a" * 24, "b" * 24, "c" * 24


async def changes(connection: AsyncConnection) -> int:
    return int((await connection.execute(text("SELECT total_changes()"))).scalar_one())


async def every_service(connection: AsyncConnection) -> list[Service]:
    return await rows.services_after(connection, 0, 100)


async def test_ids_survive_renaming_leaving_and_coming_back(database: Database) -> None:
    async with database.write() as connection:
        await rows.save_services(connection, [(A, "Apple"), (B, "Bolt")])
        first = await every_service(connection)
        await rows.save_services(connection, [(B, "Bolt Taxi"), (C, "Careem")])
        assert await every_service(connection) == [Service(2, B, "Bolt Taxi"), Service(3, C, "Careem")]
        await rows.save_services(connection, [(A, "Apple"), (B, "Bolt"), (C, "Careem")])
        assert await every_service(connection) == [*first, Service(3, C, "Careem")]


async def test_an_unchanged_catalog_is_not_written(database: Database) -> None:
    services, countries = [(A, "Apple"), (B, "Bolt")], [(A, "Brazil", "BR"), (B, "Nowhere", None)]
    async with database.write() as connection:
        await rows.save_services(connection, services)
        await rows.save_services(connection, [(A, "Apple")])
        await rows.save_countries(connection, countries)
        before = await changes(connection)
        await rows.save_services(connection, [(A, "Apple")])
        await rows.save_countries(connection, reversed(countries))
        assert await changes(connection) == before
        await rows.save_services(connection, services)
        assert await changes(connection) == before + 1


async def test_several_changes_at_once_reach_their_own_rows(database: Database) -> None:
    async with database.write() as connection:
        await rows.save_countries(connection, [(A, "One", None), (B, "Two", "TW"), (C, "Three", None)])
        await rows.save_countries(connection, [(A, "One", "ON"), (B, "Deux", "TW"), (C, "Three", None)])
        assert await rows.all_countries(connection) == [
            Country(2, B, "Deux", "TW"),
            Country(1, A, "One", "ON"),
            Country(3, C, "Three", None),
        ]


async def test_an_incomplete_list_adds_and_takes_nothing_away(database: Database) -> None:
    async with database.write() as connection:
        await rows.save_services(connection, [(A, "Apple")])
        await rows.save_services(connection, [(B, "Bolt")], complete=False)
        assert [s.name for s in await every_service(connection)] == ["Apple", "Bolt"]


async def test_an_order_of_a_service_that_is_gone_keeps_its_name(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        order = await ordered(connection)
        await rows.save_services(connection, [(B, "Bolt")])
        again = await orders.get(connection, order.id)
        assert again is not None
        assert again.service_name == "Telegram"


@given(st.lists(st.dictionaries(st.sampled_from([A, B, C]), st.sampled_from(["x", "y"]), min_size=1), max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_history_of_catalogs_shows_the_last_one_under_the_first_ids(
    database: Database, history: list[dict[str, str]]
) -> None:
    ids: dict[str, int] = {}
    async with database.write() as connection:
        for catalog in history:
            await rows.save_services(connection, catalog.items())
            shown = await every_service(connection)
            assert {s.hidsim_id: s.name for s in shown} == catalog
            assert all(ids.setdefault(s.hidsim_id, s.id) == s.id for s in shown)
        assert len(set(ids.values())) == len(ids)


async def test_own_recent_ones_come_newest_first_and_the_most_bought_by_count(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        await rows.save_services(connection, [(A, "Telegram"), (B, "Bolt"), (C, "Careem")])
        await rows.save_countries(connection, [(C, "Brazil", "BR"), (B, "India", "IN")])
        bolt, careem = (s.id for s in (await every_service(connection))[1:])
        india = next(c.id for c in await rows.all_countries(connection) if c.code == "IN")
        bought = [(ANN, 1, 1), (ANN, bolt, india), (ANN, 1, 1), (BEN, bolt, 1), (BEN, bolt, 1), (BEN, careem, 1)]
        for place, (person, service, country) in enumerate(bought):
            order_id = await orders.add(connection, wanted(person, str(place)), NOW)
            assert order_id is not None
            await altered(connection, order_id, service_id=service, country_id=country)
        assert await rows.own_services(connection, ANN, 4) == [1, bolt]
        assert await rows.own_services(connection, ANN, 1) == [1]
        assert await rows.own_countries(connection, ANN, 1, 4) == [1, india]
        assert await rows.own_countries(connection, ANN, bolt, 4) == [india, 1]
        assert await rows.countries_most_bought(connection, bolt, 4) == [1, india]
        assert await rows.countries_most_bought(connection, 1, 4) == [1]
        assert await rows.most_bought(connection, 2) == [bolt, 1]


async def test_a_search_text_has_one_id_for_ever(database: Database) -> None:
    async with database.write() as connection:
        first = await rows.search_id(connection, "телеграм")
        other = await rows.search_id(connection, "telegram")
        assert await rows.search_id(connection, "телеграм") == first != other
        assert await rows.search_text(connection, first) == "телеграм"
        assert await rows.search_text(connection, 999) is None
