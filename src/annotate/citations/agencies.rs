//! News agencies that the registry does not have: sources by name, of which no article is fetched.

/// An agency: its name, the languages in which it writes (ISO 639-1; the main ones), and how it is written in the
/// texts of any language.
pub(super) struct Agency {
    pub(super) name: &'static str,
    languages: &'static str,
    pub(super) spellings: &'static [&'static str],
}

impl Agency {
    /// Whether the agency writes in this language: in others it is quoted for a fact, not copied.
    pub(super) fn writes(&self, language: &str) -> bool {
        self.languages.split(' ').any(|own| own == language)
    }
}

const fn agency(
    name: &'static str,
    languages: &'static str,
    spellings: &'static [&'static str],
) -> Agency {
    Agency { name, languages, spellings }
}

#[rustfmt::skip]
pub(super) const AGENCIES: &[Agency] = &[
    agency("AAP", "en", &["AAP", "Australian Associated Press"]),
    agency("AGERPRES", "ro", &["AGERPRES", "Agerpres"]),
    agency("Anadolu", "tr en", &["Anadolu", "Anadolu Agency", "Anadolu Ajansı", "AA muhabiri", "Анадолу", "Агентство Анадолу", "الأناضول", "وكالة الأناضول", "阿纳多卢通讯社", "آناتولی"]),
    agency("ANI", "en", &["ANI news agency", "Asian News International"]),
    agency("ANP", "nl", &["ANP"]),
    agency("ANSA", "it", &["ANSA", "Ansa", "Agenzia ANSA", "АНСА", "安莎社", "أنسا"]),
    agency("Antara", "id", &["Antara", "ANTARA", "Антара", "安塔拉通讯社"]),
    agency("APA", "de", &["APA"]),
    agency("Armenpress", "hy ru", &["Armenpress", "Арменпресс"]),
    agency("Belga", "fr nl", &["Belga", "Белга"]),
    agency("BelTA", "ru be", &["BelTA", "BELTA", "Belta", "БелТА", "БЕЛТА", "白通社", "白俄罗斯通讯社"]),
    agency("Bernama", "en", &["Bernama", "BERNAMA", "Бернама", "马新社"]),
    agency("BTA", "bg", &["BTA", "БТА"]),
    agency("CTK", "cs", &["CTK", "ČTK", "ЧТК"]),
    agency("dpa", "de", &["dpa", "DPA", "Deutsche Presse-Agentur", "ДПА", "德新社", "د ب أ"]),
    agency("EFE", "es", &["EFE", "Agencia EFE", "ЭФЕ", "埃菲社", "إفي"]),
    agency("Europa Press", "es", &["Europa Press"]),
    agency("Fars", "fa", &["Fars News", "Fars News Agency", "Фарс", "خبرگزاری فارس", "وكالة فارس", "法尔斯通讯社"]),
    agency("FENA", "sr", &["FENA", "ФЕНА"]),
    agency("HINA", "sr", &["HINA", "Hina"]),
    agency("IANS", "en", &["IANS", "Indo-Asian News Service"]),
    agency("IAR", "pl", &["IAR"]),
    agency("IRNA", "fa", &["IRNA", "ИРНА", "ایرنا", "إرنا", "伊通社"]),
    agency("ISNA", "fa", &["ISNA", "ИСНА", "ایسنا"]),
    agency("Jiji", "ja", &["Jiji Press", "Jiji", "时事社", "時事通信"]),
    agency("Kazinform", "kk ru", &["Kazinform", "Казинформ"]),
    agency("KCNA", "ko", &["KCNA", "ЦТАК", "朝中社", "조선중앙통신"]),
    agency("KUNA", "ar", &["KUNA", "كونا"]),
    agency("Kyodo", "ja", &["Kyodo", "Kyodo News", "KYODO", "Киодо", "共同社", "共同通信", "كيودو"]),
    agency("Lusa", "pt", &["Lusa", "Agência Lusa"]),
    agency("MENA", "ar", &["وكالة أنباء الشرق الأوسط"]),
    agency("MTI", "hu", &["MTI"]),
    agency("MTVA", "hu", &["MTVA"]),
    agency("NTB", "no", &["NTB"]),
    agency("PA Media", "en", &["PA Media", "Press Association"]),
    agency("PAP", "pl", &["PAP", "ПАП", "Polska Agencja Prasowa"]),
    agency("Prensa Latina", "es", &["Prensa Latina", "Пренса Латина", "拉美社"]),
    agency("PTI", "en", &["PTI", "Press Trust of India", "पीटीआई"]),
    agency("Ritzau", "da", &["Ritzau"]),
    agency("SANA", "ar", &["SANA", "САНА", "سانا"]),
    agency("SITA", "cs", &["SITA"]),
    agency("SPA", "ar", &["Saudi Press Agency", "واس"]),
    agency("SRNA", "sr", &["SRNA", "СРНА"]),
    agency("Tanjug", "sr", &["Tanjug", "TANJUG", "Танјуг", "Танюг"]),
    agency("TASR", "cs", &["TASR"]),
    agency("Tasnim", "fa", &["Tasnim", "Тасним", "تسنیم", "تسنيم"]),
    agency("Télam", "es", &["Télam", "Telam"]),
    agency("TT", "sv", &["TT-Reuters", "TT Nyhetsbyrån"]),
    agency("UNB", "en", &["UNB", "United News of Bangladesh"]),
    agency("UNI", "en", &["United News of India"]),
    agency("UNIAN", "uk ru", &["UNIAN", "УНІАН", "УНИАН"]),
    agency("Ukrinform", "uk ru", &["Ukrinform", "Укрінформ", "Укринформ"]),
    agency("UPI", "en", &["UPI", "United Press International", "合众社", "合众国际社"]),
    agency("VNA", "vi", &["Vietnam News Agency", "TTXVN", "越通社"]),
    agency("Yonhap", "ko", &["Yonhap", "YONHAP", "Yonhap News Agency", "Ёнхап", "Рёнхап", "韩联社", "يونهاب", "연합뉴스"]),
];
