"""Flags, codes behind English names, and the names under which a country is looked for."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import code_of, country_names, flag, known_code


def test_a_flag_is_made_of_the_code() -> None:
    assert flag("BR") == flag("br") == "🇧🇷"
    assert flag("UK") == "🇬🇧"


@pytest.mark.parametrize("code", [None, "", "B", "BRA", "1X", "<b>", "бр"])
def test_without_a_sound_code_the_flag_is_white(code: str | None) -> None:
    assert flag(code) == "🏳️"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Brazil", "BR"), ("BRAZIL ", "BR"), ("USA", "US"), ("United States", "US"), ("United States of America", "US"),
        ("UK", "GB"), ("England", "GB"), ("Great Britain", "GB"), ("Russia", "RU"), ("Russian Federation", "RU"),
        ("South Korea", "KR"), ("Korea, South", "KR"), ("North Korea", "KP"), ("Viet Nam", "VN"), ("Vietnam", "VN"),
        ("Ivory Coast", "CI"), ("Cote d'Ivoire", "CI"), ("Côte d’Ivoire", "CI"), ("Czech Republic", "CZ"),
        ("Turkey", "TR"), ("Türkiye", "TR"), ("Hong Kong", "HK"), ("Macao", "MO"), ("Macau", "MO"), ("Taiwan", "TW"),
        ("Bosnia and Herzegovina", "BA"), ("Bosnia & Herzegovina", "BA"), ("Bosnia", "BA"), ("Saint Lucia", "LC"),
        ("St. Lucia", "LC"), ("Trinidad and Tobago", "TT"), ("DR Congo", "CD"), ("Congo", "CG"), ("Swaziland", "SZ"),
        ("Eswatini", "SZ"), ("North Macedonia", "MK"), ("Macedonia", "MK"), ("Myanmar", "MM"), ("Burma", "MM"),
        ("Palestine", "PS"), ("Laos", "LA"), ("Moldova", "MD"), ("Timor-Leste", "TL"), ("East Timor", "TL"),
        ("Cape Verde", "CV"), ("Guinea-Bissau", "GW"), ("Guinea", "GN"), ("Gambia", "GM"), ("The Gambia", "GM"),
        ("Kosovo", "XK"), ("Syria", "SY"), ("Iran", "IR"), ("Reunion", "RE"), ("Curaçao", "CW"), ("UAE", "AE"),
        ("Virtual 51", None), ("", None), ("World", None), ("European Union", None),
    ],
)  # fmt: skip
def test_the_code_behind_an_english_name(name: str, code: str | None) -> None:
    assert code_of(name) == code


SPELLINGS = """
    US: USA | Usa | U.S.A. | United States of America | USA Virtual | USA (virtual) | USA (physical)
    US: America | Usa 2 | 🇺🇸 USA | США | Estados Unidos | 美国 | États-Unis
    GB: England | Scotland | Wales | Great Britain | GreatBritain
    GB: United Kingdom (virtual) | UK | Great Britain (UK) | Великобритания | Verenigd Koninkrijk
    HK: Hong Kong SAR | HongKong | Hong-Kong | Hong Kong (China) | Hong Kong SAR China | 香港 | Гонконг
    MO: Macau SAR China | Macau | Macao SAR | Macau (China)
    TW: Taiwan | Taiwan, Province of China | Taiwan (China) | 台灣
    CN: China | 中国 | China (Mainland) | People's Republic of China | Китай | Chine
    ZA: Southafrica | South Africa | South-Africa | ЮАР | Republic of South Africa | Sudafrica
    SV: Salvador | El Salvador | Elsalvador
    CD: DCongo | DR Congo | Drc | Congo (Kinshasa)
    CD: Congo, Democratic Republic of the | Congo (Democratic Republic) | Congo (DRC) | Democratic Republic of the Congo
    CG: Congo | Congo (Brazzaville) | Republic of the Congo | Congobrazzaville
    PG: Papua new gvineya | Papua New Guinea | Papuanewguinea | Papua
    CI: Ivory Coast (Cote d'Ivoire) | Ivory Coast | Ivorycoast | Cote d'Ivoire
    CI: Côte d’Ivoire | Cote d`Ivoire | Ivory | Кот-д’Ивуар
    RU: Россия | Russia | Russian Federation | Russia (virtual) | Rusia | Russland | 俄罗斯 | روسيا
    LY: Libyan | Libya | Lybia
    BA: Bosnia and Herzegovina | Bosnia | Bosniaandherzegovina | Bosnia & Herzegovina | Bosnia-Herzegovina
    GW: Guineabissau | Guinea-Bissau | Guinea (Bissau)
    GQ: Equatorialguinea | Equatorial Guinea | Guinea (Equatorial) | Guinea, Equatorial
    GN: Guinea
    SA: Saudiarabia | Saudi Arabia | KSA | Kingdom of Saudi Arabia | السعودية
    NZ: Newzealand | New Zealand | New Zeland
    LK: Srilanka | Sri Lanka | Sri-Lanka
    CR: Costarica | Costa Rica
    DO: Dominicana | Dominican Republic | Dominicanrepublic | Republica Dominicana
    DM: Dominica
    KN: Saint Kitts | St. Kitts and Nevis | Saintkittsandnevis | Saint Kitts & Nevis
    AG: Antigua | Antigua and Barbuda | Antiguaandbarbuda
    CZ: Czech | Czech Republic | Czechia | Чехия
    MM: Burma | Myanmar | Myanmar (Burma)
    PS: Palestine | State of Palestine | Palestinian Territories
    SZ: Swaziland | Eswatini | Swaziland (Eswatini)
    CV: Caboverde | Cape Verde | Cabo Verde
    TL: Timorleste | Timor-Leste | East Timor | Easttimor
    TT: Trinidad | Trinidad and Tobago | Trinidadandtobago
    MK: Northmacedonia | North Macedonia | Macedonia | Macedonia (North)
    PR: Puertorico | Puerto Rico | Puerto Rico (USA)
    RE: Reunion | Réunion | Reunion (France)
    GF: Frenchguiana | French Guiana
    FO: Faroe | Faroe Islands | Faroe Islands (Denmark)
    XK: Kosovo | Косово
    KR: South Korea | Southkorea | Korea | Korea (South) | Republic of Korea | 대한민국 | 韩国 | Korea, Republic of
    KP: North Korea | Korea (North) | DPRK | Korea, Democratic People's Republic of
    VN: Vietnam | Viet Nam | Vietnam (virtual) | Việt Nam
    LA: Laos | Lao People's | Lao
    KG: Kyrgyzstan | Kirgizstan | Кыргызстан
    KZ: Kazakhstan | KZ | Казахстан | Qazaqstan
    BR: Brazil | Brasil | Brazil (Claro) | Brazil (Vivo) | BRAZIL 2
    AE: UAE | U.A.E. | United Arab Emirates | Emirates | ОАЭ
    TR: Turkey | TURKEY | Türkiye | Turkiye
    IR: Iran | Iran, Islamic Republic of | ایران
    SY: Syria | Syrian Arab Republic
    TZ: Tanzania | Tanzania, United Republic of
    VE: Venezuela | Venezuela (Bolivarian Republic of)
    BO: Bolivia | Bolivia (Plurinational State of)
    MD: Moldova | Moldavia | Moldova, Republic of
    BY: Belarus | Беларусь
    UA: Ukraine | Україна | Украина | The Ukraine
    GE: Georgia | საქართველო
    AM: Armenia | Հայաստան
    GR: Greece | Ελλάδα
    IL: Israel | ישראל
    JP: Japan | 日本
    TH: Thailand | ประเทศไทย | ไทย
    IN: India | भारत
    DE: Germany | Deutschland | Alemania
    ES: Spain | España
    AT: Austria | Österreich
    EG: Egypt | مصر
    PH: Philippines | Philipines | Phillipines
    ID: Indonesia | Indonésie
    NL: Netherlands | Holland | The Netherlands | Netherlands (Holland)
    GM: Gambia | The Gambia
    VC: Saint Vincent | Saint Vincent and the Grenadines
    ST: Sao Tome | Sao Tome and Principe | Saotomeandprincipe
    LC: Saint Lucia | Saintlucia | St Lucia
    SL: Sierraleone | Sierra Leone
    BF: Burkinafaso | Burkina Faso
    CF: Central African Republic | Centralafricanrepublic | CAR
    SS: South Sudan | Southsudan | Sudan (South)
    SD: Sudan
    WS: Samoa
    AS: American Samoa | Samoa (American)
    IE: Ireland | Republic of Ireland
    VG: BVI | Virgin Islands, British | British Virgin Islands
    CY: Cyprus
    NG: Nigeria
    NE: Niger
    ET: Ethiopia
    MR: Mauritania
    MU: Mauritius
    CW: Curacao | Curaçao
    SX: Sint Maarten
"""
"""How SMS services, and people, write countries."""


def spelt() -> list[tuple[str, str]]:
    rows = [line.strip().split(": ", 1) for line in SPELLINGS.strip().splitlines()]
    return [(name, code) for code, names in rows for name in names.split(" | ")]


@pytest.mark.parametrize(("name", "code"), spelt())
def test_the_code_behind_a_name_as_it_is_written(name: str, code: str) -> None:
    assert code_of(name) == code
    assert code_of(f" {name.upper()} ") == code


def test_many_spellings_are_tried() -> None:
    assert len(set(spelt())) >= 280


@pytest.mark.parametrize(
    "name",
    [
        "Virtual 51", "World", "European Union", "Europe", "Any country", "Georgia (USA)", "Virgin Islands", "()",
        "USA / Canada", "USA, Canada", "Korea (something)", "Congo (Airtel)", "Guinea (other)", "Sudan (east)", "((((",
        "New Mexico", "New England", "Atlantis", "virtual", "12", "Brazil (Argentina)", "Kurdistan", "Latin America",
        "Samoa (east)", "Ireland (North)", "ZZ", "zz", "EU", "us west", "Republic of", "Saint", "Islands", "North",
    ],
)  # fmt: skip
def test_rather_no_flag_than_a_wrong_one(name: str) -> None:
    assert code_of(name) is None


@pytest.mark.parametrize(
    ("code", "known"),
    [("us", "US"), (" GB ", "GB"), ("UK", "GB"), ("XK", "XK"), ("XX", None), ("ZZ", None), ("", None)],
)
def test_a_code_counts_when_there_is_such_a_country(code: str, known: str | None) -> None:
    assert known_code(code) == known


def test_a_thousand_names_that_nobody_knows_are_looked_up_quickly() -> None:
    code_of("Atlantis")  # reads all languages, once
    began = time.process_time()
    for number in range(1000):
        assert code_of(f"Atlantis {'x' * 60} ({number})") is None
    assert time.process_time() - began < 1


def test_a_country_is_looked_for_by_its_names_and_nicknames() -> None:
    assert {"United States", "USA", "America"} <= country_names("US")
    assert "Brazil" in country_names("br")
    assert country_names("XX") == frozenset()


@given(st.text())
def test_any_name_and_code_are_taken_without_complaint(text: str) -> None:
    assert code_of(text) is None or len(code_of(text) or "") == 2
    assert flag(text)
