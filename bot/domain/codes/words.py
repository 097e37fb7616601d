"""The words by which a text says what a number in it is, in some forty languages: class by class, data only.

Spelled as people spell them; `lexicon` folds them as it folds texts. A `*` ends a stem. Words of scripts that put no
space between words (Chinese, Japanese, Korean, Thai…) are found inside a run of letters, all others as whole words.
"""

from enum import StrEnum


class Kind(StrEnum):
    """What a piece of a text is to the reading. One letter each, so that a reading can be printed."""

    CODE = "C"  # a word for a code and nothing else
    GENERIC = "G"  # a word for a code, but "order code" and "postal code" are something else
    VERIFY = "V"  # what a code is for: verification, login
    OTHER = "O"  # names a number that is no code: account, order, call, ending in
    MODIFIER = "M"  # the same, and makes a GENERIC beside it something else
    VALIDITY = "T"  # valid, expires, sent: names no number, but the one behind it is no code
    PREPOSITION = "F"  # the number behind it is what something is for, of, at
    POSTPOSITION = "P"  # the number before it is
    COPULA = "B"  # is
    DEAD = "D"  # expired, previous
    NEGATION = "!"  # not
    NEW = "E"  # new
    ACTION = "A"  # enter, use
    FILLER = "Z"  # your, the, number
    UNIT = "U"  # minutes, points: what stands before it counts something
    MONEY = "Y"
    MONTH = "H"
    PROMOTION = "R"
    WORD = "W"  # any other word
    NUMBER = "N"  # a candidate
    OPAQUE = "X"  # a number, link or price that can't be a code by its own form
    LINK = ":"
    JOINER = "-"
    QUOTE = "("
    COMMA = ","
    LINE = "/"
    STOP = "."


WORDS: dict[Kind, str] = {
    Kind.CODE: """
        otp otps passcode* password* passwd passphrase passwort* kennwort* tan mtan smstan 2fa totp clave*
        contrasena* senha*
        passe wachtwoord* lösenord* passord* adgangskode* salasana* hasło hasła hasłem heslo* hesla jelszó*
        jelszav* parola*
        şifre* parool* slaptažod* lozink* zaporka* geslo* sandi khẩu xác парол* гасло κωδικό πρόσβασης סיסמ*
        הסיסמ* גישה
        المرور السري كلمةالمرور گذرواژه* رمزعبور ओटीपी पासवर्ड* ওটিপি* পাসওয়ার্ড* ఓటీపీ* ஓடிபி* ઓટીપી* ಒಟಿಪಿ* ഒടിപി*
        գաղտնաբառ* პაროლ* kodeotp
        验证码 驗證碼 校验码 校驗碼 动态码 動態碼 动态密码 動態密碼 激活码 激活碼 确认码 確認碼 认证码 認證碼
        口令 安全码 安全碼 登录码
        登錄碼 登入碼 登录密码 交易密碼 交易密码 密码 密碼 随机码 短信码 取件码 一次性密码 检验码 识别码
        認証コード 確認コード 認証番号 確認番号 暗証番号 セキュリティコード セキュリティーコード
        ワンタイムパスワード パスワード パスコード 認証キー
        ログインコード 検証コード 認証用コード 確認用コード
        인증번호 인증코드 확인코드 보안코드 비밀번호 암호 승인번호 본인확인번호 확인번호 접속코드
        รหัสผ่าน รหัสยืนยัน
        pass 取货码 提货码 领取码 核销码""",
    Kind.GENERIC: """
        code codes coden kode koden kodemu kodenya kod kodu koda kody kodem kodzie kode kods kodas kodai kood
        koodi* kóð* kodja
        kódja kodunuz kodun kodunu kodunuzu kodumuz kodi kodini kodingiz codice codici código* codigos codul cod
        codi pin pins
        pincode token cód kóde kódu kódem pinkod* kodiga
        код кода коду кодом коде коды кодов кодът кодас кодты коды* пин* пинкод* κωδικ* კოდ* կոդ* կոդը קוד*
        הקוד* בקוד
        رمز* الرمز* برمز* ورمز* لرمز* كود* الكود* بكود* کد* کدتان کوڈ* पिन पिनकोड कोड* কোড* পিন குறியீ* కోడ్* કોડ*
        ਕੋਡ* ಕೋಡ್* കോഡ്*
        代码 代碼 碼 コード 코드 รหัส โค้ด พิน ລະຫັດ កូដ ကုဒ်
        nip
        puk""",
    Kind.VERIFY: """
        verif* confirm* auth* login* log logon signin sign signup register* registration access activat*
        security secure onetime
        one time dynamic temporary sms step factor validat* identity unlock recover* reset
        acceso seguridad autentic* autoriz* confirmación inicio iniciar sesión registr* activación único unico
        ingresar acceder
        verificación acesso segurança entrar ativação cadastro verificação uso
        accès sécurité connexion connecter validation authentif* usage unique inscription
        bestätig* verifizier* anmeld* einlogg* sicherheit* einmal* freischalt* registrier* aktivier* identifi*
        verifica accesso sicurezza accedere conferma attivazione temporaneo monouso
        verificatie* bevestig* inlog* aanmeld* toegang* eenmalig* beveilig*
        doğrula* onay* giriş* güvenlik* aktivasyon* tek kullanımlık kayıt*
        verifikasi masuk keamanan aktivasi konfirmasi otentikasi pendaftaran
        thực nhận minh đăng ký kích hoạt bảo mật
        weryfik* logow* zalogow* autoryz* jednoraz* potwierdz* dostęp* bezpiecz* aktywac* rejestr*
        ověř* přihl* potvrz* jednoráz* overov* prihl* autentificare conectare ellenőrz* megerősít* belép*
        azonosít* bejelentkez*
        verifier* bekräft* engång* inlogg* säkerhet* engangs* bekreft* bekræft* vahvist* kirjaut* kertakäyt*
        tunnistautu*
        patvirtin* apstiprin* kinnitus* potvrd* prijav* jednokratn*
        подтвержд* подтверд* вход* войти войд* авториз* регистрац* провероч* проверк* одноразов* активац*
        верифик* доступ* безопасн* аутентиф*
        підтвердж* підтверд* увійти перевір* реєстрац* потвърж* растау смс вхід* верифік* кіру
        επαλήθευσ* επιβεβαίωσ* σύνδεσ* εισόδου אימות* האימות* כניסה הכניסה התחברות
        التحقق للتحقق تحقق التأكيد تأكيد لتأكيد الدخول دخول لتسجيل تسجيل التفعيل تفعيل المصادقة الأمان للدخول
        المؤقت
        تأیید تایید ورود فعالسازی فعال پویا یکبار مصرف یکبارمصرف احراز هویت امنیتی اعتبارسنجی تصدیق موقت دوم
        सत्यापन लॉगिन प्रमाणीकरण सत्यापित पुष्टि যাচাই* যাচাইকরণ লগইন সত্যতা சரிபார்ப்பு* ధృవీకరణ*
        登录 登入 登錄 验证 驗證 注册 註冊 身份 认证 認證 認証 確認 ログイン 登録 本人 인증 로그인 확인 가입
        본인
        ยืนยัน เข้าสู่ระบบ ตัวตน เข้าใช้งาน ສຳລັບ
        dinámica dinámico получен* pengesahan rahasia
        valider valide
        loggen pickup collection retrait retiro entrega retirada ritiro odbior* teslimat* выдач* видач* ophaal*
        abhol* домофон*
        动态 動態 短信 一次性 随机 登陆 临时
        conferm*""",
    Kind.MODIFIER: """
        order orders booking reservation customer product item article zip postal post area country dialing dial
        gift referral* referrer invite invitation affiliate error status reason response tracking bar
        qr barcode* reference ref swift bic ifsc branch sort merchant mcc tax station airport campaign store
        employee staff
        student course ticket flight shipment zipcode* postcode* areacode qrcode* source vendor supplier
        national geo
        pedido cliente producto referido barras promocional reserva seguimiento produto
        rastreio rastreamento indicação postale postali commande client produit barres parrainage réservation
        suivi
        ordine prodotto barre fiscale prenotazione amico
        bestellcode* kundencode* fehlercode* produktcode* buchungscode* empfehlungscode* einladungscode*
        aktionscode* postleitzahl* plz kortingscode* kortings* foutcode* klantcode* rabattkod* felkod*
        postnummer*
        sipariş* posta ürün* müşteri* hata* davet* referans* barkod* promosyon*
        pos pesanan produk referal undangan wilayah pembayaran
        заказ* товар* клиент* город* стран* почтов* ошибк* скидоч* бронирован* брони регион* реферал* приглас*
        штрихкод* партн* замовлен* поштов* помилк* запрошен* клієнт* отслежив* трек*
        zamówieni* pocztow* produkt* klient* błęd* kresk* polec* promocyj* rezerwacj* objednáv*
        البريدي الخصم الطلب المنتج الدعوة تتبع التتبع القسيمة پستی سفارش* پیگیری رهگیری ملی معرف مرسوله
        डाक प्रोमो कूपन ऑर्डर रेफरल
        邮政编码 邮编 郵遞區號 优惠码 優惠碼 优惠券 兑换码 邀请码 邀請碼 推荐码 折扣码 二维码 条形码 订单 訂單
        商品コード 取引コード
        クーポンコード 招待コード 郵便番号 予約番号 注文番号 注文 商品 우편번호 쿠폰코드 초대코드 예약번호
        추천인코드 할인코드 주문번호 주문
        รหัสไปรษณีย์ รหัสสินค้า รหัสพนักงาน โค้ดส่วนลด รหัสส่วนลด คำสั่งซื้อ
        class meeting team source dress game""",
    Kind.OTHER: """
        invoice account* acct acc card cards debit credit ending ends tail last digits balance refno parcel
        package
        awb consignment call calls phone mobile cell cellphone tel telephone fax hotline helpline support
        contact text reply send
        room gate seat version build bonus ext extension id ids user userid username member membership
        case transaction txn trx trans payment amount amt sum total price fee cost limit cheque check policy
        contract loan
        terminal atm bank passport ssn license licence plate vehicle pnr train bus coach platform floor flat apt
        apartment street
        building box locker table queue vpa upi utr rrn stan imei serial model receipt bill meter lot batch sku
        port
        page appointment request req job application claim agent driver taxi trip ride delivery iban deposit
        withdrawal
        recipient beneficiary sender shortcode folio docket complaint
        sr srn crn cif uid kyc ip session stop help address house unit level score winner draw visa mastercard
        maestro mada
        purchase refund charge transfer debited credited paid
        cuenta tarjeta factura saldo terminada terminación referencia importe monto teléfono móvil celular llame
        llama llámanos
        llamar vuelo expediente póliza contrato envío paquete guía sucursal operación transacción
        recibo trámite documento usuario habitación
        conta cartão fatura final valor telefone ligue ligar voo agência protocolo encomenda boleto transação
        compra
        compte carte facture solde référence montant téléphone appelez vol colis dossier contrat finissant
        terminant
        transaction chambre utilisateur numéroclient achat virement
        bestell* konto* rechnung* karte* kunden* telefon* rufnummer* betrag* endend* endziffer* referenz*
        vorgang* auftrag*
        sendung* paket* flug* vertrag* blz zimmer überweisung* anruf* kreditkarte* ticketnummer benutzer*
        conto carta fattura riferimento importo telefono chiama volo pratica spedizione pacco
        bonifico utente camera cellulare
        bestelling* rekening* kaart* factuur* bedrag* klant* pakket* telefoon* bestelnummer*
        hesap* kart* fatura* bakiye* tutar* telefon* arayın uçuş* rezervasyon* kargo* işlem* sonu
        başvuru* poliçe* abone* borç* ödeme* dekont*
        kartu rekening tagihan referensi jumlah nominal telepon hubungi transaksi resi berakhiran hp
        antrean pelanggan faktur akun
        khoản tiền điện thoại gọi đuôi chiếu giao hotline tk sđt sdt tham phòng
        карт* счет* счёт* баланс* тел телефон* звон* позвон* посылк* рейс* договор* чек* сумм* остат* абонент*
        транзакц*
        операц* оканчив* заканчив* последн* накладн* заявк* обращен* комнат* кабинет* квартир* подъезд* полис*
        паспорт*
        терминал* банкомат* смс-сообщен* поезд* вагон* талон* лицев* лс
        мсс аккаунт* пользовател* айди платеж* платёж* перевод* покупк* списан* зачислен* оплат* инн снилс
        картк* рахунк* посилк* сум* залиш* накладн* дзвон* телефонуйте талон* карта картка платіж* переказ*
        сметк* поръчк* шот* тапсырыс*
        konto konta kontem karta karty kartą kartę faktur* saldo kwota kwotę kwoty telefon* zadzwoń lot paczk*
        przesyłk*
        umow* referenc* końcówk* nr_zamówienia przelew* rachun* transakcj* pokój
        účet účtu karty kartou částk* zůstat* objednávk* faktúr* zásilk* comand* cont contul card* sold* sumă
        suma*
        plat* rendelés* számla* kártya* egyenleg* összeg* hívja csomag* ordre* kort* kontonummer beløb* belopp*
        saldo* tilaus*
        tili* kortti* order* beställning* paket* ring
        παραγγελί* λογαριασμ* κάρτ* υπόλοιπ* ποσ* τηλ* הזמנה* חשבון* כרטיס* יתרה סכום* טלפון* חייג*
        طلب* حساب* بطاق* رصيد* فاتور* مبلغ* مرجع* هاتف* اتصل رحل* حجز* عميل* شحن* الحساب لحساب* بحساب* البطاقة
        بطاقتك لبطاقة
        بالبطاقة الرصيد المبلغ بمبلغ الهاتف المرجع المنتهية تنتهي الفاتورة العملية عملية
        حساب* کارت* مانده تلفن* تماس پذیرنده ترمینال فاکتور مبلغ خرید واریز برداشت پشتیبانی شناسه کاربری نوبت
        قبض
        خاتا खाता* खाते कार्ड शेष राशि कॉल फोन फ़ोन मोबाइल संदर्भ একাউন্ট* অ্যাকাউন্ট* কার্ড* ব্যালেন্স* অর্ডার* কল
        尾号 尾號 末四位 后四位 後四位 后四码 後四碼 末四碼 卡号 卡號 账号 帳號 账户 帳戶 订单号 訂單編號 訂單號
        单号 运单 编号 編號 余额
        餘額 金额 金額 流水号 序号 序號 电话 電話 致电 致電 拨打 撥打 客服 热线 熱線 手机号 手机 手機 快递 房间
        航班 车次 积分 工号
        回复 尾数 信用卡 借记卡 储蓄卡 銀行卡 银行卡
        口座番号 口座 カード 下4桁 下四桁 末尾 残高 お問い合わせ 受付番号 伝票番号 追跡番号 会員番号 予約 取引
        お客様番号 便 号室 管理番号
        계좌번호 계좌 카드 잔액 전화 문의 고객센터 송장번호 운송장 회원번호 금액 끝자리 뒷자리 접수번호 고객번호
        예약 객실
        บัญชี บัตร ยอด โทร อ้างอิง ลงท้าย เลขที่ จำนวนเงิน พัสดุ หมายเลขอ้างอิง ห้อง วงเงิน ติดต่อ ບັນຊີ
        hàng địa chỉ
        bal avl avail""",
    Kind.VALIDITY: """
        valid validity expires expire expiry válido válida vence caduca validade valable gültig scade valido
        geldig geçerli
        berlaku действ* истекает дійсн* ważny platnost* صالح اعتبار 有效期 sent resent enviado enviada enviamos
        envoyé gesendet
        inviato verzonden gönderildi dikirim gửi отправлен* отправил* надіслан* wysłan* الإرسال 发送至 發送至""",
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
        discount* coupon* promo* voucher* cashback sale скидк* промокод* промо* descuento* desconto* cupón cupom
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
