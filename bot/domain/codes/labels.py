"""The nouns by which a text says what a number in it is: a code, what it is for, or something else.

Written as `words.py` says.
"""

from bot.domain.codes.kinds import Kind

LABELS: dict[Kind, str] = {
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
}
