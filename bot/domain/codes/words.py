"""The small words around a number and the digits in words, in some forty languages: class by class, data only.

The nouns are in `labels.py`.
Spelled as people spell them; `lexicon` folds them as it folds texts. A `*` ends a stem. Words of scripts that put no
space between words (Chinese, Japanese, Korean, Thai…) are found inside a run of letters, all others as whole words.
"""

from bot.domain.codes.kinds import Kind

WORDS: dict[Kind, str] = {
    Kind.PREPOSITION: """
        for of to on at in from via until till since by before after within through
        para desde hasta en al del de da do dos no na em ao até pour du des sur dans avant jusqu au aux
        für vom von bis zu zum zur an auf seit im am um per di della dello dei fino alla nel nella dal
        voor van tot aan op till av på från för til af fra fram pro od do na ze pentru
        для на от до к в по из через после від у з із со с dla z w do od przy
        untuk dari ke pada hingga sampai di cho của đến tại vào lúc trước
        من إلى الى حتى في على خلال لـ برای از تا به در به‌ साठी
        至 到 于""",
    Kind.POSTPOSITION: """
        için ait ile biten numaralı nolu ka ki ke liye wala का की के लिए को से पर kartının hesabınızın
        の 的 의 용 までに まで から 에서 까지 으로 로""",
    Kind.COPULA: """
        is are es est ist lautet lauten é è adalah ialah merupakan este je er är yra ir brzmi ay ni sunt becomes
        هو هي است باشد هست है hai হল হলো হচ্ছে είναι არის է היא הוא הינו
        是 为 為 は 는 은 คือ ແມ່ນ គឺ
        be
        が""",
    Kind.DEAD: """
        expired previous old earlier longer cancelled canceled revoked replaced superseded invalidated obsolete
        invalid
        already
        expirado caducado caducó venció vencido expiró anterior antiguo antigua viejo anulado inválido
        incorrecto usado
        expirou antigo ancien ancienne précédent annulé abgelaufen alter alte alten vorherige* früher* ungültig
        scaduto vecchio precedente annullato verlopen oude vorige ongeldig
        doldu eski önceki geçersiz kedaluwarsa kadaluarsa lama sebelumnya cũ
        истек истёк истекло устарел* недействител* старый старого прошлый предыдущ* просрочен* аннулирован*
        отменен* отменён* неверн*
        минув застарі* недійсн* старий попередн* прострочен*
        wygasł wygasł* poprzedni* stary nieważny nieaktualny vypršel* předchoz* starý
        منتهي انتهت القديم السابق ملغي منقضی قبلی باطل पुराना समाप्त
        已过期 已失效 已過期 已失效 失效了 旧 舊 之前的 期限切れ 無効 以前の 古い 만료된 만료되었 이전 หมดอายุแล้ว
        เก่า
        weak wrong incorrect bad falsch неверный слабый""",
    Kind.NEGATION: """
        not isnt никак не нет ні nicht kein keine não non nie değil bukan không_phải inte ikke ei nem לא ليس غير
        نیست नहीं 不是 非 不 ではない ない
        아닙니다 아닌 ไม่ใช่""",
    Kind.NEW: """
        new newest latest current fresh nuevo nueva novo nova nouveau nouvelle neuer neue neuen neues nuovo
        nuova nieuwe ny
        yeni baru mới новый новая нов новий нова nowy nowe nový جديد الجديد جدید नया 新 新的 新しい 새 새로운
        ใหม่ nytt uusi új""",
    Kind.ACTION: """
        enter use type input insert using with submit provide typing entering quote
        usa utiliza ingresa ingrese introduce introduzca digita digite insira informe utilize introduza escriba
        escribe con com
        utilisez entrez saisissez tapez saisir avec verwende* gib geben nutze* nutzen mit inserisci utilizza
        inserire gebruik voer
        введите введи используйте укажите введіть використ* вкажіть въведете wpisz podaj użyj wprowadź girin
        giriniz kullan*
        girerek masukkan gunakan masukan nhập dùng sử dụng أدخل ادخل استخدم وارد दर्ज
        输入 輸入 填写 請輸入 请输入 使用 入力 입력 ป้อน กรอก ใช้ ange använd indtast brug skriv käytä syötä
        zadejte použijte
        introduceți folosiți adja használja εισάγετε enteryour""",
    Kind.FILLER: """
        your the a an my our its here following as like number no nr num n and or please pls dear hi hello also
        only
        tu su el la lo le les il un una une vos votre ton sua seu suas teu o os as número numéro numero nº
        dein* ihr ihre ihren ihrem der die den dem sie lautend nummer tuo je uw jouw jou din ditt
        vaš vaše váš tvůj twój twoj państwa numer číslo az a anda kamu nomor bạn quý khách ban số
        ваш ваша ваше вашего ваши твой номер номером наш это е мой вашият вашата сіз сіздің сіздин твій номера
        ο η το σας შენი თქვენი שלך שלכם الخاص بك خاص بكم لك رقم هذا شما شماره این ای आपका आपकी आपके यह इस আপনার
        您的 你的 您 你 请 請 本次 号码 号 號碼 あなた お客様 당신 귀하 고객님 번호 ของคุณ คุณ หมายเลข เลข
        sizin lütfen numara* dir dır mera aapka
        das là""",
    Kind.UNIT: """
        % min mins minute minutes minuto minutos minuti minuten minut* sec secs second seconds segundo* secondi
        sekund* hour hours hr
        hrs hora horas ore ora heure heures stunde* uur day days día días dia dias jour jours giorni giorno tag
        tage tagen dagen
        month months year years week weeks points coins credits miles bonus* attempts attempt tries times items
        people users
        mb gb kb tb км km kg мин* сек* час* дн* день дня дней балл* бонус* мб гб хв* годин* діб раз раза dakika*
        saniye saat gün*
        menit detik jam hari phút giây giờ ngày minuut minuter minutter minuuttia perc másodperc óra nap godz*
        dni dób
        دقيقة دقائق دقیقه ثانیه ثانية ساعة ساعات ساعت یوم روز يوم أيام मिनट सेकंड घंटे दिन মিনিট λεπτά דקות שעות
        წუთი
        分钟 分鐘 分間 分 秒 秒钟 小时 小時 時間 天 次 位 位数 桁 회 분 분간 초 시간 일 자리 นาที วินาที ชั่วโมง วัน
        หลัก
        digit digits dígitos digitos cifras chiffres stellig* stellen цифр* cyfr* haneli digit-code characters
        letters lessons
        likes followers subscribers views votes steps calories pages tokens rows degrees persons guests seats
        reviews stars
        punkte punten puntos pontos punti poin puan* điểm очк* пункт* points-bonus pts pkt""",
    Kind.MONEY: """
        $ € £ ¥ ₽ ₹ ₺ ₴ ₸ ₩ ₫ ฿ ₦ ₪ ₱ ₡ ₲ ₵ ₼ ₾ ৳ ﷼ ₨ usd eur gbp rub rur inr try brl cny rmb idr kzt uah twd
        hkd jpy krw vnd thb sgd
        myr php aed sar qar kwd bhd omr egp irr pkr bdt lkr npr chf sek nok dkk pln czk huf ron bgn uzs azn amd
        gel mxn ars clp
        cop uyu zar ngn kes ghs cad aud nzd ils usdt btc rs rp tl zł zl kr kč ft руб* р коп* грн гривен* гривн*
        тенге тнг сум сўм
        euro euros dollar* rupee* pounds peso* pesos reais real-brl lei lire lira* złot* korun* rupiah ringgit
        đồng vnđ
        تومان ریال ريال درهم جنيه دينار دولار तुमान रुपये रुपए টাকা บาท 元 块 塊 円 원 人民币 美元 ドル 엔 달러""",
    Kind.MONTH: """
        january february march april may june july august september october november december jan feb mar apr
        jun jul aug sep sept
        oct nov dec enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
        janeiro fevereiro
        março maio junho julho setembro outubro novembro dezembro janvier février mars avril mai juin juillet
        août septembre
        octobre novembre décembre januar februar märz juni juli oktober dezember ocak şubat mart nisan mayıs
        haziran temmuz
        ağustos eylül ekim kasım aralık января февраля марта апреля мая июня июля августа сентября октября
        ноября декабря""",
    Kind.PROMOTION: """
        discount* coupon* promo* voucher* cashback sale off скидк* промокод* промо* descuento* desconto* cupón cupom
        réduction rabais
        sconto rabatt* gutschein* indirim* kupon* diskon khuyến خصم تخفیف छूट 优惠 優惠 折扣 クーポン 割引 할인
        쿠폰 zniżk* rabat* ส่วนลด
        знижк* korting*""",
}

DIGIT_WORDS: tuple[str, ...] = (
    "zero one two three four five six seven eight nine",
    "oh - - - - - - - - niner",
    "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "zero um dois três quatro cinco seis sete oito nove",
    "zéro un deux trois quatre cinq six sept huit neuf",
    "null eins zwei drei vier fünf sechs sieben acht neun",
    "zero uno due tre quattro cinque sei sette otto nove",
    "nul een twee drie vier vijf zes zeven acht negen",
    "ноль один два три четыре пять шесть семь восемь девять",
    "нуль один два три чотири п’ять шість сім вісім дев’ять",
    "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć",
    "sıfır bir iki üç dört beş altı yedi sekiz dokuz",
    "nol satu dua tiga empat lima enam tujuh delapan sembilan",
    "không một hai ba bốn năm sáu bảy tám chín",
    "صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة",
    "صفر یک دو سه چهار پنج شش هفت هشت نه",
    "शून्य एक दो तीन चार पांच छह सात आठ नौ",
)
"""The ten digits in words, one language a line, `-` where a line has none."""

REPEATS = {"double": 2, "triple": 3}

_NO_LETTER_CODES = """
    changed reset expired valid sent required incorrect wrong invalid updated blocked locked accepted approved
    confirmed declined below above follows here none null pending ready attached hidden secret private yours
    hello please never important warning attention notice alert urgent security verify verified verification
    login password account confidential protected enabled disabled activated deactivated failed success
    successful cancelled canceled received available unavailable strong weak error unknown today tomorrow only
    done stop help geandert gesperrt gultig ungultig geheim wichtig cambiado cambiada vencido enviado enviada
    secreto importante personnel confidentiel change valide envoye scaduto segreto riservato alterada alterado
    secreta zmienione tajne degistirildi gizli berhasil rahasia
"""
NOT_LETTER_CODES = frozenset(_NO_LETTER_CODES.split())
"""Words in Latin letters that stand behind a word for "code" and are none."""

PREFIXES = ("ال", "لل", "بال", "وال", "ب", "ل", "و")
"""What Arabic writes in front of a word without a space."""

GENITIVES = frozenset(["de", "del", "di", "da", "do", "du", "des", "of", "dos", "das"])
"""In "código de pedido" they join what a word for a code is made into; other prepositions don't."""

AS = frozenset(["as", "como", "come", "als", "comme", "sebagai", "kak", "как", "як", "jako", "olarak"])

POLISH_CODES = ("kod", "hasl", "haslo", "pin", "weryfik", "autoryz", "jednoraz")
POLISH_BEHIND = frozenset(["twoj", "twoje", "panstwa", "kod", "haslo", "jednorazowy", "jednorazowe"])
FINNISH_ENDS = ("koodi", "koodisi", "koodinne", "salasana", "salasanasi")
VIETNAMESE_CODES = frozenset(["xac", "otp", "cua", "kich", "bao", "dang", "pin", "so", "truy", "code", "la"])
VIETNAMESE_MARKS = frozenset(["cua", "cho", "quy", "khach", "xac", "khau", "giao", "sdt"])
VIETNAMESE_OTHERS = frozenset(["don", "giao", "khach", "van", "giam", "dat", "hang", "chuyen", "vach", "buu"])
