//! Turkish.

use snowball_stemmers_rs::Algorithm;

use super::HalfDay::{Afternoon, Morning, Night, Noon};
use super::Offset::{Fixed, Unknown};
use super::{Classes, Dates, Language, Page, Speech, Stems, Turns};

#[rustfmt::skip]
pub(super) const TR: Language = Language {
    code: "tr",
    name: "Turkish",
    stemmer: Some(Algorithm::Turkish),
    dates: Dates {
        months: &[
            ("oca", 1), ("şub", 2), ("mar", 3), ("nis", 4), ("may", 5), ("haz", 6), ("tem", 7), ("ağu", 8),
            ("eyl", 9), ("eki", 10), ("kas", 11), ("ara", 12),
        ],
        half_days: &[
            ("öö", Morning), ("sabah", Morning), ("öğleden önce", Morning), ("ös", Afternoon),
            ("öğleden sonra", Afternoon), ("akşam", Afternoon), ("öğle", Noon), ("gece", Night),
        ],
        zones: &[("trt", Fixed(180)), ("tsi", Fixed(180)), ("tsi\u{307}", Fixed(180))],
        zone_names: &[
            ("moskova saati*", Fixed(180)), ("türkiye saati*", Fixed(180)), ("pekin saati*", Fixed(480)),
            ("yerel saat*", Unknown),
        ],
        time: "saati saatiyle",
        updated: &["güncelle*", "değiştiril*", "son değişiklik"],
        publication: &["yayın*"],
        published: &["yayınlanma"],
        ..Dates::NONE
    },
    page: Page {
        buttons: "paylaş yazdır yorum",
        notices: &["gizlilik", "çerez"],
        error_titles: &["sayfa bulunamadı"],
        ..Page::NONE
    },
    speech: Speech {
        verbs: &[
            Stems {
                stems: "söyle belirt vurgula açıkla ekle bildir aktar duyur anlat savun kaydet yaz hatırlat uyar yanıtla değerlendir",
                endings: "di dı du dü ti tı tu tü miş mış iyor ıyor uyor üyor mişti mıştı diler dılar tiler tılar",
            },
            Stems {
                stems: "dedi diyor demişti söyledi söylüyor söylediler belirtti belirtiyor vurguladı vurguluyor açıkladı açıklıyor \
                    ekledi ekliyor bildirdi bildiriyor aktardı aktarıyor duyurdu duyuruyor anlattı \
                    anlatıyor savundu savunuyor kaydetti kaydediyor yazdı yazıyor hatırlattı uyardı konuştu \
                    düşünüyor inanıyor",
                endings: "-",
            },
        ],
        that: "ki",
        phrases: &[
            "ifade etti", "ifade ediyor", "ifade eden", "iddia etti", "iddia ediyor", "dile getirdi",
            "öne sürdü", "işaret etti", "dikkat çekti", "altını çizdi", "altını çizerek",
            "sözlerini kullandı", "ifadelerini kullandı", "haberine göre", "açıklamasına göre",
            "aktardığına göre", "söylediğine göre", "bildirdiğine göre", "belirttiğine göre",
            "görüşüne göre", "ifadesine göre", "sözleriyle", "şöyle dedi", "şöyle konuştu", "demişti",
        ],
        verb_last: true,
        texts: "mektup açıklama mesaj metin konuşma sözler şöyle",
        ..Speech::NONE
    },
    turns: Turns {
        after: &["aktardığına göre", "bildirdiğine göre", "yazdığına göre", "duyurduğuna göre", "haberine göre", "ajansının haberine göre", "ajansına göre", "göre", "konuşan", "yaptığı açıklamada", "verdiği demeçte", "verdiği röportajda", "bildirdi", "aktardı", "yazdı", "duyurdu", "açıkladı", "haberinde", "ajansının aktardığına göre"],
        fillers: "ajansı ajansının ajansına haber resmi devlet rus çin gazetesi gazetesinin televizyonu televizyonunun kanalı muhabiri",
        credits: &["kaynak:"],
        conjunctions: "ve ile veya",
        ..Turns::NONE
    },
    classes: Classes {
        dative_endings: "a e ya ye na ne",
        endings: "ın in un ün nın nin nun nün da de ta te dan den tan ten",
        ..Classes::NONE
    },
    ..Language::NONE
};
