"""Our own short ids: given once, kept for ever; an unchanged catalog is not written."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.db.database import Database, Tx
from bot.db.orders import orders
from bot.db.shop import catalog as catalog_rows
from bot.domain.catalog import Country, Service
from tests.db.fresh import ANN, BEN, altered, ordered, stock, wanted

A, B, C = "a" * 24, "b" * 24, "c" * 24


async def changes(tx: Tx) -> int:
    return int((await tx.connection.execute(text("SELECT total_changes()"))).scalar_one())


async def every_service(tx: Tx) -> list[Service]:
    return await catalog_rows.services_after(tx, 0, 100)


async def test_ids_survive_renaming_leaving_and_coming_back(database: Database) -> None:
    async with database.write() as tx:
        await catalog_rows.save_services(tx, [(A, "Apple"), (B, "Bolt")])
        first = await every_service(tx)
        await catalog_rows.save_services(tx, [(B, "Bolt Taxi"), (C, "Careem")])
        assert await every_service(tx) == [Service(2, B, "Bolt Taxi"), Service(3, C, "Careem")]
        await catalog_rows.save_services(tx, [(A, "Apple"), (B, "Bolt"), (C, "Careem")])
        assert await every_service(tx) == [*first, Service(3, C, "Careem")]


async def test_an_unchanged_catalog_is_not_written(database: Database) -> None:
    services, countries = [(A, "Apple"), (B, "Bolt")], [(A, "Brazil", "BR"), (B, "Nowhere", None)]
    async with database.write() as tx:
        await catalog_rows.save_services(tx, services)
        await catalog_rows.save_services(tx, [(A, "Apple")])
        await catalog_rows.save_countries(tx, countries)
        before = await changes(tx)
        await catalog_rows.save_services(tx, [(A, "Apple")])
        await catalog_rows.save_countries(tx, reversed(countries))
        assert await changes(tx) == before
        await catalog_rows.save_services(tx, services)
        assert await changes(tx) == before + 1


async def test_several_changes_at_once_reach_their_own_rows(database: Database) -> None:
    async with database.write() as tx:
        await catalog_rows.save_countries(tx, [(A, "One", None), (B, "Two", "TW"), (C, "Three", None)])
        await catalog_rows.save_countries(tx, [(A, "One", "ON"), (B, "Deux", "TW"), (C, "Three", None)])
        assert await catalog_rows.all_countries(tx) == [
            Country(2, B, "Deux", "TW"),
            Country(1, A, "One", "ON"),
            Country(3, C, "Three", None),
        ]


async def test_an_incomplete_list_adds_and_takes_nothing_away(database: Database) -> None:
    async with database.write() as tx:
        await catalog_rows.save_services(tx, [(A, "Apple")])
        await catalog_rows.save_services(tx, [(B, "Bolt")], complete=False)
        assert [s.name for s in await every_service(tx)] == ["Apple", "Bolt"]


async def test_an_order_of_a_service_that_is_gone_keeps_its_name(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        order = await ordered(tx)
        await catalog_rows.save_services(tx, [(B, "Bolt")])
        again = await orders.get(tx, order.id)
        assert again is not None
        assert again.service_name == "Telegram"


@given(st.lists(st.dictionaries(st.sampled_from([A, B, C]), st.sampled_from(["x", "y"]), min_size=1), max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_history_of_catalogs_shows_the_last_one_under_the_first_ids(
    database: Database, history: list[dict[str, str]]
) -> None:
    ids: dict[str, int] = {}
    async with database.write() as tx:
        for catalog in history:
            await catalog_rows.save_services(tx, catalog.items())
            shown = await every_service(tx)
            assert {s.hidsim_id: s.name for s in shown} == catalog
            assert all(ids.setdefault(s.hidsim_id, s.id) == s.id for s in shown)
        assert len(set(ids.values())) == len(ids)


async def test_own_recent_ones_come_newest_first_and_the_most_bought_by_count(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        await catalog_rows.save_services(tx, [(A, "Telegram"), (B, "Bolt"), (C, "Careem")])
        await catalog_rows.save_countries(tx, [(C, "Brazil", "BR"), (B, "India", "IN")])
        bolt, careem = (s.id for s in (await every_service(tx))[1:])
        india = next(c.id for c in await catalog_rows.all_countries(tx) if c.code == "IN")
        bought = [(ANN, 1, 1), (ANN, bolt, india), (ANN, 1, 1), (BEN, bolt, 1), (BEN, bolt, 1), (BEN, careem, 1)]
        for place, (person, service, country) in enumerate(bought):
            order_id = await orders.add(tx, wanted(person, str(place)))
            assert order_id is not None
            await altered(tx, order_id, service_id=service, country_id=country)
        assert await catalog_rows.own_services(tx, ANN, 4) == [1, bolt]
        assert await catalog_rows.own_services(tx, ANN, 1) == [1]
        assert await catalog_rows.own_countries(tx, ANN, 1, 4) == [1, india]
        assert await catalog_rows.own_countries(tx, ANN, bolt, 4) == [india, 1]
        assert await catalog_rows.countries_most_bought(tx, bolt, 4) == [1, india]
        assert await catalog_rows.countries_most_bought(tx, 1, 4) == [1]
        assert await catalog_rows.most_bought(tx, 2) == [bolt, 1]


async def test_an_order_of_which_nobody_knows_the_country_is_of_its_service_alone(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        order_id = await orders.add(tx, wanted(ANN, "n1"))
        assert order_id is not None
        await altered(tx, order_id, country_known=False)
        assert await catalog_rows.own_services(tx, ANN, 4) == await catalog_rows.most_bought(tx, 4) == [1]
        assert await catalog_rows.own_countries(tx, ANN, 1, 4) == []
        assert await catalog_rows.countries_most_bought(tx, 1, 4) == []
        assert await catalog_rows.own_pairs(tx, ANN, 4) == []


async def test_a_search_text_has_one_id_for_ever(database: Database) -> None:
    async with database.write() as tx:
        first = await catalog_rows.search_id(tx, "телеграм")
        other = await catalog_rows.search_id(tx, "telegram")
        assert await catalog_rows.search_id(tx, "телеграм") == first != other
        assert await catalog_rows.search_text(tx, first) == "телеграм"
        assert await catalog_rows.search_text(tx, 999) is None
