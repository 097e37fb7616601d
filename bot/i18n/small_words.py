"""Words of many languages that people type around a service, a country and a price, in lower case."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BOUNDS = _words(
    """
    max max. maximum maximal maks maksimum up upto until till under below less most cheaper limit price
    макс макс. максимум до не более меньше дешевле цена hasta máximo maximo menos até bis höchstens unter
    jusqu'à jusqu’à fino massimo tot azami kadar altında maksimal 最大 最高 以下 不超过 이하 まで حتى تا अधिकतम
    """
)
"""Beside a number: it is the highest price."""
LINKS = _words("to than de a à at zu di que")
"""They belong to those of above where they stand beside one; alone some of them are codes of countries."""
CURRENCIES = _words("usd eur gbp rub dollar dollars euro euros доллар доллара долларов руб рублей cents")
CONNECTORS = _words(
    """
    for in from with and please number numbers buy get need want country phone sms code
    для в во из на и номер номера купить страна пожалуйста en para con desde por favor número numero comprar
    für von aus mit nummer bitte kaufen pour avec numéro dans em no na para
    """
)
"""They mean nothing to a shop, and are no mistake either."""
