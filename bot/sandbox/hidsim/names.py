"""Names of services: some that everybody knows, in several scripts, and as many invented ones as are wanted."""

import random

POPULAR = 14
"""So many at the front of `KNOWN` are offered in nearly all countries."""

KNOWN = (
    "Telegram", "WhatsApp", "Google", "Instagram", "Facebook", "ВКонтакте", "TikTok", "Discord", "微信", "LINE",
    "Viber", "Signal", "Amazon", "Uber", "カカオトーク", "Tom & Jerry's <b>Bar</b>", "Microsoft", "Apple",
    "Netflix", "Spotify", "Twitter / X", "Snapchat", "LinkedIn", "PayPal", "Steam", "Одноклассники", "Яндекс",
    "Авито", "Ozon", "Wildberries", "Сбер", "Тинькофф", "Mail.ru", "淘宝", "支付宝", "抖音", "微博", "小红书",
    "京东", "美团", "百度", "哔哩哔哩", "メルカリ", "楽天", "ヤフー", "PayPay", "네이버", "카카오톡", "쿠팡",
    "배달의민족", "당근마켓", "نون", "كريم", "أبشر", "طلبات", "دیوار", "اسنپ", "פייבוקס", "फ्लिपकार्ट", "Flipkart",
    "Paytm", "PhonePe", "Swiggy", "Zomato", "Ola", "Meesho", "Gojek", "Grab", "Tokopedia", "Shopee", "Lazada",
    "Bukalapak", "Traveloka", "DANA", "OVO", "Zalo", "ไลน์แมน", "TrueMoney", "GCash", "Maya", "Mercado Livre",
    "iFood", "Nubank", "PicPay", "Rappi", "99", "Magazine Luiza", "Mercado Pago", "Careem", "Jumia", "OPay",
    "M-Pesa", "Bolt", "inDrive", "Glovo", "Wolt", "Deliveroo", "Just Eat", "Zalando", "OLX", "Vinted", "eBay",
    "Etsy", "AliExpress", "Alibaba", "Temu", "SHEIN", "Airbnb", "Booking.com", "BlaBlaCar", "Lyft", "DoorDash",
    "Instacart", "Venmo", "Cash App", "Zelle", "Coinbase", "Binance", "Kraken", "OKX", "Bybit", "KuCoin", "Revolut",
    "Wise", "N26", "Monzo", "Klarna", "Stripe", "Tinder", "Bumble", "Badoo", "Hinge", "Grindr", "OkCupid", "Mamba",
    "Twitch", "YouTube", "Reddit", "Pinterest", "Quora", "Medium", "GitHub", "GitLab", "OpenAI", "Notion", "Slack",
    "Zoom", "Skype", "Yahoo", "Proton Mail", "GMX", "Tutanota", "ICQ", "imo", "Kik", "BIGO LIVE", "Likee",
    "Epic Games", "Roblox", "Blizzard", "Riot Games", "Nintendo", "PlayStation", "Xbox", "McDonald's", "KFC",
    "Starbucks", "Nike", "adidas", "IKEA", "Café Müller", "Żabka", "Škoda Connect", "Ελληνικά",
)  # fmt: skip

_HEADS = (
    "Aero", "Alto", "Arca", "Bento", "Bravo", "Cala", "Cedar", "Cobalt", "Dana", "Delta", "Echo", "Ember", "Fable",
    "Fjord", "Gala", "Halo", "Indi", "Juno", "Kiwi", "Lumen", "Mango", "Nova", "Onda", "Pico", "Quill", "Rondo",
    "Sol", "Tango", "Umbra", "Vela", "Willow", "Yuzu", "Zephyr",
)  # fmt: skip
_TAILS = (
    "Bank", "Bets", "Cab", "Cart", "Chat", "Cloud", "Dating", "Eats", "Fit", "Games", "Go", "Home", "Jobs", "Live",
    "Mail", "Market", "Music", "News", "Pay", "Post", "Ride", "Shop", "Social", "Stay", "Talk", "Tickets", "Travel",
    "TV", "Wallet", "Works",
)  # fmt: skip


def service_names(count: int, seed: int) -> tuple[str, ...]:
    """So many different names, the known ones first. Raises ValueError when more are wanted than can be invented."""
    invented = [f"{head}{tail}" for head in _HEADS for tail in _TAILS]
    random.Random(f"{seed}:services").shuffle(invented)
    names = tuple(dict.fromkeys((*KNOWN, *invented)))
    if not 1 <= count <= len(names):
        raise ValueError(f"services must be between 1 and {len(names)}")
    return names[:count]
