//! Copies whose letters were changed so that machines do not see them as copies: every change is put
//! on a text in each large language, and the copy must still be found.

use crate::support::TestEnv;

/// A text in a language, and its code.
const TEXTS: &[(&str, &str)] = &[
    (
        "en",
        "The harbour master said on Monday that the old ferry would stay in port until the ice had \
         left the strait, and that passengers from the northern islands were to be carried by two \
         smaller boats which the province had hired from a company on the mainland.",
    ),
    (
        "ru",
        "Начальник порта сообщил в понедельник, что старый паром останется у причала, пока лёд не \
         уйдёт из пролива, а пассажиров с северных островов перевезут два небольших судна, которые \
         область наняла у компании на материке.",
    ),
    (
        "zh",
        "港口负责人周一表示，在海峡的冰全部消退以前，这艘老渡轮将一直停靠在港内，北部各岛的旅客将由省里向一家\
         大陆公司租用的两艘小船运送，渡轮的修理工作预计在下个月底完成。",
    ),
    (
        "ar",
        "قال مدير الميناء يوم الاثنين إن العبارة القديمة ستبقى في المرفأ حتى يذوب الجليد من المضيق، وإن \
         ركاب الجزر الشمالية سينقلون بقاربين صغيرين استأجرتهما المحافظة من شركة في البر الرئيسي.",
    ),
    (
        "de",
        "Der Hafenmeister sagte am Montag, die alte Fähre werde im Hafen bleiben, bis das Eis die Straße \
         verlassen habe, und die Fahrgäste von den nördlichen Inseln sollten von zwei kleineren Booten \
         befördert werden, die das Land von einer Firma auf dem Festland gemietet habe.",
    ),
    (
        "es",
        "El jefe del puerto dijo el lunes que el viejo transbordador seguirá amarrado hasta que el hielo \
         deje libre el estrecho, y que los pasajeros de las islas del norte viajarán en dos barcos más \
         pequeños que la provincia ha alquilado a una empresa del continente.",
    ),
    (
        "fr",
        "Le capitaine du port a déclaré lundi que le vieux bac resterait à quai jusqu'à ce que la glace \
         ait quitté le détroit, et que les passagers des îles du nord seraient transportés par deux \
         bateaux plus petits que la province a loués à une société du continent.",
    ),
    (
        "pt",
        "O chefe do porto disse na segunda-feira que a velha balsa ficará atracada até que o gelo deixe o \
         estreito, e que os passageiros das ilhas do norte serão levados por dois barcos menores que a \
         província alugou de uma empresa do continente.",
    ),
];

/// Puts a sign after every third letter.
fn with_every_third(text: &str, sign: char) -> String {
    let mut letters = 0;
    let mut edited = String::new();
    for c in text.chars() {
        edited.push(c);
        letters += usize::from(c.is_alphabetic());
        if c.is_alphabetic() && letters % 3 == 0 {
            edited.push(sign);
        }
    }
    edited
}

/// Replaces letters, each by its pair.
fn replaced(text: &str, pairs: &[(char, char)]) -> String {
    let pair = |c: char| pairs.iter().find(|pair| pair.0 == c).map_or(c, |pair| pair.1);
    text.chars().map(pair).collect()
}

/// ASCII letters in their full-width forms, which NFKC takes back.
fn full_width(text: &str) -> String {
    let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0).filter(|_| c.is_ascii_alphabetic());
    text.chars().map(|c| wide(c).unwrap_or(c)).collect()
}

#[track_caller]
fn is_found(language: &str, text: &str, copy: &str, how: &str) {
    assert_ne!(text, copy, "{how}, {language}: nothing was changed");
    let record = |outlet: &str, hour: u32, text: &str| {
        let text = serde_json::Value::from(text);
        format!(
            r#"{{"outlet":"{outlet}","id":"{outlet}1","url":"https://{outlet}.example/1","title":"T",
               "language":"{language}","text":{text},"published":"2022-03-01T{hour:02}:00:15Z"}}"#
        )
        .replace('\n', " ")
    };
    let env = TestEnv::new();
    env.write("c.jsonl", [record("rt", 8, text), record("cgtn", 11, copy)].join("\n"));
    env.run(&["analyze", "--input", "c.jsonl", "-q"], 0);
    let matches = env.table("fimi-out/matches.csv");
    let relation = matches.first().map(|row| row.get("relation").to_owned());
    assert_eq!(relation.as_deref(), Some("verbatim"), "{how}, {language}");
}

#[test]
fn signs_that_nobody_sees_do_not_hide_a_copy() {
    for (language, text) in TEXTS {
        for (how, sign) in
            [("zero-width space", '\u{200b}'), ("soft hyphen", '\u{ad}'), ("joiner", '\u{2060}')]
        {
            is_found(language, text, &with_every_third(text, sign), how);
        }
    }
}

#[test]
fn lookalikes_and_other_forms_of_letters_do_not_hide_a_copy() {
    // Latin letters become Cyrillic ones, and the other way round.
    let latin = [('a', 'а'), ('e', 'е'), ('o', 'о')];
    let cyrillic = latin.map(|(latin, cyrillic)| (cyrillic, latin));
    for (language, text) in TEXTS {
        match *language {
            "ru" => is_found(language, text, &replaced(text, &cyrillic), "lookalikes"),
            "zh" | "ar" => {}
            _ => {
                is_found(language, text, &replaced(text, &latin), "lookalikes");
                is_found(language, text, &full_width(text), "full width");
            }
        }
    }
}

#[test]
fn case_and_quotation_marks_do_not_hide_a_copy() {
    for (language, text) in TEXTS {
        let quoted = match *language {
            "zh" => format!("“{text}”"),
            "ru" | "fr" | "ar" => format!("« {text} »"),
            "de" => format!("„{}“", text.to_uppercase()),
            _ => format!("“{}”", text.to_uppercase()),
        };
        is_found(language, text, &quoted, "quotation marks");
    }
}
