"""Words of many languages that people type around a service, a country and a price, in lower case."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BOUNDS = _words(
    """
    max max. maximum maximal maks maksimum up upto until till under below less most cheaper limit price
    макс макс. максимум до не более меньше дешевле цена hasta máximo maximo menos até bis höchstens unter
    jusqu'à jusqu’à fino massimo tot azami kadar altında fazla maksimal hingga sampai bawah tối đa dưới
    більше менше дешевше ціна precio preço menor fiyat harga giá
    最大 最高 最多 以下 以内 不超过 이하 まで حتى أقصى أقل سعر تا حداکثر زیر قیمت अधिकतम तक कम
    """
)
"""Beside a number: it is the highest price."""
PHRASES = frozenset(
    """
    at most/no more than/not more than/no higher than/not over/or less/or cheaper/or below
    не дороже/не больше чем/дешевле чем/или меньше/или дешевле
    не дорожче/не більше ніж/дешевше ніж/або менше/або дешевше
    por menos de/no más de/a menos de/por debajo de/o menos/bajo
    no máximo/no maximo/abaixo de/não mais que/não mais de/por até/ou menos
    en fazla/en çok/veya daha az/ya da daha az/أقل من/بأقل من/لا يزيد عن/بحد أقصى/أو أقل
    کمتر از/ارزانتر از/ارزان تر از/یا کمتر/से कम/से कम में/या कम/या उससे कम
    tidak lebih dari/kurang dari/di bawah/paling mahal/atau kurang/không quá/không hơn/trở xuống/低于/不高于/或以下
    """.strip()
    .replace("\n    ", "/")
    .split("/")
)
"""They say the same in several words, some of which are something else alone: "no" is Norway."""
LONGEST_PHRASE = max(len(one.split()) for one in PHRASES)
LINKS = _words("to than de a à at zu di que")
"""They belong to those of above where they stand beside one; alone some of them are codes of countries."""
CURRENCIES = _words(
    """
    usd usdt us$ r$ đ eur gbp rub dollar dollars euro euros доллар доллара долларов руб рублей
    долар долара доларів dólar dólares dolar dolares đô 美元 美金 دولار دولارات دلار डॉलर डालर
    """
)
CENTS = _words(
    """
    ¢ c cent cents цент цента центы центов центи центів céntimo céntimos centavo centavos sent sen xu
    سنت سنتا سنتات सेंट 美分
    """
)
"""Behind a number: hundredths of what it would be else."""
CONNECTORS = _words(
    """
    for in from with and please number numbers buy get need want country phone sms code
    для в во из на и номер номера купить страна пожалуйста en para con desde por favor número numero comprar
    номери потрібен купити країна телефон
    için numara numarası ülke satın al nomor untuk beli negara số mua cho quốc gia nước
    号码 购买 国家 买 رقم شراء من في دولة شماره خرید کشور برای از नंबर खरीदें देश के लिए का
    für von aus mit nummer bitte kaufen pour avec numéro dans em no na para
    """
)
"""They mean nothing to a shop, and are no mistake either."""
