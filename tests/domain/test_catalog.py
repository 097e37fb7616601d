"""Countries of one code are told apart."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalog import Country, labels


@given(st.lists(st.tuples(st.sampled_from(["USA", "usa", "USA 2", "U.S.A.", "", "★"]), st.sampled_from(["US", None]))))
def test_countries_of_one_code_never_look_the_same(found: list[tuple[str, str | None]]) -> None:
    countries = [Country(n, f"{n:024x}", name, code) for n, (name, code) in enumerate(found)]
    shown = labels(countries)
    for code in ("US", None):
        told = [shown[c.id] or (c.code or c.name) for c in countries if c.code == code]
        assert len(set(told)) == len(told)
    if len(countries) == 1:
        assert set(shown.values()) == {None}
