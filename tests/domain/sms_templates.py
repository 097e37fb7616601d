"""SMS with gaps: `{code}` is what a guess may give; every other gap holds a number that it must never give."""

from hypothesis import strategies as st

BRANDS = ("Acme", "Grubbird", "bet365", "Web3", "24seven", "Kolibri", "ЯБанк", "VK")
PRICES = (
    "${0}.{1:02}", "{0} руб.", "Rs.{0},{1:02}0.00", "{0} EUR", "INR {0}{1:02}", "{0}元", "€{0}{1:02}", "{1} {0:03} KZT",
)  # fmt: skip
PHONES = ("+44 7700 900{:03}", "1-800-555-0{:03}", "8 800 555 35 35", "18005550{:03}", "0120-000-{:03}", "9000000{:03}")
CAPITALS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def digits(least: int, most: int | None = None) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=least, max_size=most or least)


@st.composite
def code_forms(draw: st.DrawFn) -> tuple[str, str]:
    """(as written, the code): digits, in groups, one by one, behind a prefix, with letters."""
    match draw(st.integers(0, 7)):
        case 0 | 1 | 2:
            code = draw(digits(4, 8))
            return code, code
        case 3:
            code = draw(st.one_of(digits(3), digits(9, 10)))
            return code, code
        case 4:
            left, right, between = draw(digits(3)), draw(digits(3)), draw(st.sampled_from(" -·\u00a0–"))
            return f"{left}{between}{right}", left + right
        case 5:
            code = draw(st.text(CAPITALS, min_size=3, max_size=5)) + draw(digits(2, 4))
            return code, code
        case 6:
            code = draw(digits(6))
            return f"G-{code}", code
        case _:
            code = draw(digits(6))
            return draw(st.sampled_from((" ", ", ", "-"))).join(code), code


@st.composite
def gaps(draw: st.DrawFn) -> dict[str, str]:
    """What fills the other gaps: none of it is a code."""
    amount, cents = draw(st.integers(1, 9999)), draw(st.integers(0, 99))
    return {
        "brand": draw(st.sampled_from(BRANDS)),
        "tail": draw(st.one_of(digits(4), digits(5), digits(10))),
        "order": draw(st.one_of(digits(5), digits(6), digits(8), digits(12))),
        "account": draw(st.one_of(digits(6), digits(8), digits(10), digits(12))),
        "locker": draw(digits(2, 4)),
        "minutes": draw(st.sampled_from(("10", "15", "120", "1440"))),
        "date": draw(st.sampled_from(("12.05.2026", "2026-05-12", "12/05/26", "12 May 2026"))),
        "time": draw(st.sampled_from(("18:45", "09:30:12", "6:05 PM"))),
        "phone": draw(st.sampled_from(PHONES)).format(draw(st.integers(0, 999))),
        "old": draw(digits(6)),
        "price": draw(st.sampled_from(PRICES)).format(amount, cents),
    }


WITH_A_CODE = [
    "{code} is your {brand} verification code",
    "Your {brand} code is {code}",
    "Your {brand} code: {code}. Never share it. Ref {order}",
    "{brand}: {code} is the code for order {order}",
    "{code} is OTP for {tail}",
    "OTP of {tail} is {code}",
    "OTP for {tail} is {code}. Valid till {time}",
    "OTP for card ending {tail}: {code}",
    "Dear customer {account}, your OTP is {code}",
    "Account {account}: use code {code} to sign in",
    "{price} will be paid with card *{tail}. Code {code}",
    "Use {code} as OTP to pay {price} to {brand}, ref no. {order}",
    "{code} is your OTP for txn of {price} on card {tail} at {brand} on {date}",
    "OTP for transaction of {price} on card xx{tail} at {brand} is {code}",
    "Never share this code: {code}. Call {phone} if you did",
    "Code {code} (valid {minutes} min). Questions? {phone}",
    "Order {order} is ready. Pickup code: {code}",
    "Order {order} is ready, the code is {code}, locker {locker}",
    "Code {old} has expired. Your new code: {code}",
    "Your old code {old} is no longer valid. Your new code is {code}",
    "Your code\n{code}\nReference\n{order}",
    "{brand}\nCode: {code}\nCard: {tail}\nAmount: {price}",
    "{brand}\nAccount: {account}\nCode: {code}",
    "Login from {date} {time}, device {order}. Your code is {code}",
    "Your code is {code}\n\n@{brand}.example #{code}",
    "[{brand}] {code} (login code), valid {minutes} minutes, not for {tail}",
    "Код: {code}. Карта {tail}, сумма {price}",
    "Код для карты {tail}: {code}",
    "{code} — код для заказа {order}",
    "Пароль {code}. Счет {account}, баланс {price}",
    "Код {old} истёк. Новый код: {code}",
    "Код для {tail}: {code}",
    "Код по карте {tail} {code}",
    "Ваш код {code}, звоните {phone}",
    "Tu código para la tarjeta {tail} es {code}",
    "Código {code} para pedido {order}",
    "Tarjeta {tail}, importe {price}, clave {code}",
    "Seu código para o cartão final {tail}: {code}",
    "Votre code pour la carte {tail} est {code}",
    "Commande {order} : votre code est {code}",
    "Ihr Code für Karte {tail} lautet {code}",
    "Konto {account}, Betrag {price}, TAN: {code}",
    "Il codice per la carta {tail} è {code}",
    "{tail} ile biten kartınız için kodunuz {code}",
    "Kode OTP untuk kartu {tail} adalah {code}",
    "OTP cua so {tail} la {code}",
    "Ma OTP cho the {tail} la {code}, so tien {price}",
    "رمز البطاقة المنتهية بـ {tail} هو {code}",
    "پذیرنده {order}\nمبلغ {price}\nرمز: {code}",
    "انتقال به {tail}\nرمز پویا {code}",
    "कार्ड {tail} के लिए OTP {code} है",
    "{account} के लिए OTP {code} है",
    "您尾号{tail}的卡消费{price}，验证码{code}",
    "{tail}的验证码是{code}",
    "验证码{code}，订单{order}，客服{phone}",
    "{tail}の認証コードは{code}です",
    "注文番号{order} 認証コード：{code}",
    "카드 {tail} 인증번호 {code}",
    "주문번호 {order} 인증번호는 {code}입니다",
    "Kod dla karty {tail}: {code}, kwota {price}",
    "OTP {code} (Ref. {order}) บัตร {tail}",
    "{brand} {brand} verify {code}, {order}",
    "Your {brand} account {account} code is {code}",
    "Hello {brand}, the code for {account} and {tail} is {code}.",
    "We got your request {order}. {code} is your code.",
    "Table {locker}, {brand}: your code is {code}",
    "Gate {locker} - your code is {code}",
    "Room {locker}. Code {code}. Party of {minutes}",
    "{code} your {brand} code, order {order}",
    "{date} {time} code {code} card {tail}",
    "Your code {code} {price} {brand}",
    "{price} {code} is your code",
    "Code is {code} not {old}",
]

WITHOUT_ONE = [
    "OTP for {tail} has been sent",
    "We sent a code to the number ending {tail}",
    "A code was sent to {phone}",
    "Order {order} is on its way. We never ask for your code",
    "Your password was changed. Ref {order}",
    "Never share your PIN. Account {account} was debited by {price}",
    "Your balance is {price}. Card {tail}. Do not tell anybody your code",
    "Your zip code is {order}",
    "Promo code {order}: {minutes}% off",
    "Your order code is {order}",
    "Error code {order}",
    "Code {old} has expired",
    "Gate {locker} - your code will be sent soon",
    "Room {locker}. Your code will follow",
    "Table {locker}, your code word is ready",
    "Dial {phone} to get a code",
    "Reply {tail} for your code",
    "Text code to {tail}",
    "Your code expires in {minutes} minutes",
    "Your code expires on {date} at {time}",
    "Код отправлен на {tail}",
    "Код товара {order}",
    "Заказ {order}. Код не нужен",
    "Никому не сообщайте код. Карта {tail}",
    "Баланс {price}. Пароль никому не говорите. Счет {account}",
    "Código de pedido {order}",
    "Código enviado a {tail}",
    "Pedido {order} enviado. No compartas tu clave",
    "Votre commande {order}. Aucun code demandé",
    "Code envoyé au {tail}",
    "Ihre Bestellung {order}. Kein Code nötig",
    "Code an {tail} gesendet",
    "Kode dikirim ke {tail}",
    "Kode pesanan {order}",
    "کد پیگیری {order}",
    "کد تخفیف {order}",
    "رمز الخصم {order}",
    "订单{order}已发货，请勿泄露验证码",
    "验证码已发送至{tail}",
    "优惠码{order}",
    "注文番号{order}。認証コードは不要です",
    "쿠폰코드 {order}",
    "주문번호 {order}. 비밀번호를 알려주지 마세요",
    "รหัสไปรษณีย์ {order}",
    "{brand} {order} {brand} code",
    "{brand} gate {locker} code",
    "Use your code at gate {locker}",
    "Your code for gate {locker} comes soon",
    "{brand} {locker} is open, get a code at the desk",
    "Bring code and ticket {order} to room {locker}",
    "Mã đơn hàng {order}",
    "TK {account} -{price}. Khong chia se OTP",
]
