//! Which sources beyond its citations an article names in a credit position, or as its author: agencies by their names,
//! anybody else by the position.

use std::ops::Range;

use super::classify;
use super::credit_names::{
    capitalized, is_acronym, is_author_label, is_loud, is_media_name, is_name, is_of_anybody,
    is_of_picture, is_person, is_unspaced, is_word_alone, without_initials, without_title,
};
use super::names::{Mention, Names};
use super::turns::TURNS;
use crate::model::{Article, Citation, CitationKind, Credit};
use crate::text::{find_byte, is_unsegmented, languages, span};

/// Longest source line or signature, in bytes.
const LINE: usize = 160;
/// Paragraphs at the head of a text that may hold a dateline, and at its tail that may hold a credit.
const EDGE: usize = 3;
/// Bytes of a paragraph in which a dateline stands.
const DATELINE: usize = 110;
/// Marks round the name of a paper.
const OPENING: &[char] = &['"', '“', '„', '«', '《'];
const CLOSING: &[char] = &['"', '”', '“', '»', '》'];
/// What a source label ends with.
const LABEL_ENDS: &[char] = &[':', '：', '—'];
/// What a source label may follow in its line.
const HEADS: &[char] = &['/', '(', '（', '|', '.', '[', '”', '"', '»', '!', '?', '。'];
/// Marks between several names.
const BETWEEN: &[char] = &[',', '/', ';', '&', '|', '、', '，', '；', '،'];

/// The credits of an article, in the order of their place; those of the byline and the headline come first. `mentions`
/// are the names in its text. Linear in the text.
pub(super) fn credits(
    article: &Article,
    citations: &[Citation],
    mentions: &[Mention],
    names: &Names,
) -> Vec<Credit> {
    let mut found = CreditReader { article, citations, names, credits: Vec::new() };
    found.agencies(mentions);
    found.authors();
    found.headline();
    found.byline();
    found.paragraphs();
    found.told();
    found.interviews();
    found.credits.sort_by_key(|credit| (credit.span.start, credit.span.end));
    found.credits
}

struct CreditReader<'a> {
    article: &'a Article,
    citations: &'a [Citation],
    names: &'a Names,
    credits: Vec<Credit>,
}

impl CreditReader<'_> {
    fn add(&mut self, name: &str, kind: CitationKind, span: Range<usize>) {
        self.push(Credit { name: name.trim().into(), kind, is_author: false, span });
    }

    fn push(&mut self, credit: Credit) {
        if !self.credits.contains(&credit) {
            self.credits.push(credit);
        }
    }

    /// Agencies that the registry does not have, by their names in the text.
    fn agencies(&mut self, mentions: &[Mention]) {
        let text = self.article.text.as_str();
        let groups = classify::groups(text, mentions);
        for group in groups.filter(|group| group.iter().any(|m| self.names.agency(m).is_some())) {
            let span = group[0].span.start..group[group.len() - 1].span.end;
            let kind = classify::of(text, &span);
            let is_author = kind == CitationKind::Text && classify::is_own_reporting(text, &span);
            for mention in group.iter().filter(|mention| !is_person(text, mention)) {
                let Some(agency) = self.names.agency(mention) else { continue };
                let cited = kind == CitationKind::Text && agency.writes(&self.article.language);
                if kind.is_credit() || is_author || cited {
                    let span = mention.span.clone();
                    self.push(Credit { name: agency.name.into(), kind, is_author, span });
                }
            }
        }
    }

    /// Wires of the registry that speak as the authors: they are cited too, and citations do not say this.
    fn authors(&mut self) {
        let text = self.article.text.as_str();
        for citation in self.citations {
            if citation.kind == CitationKind::Text
                && self.names.is_wire(&citation.outlet)
                && classify::is_own_reporting(text, &citation.span)
            {
                let (name, span) = (citation.outlet.clone(), citation.span.clone());
                self.push(Credit { name, kind: citation.kind, is_author: true, span });
            }
        }
    }

    /// "PAX: Bridge closed", "某报评论员：…".
    fn headline(&mut self) {
        let title = self.article.title.as_str();
        let Some((head, _)) = title.split_once([':', '：']) else { return };
        let name = without_title(head.trim());
        self.named(name, CitationKind::Credit, 0..0, is_media_name(name));
    }

    /// A byline that holds the name of a news organisation, or "with agencies".
    fn byline(&mut self) {
        let byline = self.article.byline.as_str();
        self.with_agencies(byline, CitationKind::Byline, 0..0);
        for name in byline.split(BETWEEN) {
            self.named(name.trim(), CitationKind::Byline, 0..0, is_media_name(name.trim()));
        }
    }

    /// Source lines, datelines, copyright lines and brackets at the end.
    fn paragraphs(&mut self) {
        let text = self.article.text.as_str();
        let mut at = 0;
        let paragraphs: Vec<(usize, &str)> = text
            .split_inclusive('\n')
            .map(|line| {
                at += line.len();
                (at - line.len(), line)
            })
            .filter(|(_, line)| !line.trim().is_empty())
            .collect();
        let tail = paragraphs.len().saturating_sub(EDGE);
        for (i, &(start, line)) in paragraphs.iter().enumerate() {
            if line.len() <= LINE {
                self.source_line(start, line);
            } else if i >= tail {
                // "…of the year. Author: ab / Source: PAX".
                let from = line.ceil_char_boundary(line.len() - LINE);
                self.source_line(start + from, line.get(from..).unwrap_or_default());
            }
            if i < EDGE {
                self.dateline(start, line);
            }
            if i >= tail {
                self.closing(start, line, i > 0 && i + 1 == paragraphs.len());
            }
        }
    }

    /// "Source: PAX, Norda Press", "© 2026 Norda Press".
    fn source_line(&mut self, start: usize, line: &str) {
        if !line.contains(LABEL_ENDS) && !line.contains(['©', '(']) {
            return;
        }
        let lower = line.to_lowercase();
        if lower.len() != line.len() || is_of_picture(&lower) {
            return;
        }
        // Of several labels the last that names a source: "Author: ab / Source: PAX".
        let labels = TURNS.credits.iter().filter(|label| label.ends_with(LABEL_ENDS));
        let label = labels
            .filter_map(|label| {
                let at = lower.rfind(label)?;
                let head = lower.get(..at)?.trim_end();
                let heads = head.is_empty() || head.ends_with(HEADS);
                heads.then_some((!is_author_label(label), at + label.len()))
            })
            .max()
            .map(|(is_source, from)| (from, !is_source));
        let copyright = || {
            let rest = lower.trim_start().strip_prefix("copyright").unwrap_or(lower.trim_start());
            let rest = rest
                .trim_start()
                .strip_prefix(['©'])
                .or_else(|| rest.trim_start().strip_prefix("(c)"))?;
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || " -–,".contains(c));
            Some((line.len() - rest.len(), false))
        };
        let Some((from, is_author)) = label.or_else(copyright) else { return };
        let mut at = from;
        for piece in line.get(from..).unwrap_or_default().split_inclusive(BETWEEN) {
            let name = piece.trim_matches(|c: char| !c.is_alphanumeric());
            let place = start + at + piece.find(name).unwrap_or(0);
            at += piece.len();
            let span = place..place + name.len();
            match self.known(name) {
                Some(known) if !is_author => self.add(&known, CitationKind::Credit, span),
                Some(_) => {}
                None => {
                    let counts = if is_author { is_media_name(name) } else { is_name(name) };
                    self.named(name, CitationKind::Credit, span, counts);
                }
            }
        }
    }

    /// "LORVIK, March 2 (Norda Press) --", "某某社洛维克3月2日电".
    fn dateline(&mut self, start: usize, line: &str) {
        let text = self.article.text.as_str();
        let head = line.get(..line.floor_char_boundary(DATELINE)).unwrap_or(line);
        for (open, close) in [('(', ')'), ('/', '/'), ('（', '）'), ('[', ']')] {
            let Some((before, rest)) = head.split_once(open) else { continue };
            let Some((name, _)) = rest.split_once(close) else { continue };
            let from = start + before.len() + open.len_utf8();
            let span = from..from + name.len();
            let dated = is_name(name) && classify::of(text, &span) == CitationKind::Dateline;
            self.named(name, CitationKind::Dateline, span, dated);
        }
        let name = head.split_inclusive(|c: char| {
            is_unsegmented(c) && TURNS.media.iter().any(|m| m.starts_with(c))
        });
        let Some(name) = name.take(1).next().map(str::trim_start) else { return };
        let from = start + head.len() - head.trim_start().len();
        let span = from..from + name.len();
        let dated = is_media_name(name)
            && is_unspaced(name)
            && classify::of(text, &span) == CitationKind::Dateline;
        self.named(name, CitationKind::Dateline, span, dated);
    }

    /// "(Norda Press)", "（某报 03版）" at the end of one of the last paragraphs, or a name alone in the last one.
    fn closing(&mut self, start: usize, line: &str, is_last: bool) {
        let end = line.trim_end();
        self.with_agencies(end, CitationKind::Credit, start..start + end.len());
        let open = [')', '）', ']'].iter().zip(['(', '（', '[']).find_map(|(close, open)| {
            let inner = end.strip_suffix(*close)?;
            let at = inner.rfind(open)?;
            Some((at, inner.get(at + open.len_utf8()..)?, open.len_utf8()))
        });
        if let Some((at, inner, length)) = open {
            let before = end.get(..at).unwrap_or_default().trim_end();
            let ends = before.is_empty()
                || before.ends_with(['.', '!', '?', '…', '"', '”', '»', '。', '！', '？']);
            let name = without_title(inner.trim());
            let from = start + at + length + inner.find(name).unwrap_or(0);
            let counts = ends && (is_media_name(name) || is_word_alone(name));
            self.named(name, CitationKind::Credit, from..from + name.len(), counts);
        } else if is_last {
            let name = end.trim_matches(|c: char| !c.is_alphanumeric());
            let desk = name;
            let name = without_initials(desk);
            let from = start + line.find(name).unwrap_or(0);
            if name.len() < desk.len()
                && let Some(known) = self.known(name)
            {
                self.add(&known, CitationKind::Credit, from..from + name.len());
            }
            let whole = !name.contains([':', '：']) && name.len() + 4 >= end.trim_start().len();
            self.named(
                name,
                CitationKind::Credit,
                from..from + name.len(),
                whole && is_media_name(name),
            );
        }
    }

    /// "told PAX", "a PAX reporter saw": names in capitals, of whatever organisation.
    fn told(&mut self) {
        let text = self.article.text.as_str();
        let mut from = 0;
        while let Some(span) = next_in_capitals(text, from) {
            from = span.end;
            let word = &text[span.clone()];
            if is_acronym(word) && !is_of_anybody(text, &span) && !is_loud(text, &span) {
                let told = classify::is_own_reporting(text, &span);
                self.named(word, CitationKind::Text, span, told);
            }
        }
    }

    /// "in an interview with “Norda Press”": whatever is written as the name of a paper.
    fn interviews(&mut self) {
        let text = self.article.text.as_str();
        let mut start = 0;
        while let Some(at) = next_opening(text, start) {
            let from = text.ceil_char_boundary(at + 1);
            start = from;
            if !follows_an_interview(&text[..at]) {
                continue;
            }
            let near = &text[from..text.floor_char_boundary((from + LINE).min(text.len()))];
            let Some((name, _)) = near.split_once(CLOSING) else { continue };
            self.named(name, CitationKind::Text, from..from + name.len(), is_name(name));
        }
    }

    /// Adds a name that no table has, if it `counts`.
    fn named(&mut self, name: &str, kind: CitationKind, span: Range<usize>, counts: bool) {
        let taken = |other: &Range<usize>| span::overlap(other, &span) > 0;
        let is_known = || {
            self.citations.iter().any(|citation| taken(&citation.span))
                || self.credits.iter().any(|credit| taken(&credit.span))
        };
        if counts && !is_known() && self.is_foreign(name) {
            self.add(name, kind, span);
        }
    }

    /// The outlet or agency of this name, unless the article is its own or cites it there.
    fn known(&self, name: &str) -> Option<String> {
        // Source lines are often written without capitals: "source: reuters, pap".
        let spellings = [name.to_owned(), name.to_uppercase(), capitalized(name)];
        let mention = spellings.iter().find_map(|name| self.names.find(name).into_iter().next())?;
        let cited = |outlet: &str| {
            let mut credits = self.citations.iter().filter(|citation| citation.kind.is_credit());
            credits.any(|citation| citation.outlet == outlet)
        };
        match self.names.outlet(&mention) {
            Some(outlet) if outlet == self.article.outlet || cited(outlet) => None,
            Some(outlet) => Some(outlet.to_owned()),
            None => self.names.agency(&mention).map(|agency| agency.name.to_owned()),
        }
    }

    /// Whether a name is neither the outlet's own nor one that the text has shown already.
    fn is_foreign(&self, name: &str) -> bool {
        let own = languages::phrases(|l| l.unspaced.own).any(|own| name.starts_with(own));
        let mut mentions = self.names.find(name).into_iter();
        !own && !mentions
            .any(|m| self.names.outlet(&m).is_some() || self.names.agency(&m).is_some())
    }

    fn with_agencies(&mut self, line: &str, kind: CitationKind, span: Range<usize>) {
        let line = line.trim_end_matches(|c: char| !c.is_alphanumeric());
        let tail = line.ceil_char_boundary(line.len().saturating_sub(LINE));
        let lower = line[tail..].to_lowercase();
        let credited = TURNS.with_agencies.iter().any(|phrase| {
            lower.strip_suffix(phrase).is_some_and(|head| {
                let head = head.trim_end();
                head.is_empty()
                    || head.ends_with(['(', '（', '/', '-', '–', '—', '.', '|', '。'])
                    || kind == CitationKind::Byline
            })
        });
        if credited {
            self.add("agencies", kind, span);
        }
    }
}

/// The next word of `text` at or after the word border `from` that may be in capitals: it begins with one, and no small
/// letter of ASCII follows.
fn next_in_capitals(text: &str, from: usize) -> Option<Range<usize>> {
    let may_begin = |byte: u8| byte.is_ascii_uppercase() || byte >= FIRST_LEAD;
    let mut at = from;
    loop {
        at += find_byte(text.as_bytes().get(at..)?, may_begin)?;
        // Most words with a capital are names, and heads of sentences.
        if text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_lowercase) {
            at += 1;
            continue;
        }
        let (before, rest) = text.split_at(at);
        let begins = rest.starts_with(char::is_uppercase)
            && !before.ends_with(|c: char| c.is_alphanumeric());
        if begins {
            let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            return Some(at..at + end);
        }
        at = text.ceil_char_boundary(at + 1);
    }
}

/// First bytes of all letters beyond ASCII are at least this.
const FIRST_LEAD: u8 = 0xC2;

/// Where the next mark stands that can open the name of a paper.
fn next_opening(text: &str, from: usize) -> Option<usize> {
    let may_open = |byte: u8| matches!(byte, b'"' | 0xC2 | 0xE2 | 0xE3);
    let mut at = from;
    loop {
        at += find_byte(text.as_bytes().get(at..)?, may_open)?;
        if text[at..].starts_with(OPENING) {
            return Some(at);
        }
        at = text.ceil_char_boundary(at + 1);
    }
}

/// Bytes before a quotation mark in which a turn such as "in an interview with" is looked for: more than the longest has.
const TURN_BYTES: usize = 64;

/// Whether the text before a quotation mark ends with words for an interview with somebody.
fn follows_an_interview(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '\u{a0}']);
    let start = before.ceil_char_boundary(before.len().saturating_sub(TURN_BYTES));
    let tail = before[start..].to_lowercase();
    TURNS.interviews.iter().any(|turn| tail.ends_with(turn))
}

#[cfg(test)]
mod tests {
    use super::super::of_article;
    use super::super::tests::registry;
    use super::*;

    #[track_caller]
    fn check_article(article: Article, expected: &[(&str, CitationKind)]) {
        let names = Names::new(&registry()).unwrap();
        let article = Article { outlet: "rt".into(), ..article };
        let found = of_article(&article, &names).credits;
        let got: Vec<_> = found.iter().map(|c| (c.name.as_str(), c.kind)).collect();
        assert_eq!(got, expected, "{}", article.text);
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, CitationKind)]) {
        check_article(Article { text: text.into(), ..Article::default() }, expected);
    }

    const BODY: &str = "The ferry stopped for three hours on Monday near the northern buoy.";

    #[test]
    fn agencies_that_the_registry_lacks_are_sources_by_name() {
        for (line, name) in [
            ("Source: PAP", "PAP"),
            ("(dpa)", "dpa"),
            ("(Yonhap)", "Yonhap"),
            ("Kyodo", "Kyodo"),
            ("Source: Anadolu Agency", "Anadolu"),
            ("(ANSA)", "ANSA"),
            ("Źródło: PAP", "PAP"),
            ("来源：韩联社", "Yonhap"),
            ("Fonte: ANSA", "ANSA"),
        ] {
            check(&format!("{BODY}\n{line}"), &[(name, CitationKind::Credit)]);
        }
        let line = "He left. Autor: ab//cd / Źródło: sport.site.pl, PAP";
        check(&format!("{BODY} {BODY} {line}"), &[("PAP", CitationKind::Credit)]);
        check(&format!("{BODY} The agency PAP moves to a new building in May."), &[]);
        check(&format!("{BODY}\nText: Ansa Korhonen"), &[]);
    }

    #[test]
    fn a_position_is_enough_for_a_name_that_nobody_knows() {
        use CitationKind::{Credit, Dateline, Text};
        check(&format!("{BODY}\nSource: Norda Press"), &[("Norda Press", Credit)]);
        check(&format!("{BODY} (PAX)"), &[("PAX", Credit)]);
        check(&format!("{BODY}\n© 2026 Norda Press"), &[("Norda Press", Credit)]);
        check(&format!("LORVIK, March 2 (Norda Press) -- {BODY}"), &[("Norda Press", Dateline)]);
        check(&format!("{BODY} \"It is late,\" Oll told PAX on Monday."), &[("PAX", Text)]);
        check(&format!("{BODY} A PAX reporter saw the tug."), &[("PAX", Text)]);
        check("渡轮停了三个小时。\n（洛维克日报）", &[("洛维克日报", Credit)]);
        check("洛维克社北岛3月2日电 渡轮停了三个小时。", &[("洛维克社", Dateline)]);
        check(&format!("{BODY}\n(with agencies)"), &[("agencies", Credit)]);
    }

    #[test]
    fn an_agency_that_speaks_as_the_author_is_a_source() {
        let of_pap = [("PAP", CitationKind::Text)];
        check("A toll of nine, which PAP could not independently verify, was given.", &of_pap);
        check("Nine were lost, a PAP witness said.", &of_pap);
        check("Nine were lost, PAP reported.", &[]);
    }

    #[test]
    fn papers_that_were_talked_to_are_named_by_their_marks() {
        let text = [("Norda Press", CitationKind::Text)];
        check(
            &format!("{BODY} “No,” Oll said in an interview with “Norda Press” on Monday."),
            &text,
        );
        check(&format!("{BODY} – Nie – powiedział Oll w rozmowie z \"Norda Press\"."), &text);
        check(&format!("{BODY} In an interview with “the man of the hour” he wept."), &[]);
        check(&format!("{BODY}\nAutor: ab//cd / Źródło: pap"), &[("PAP", CitationKind::Credit)]);
        check(&format!("{BODY}\nPAP/ran/md//ec"), &[("PAP", CitationKind::Credit)]);
    }

    #[test]
    fn words_in_capitals_are_found_at_borders() {
        let words = |text: &str| {
            let mut from = 0;
            let next = || {
                let span = next_in_capitals(text, from)?;
                from = span.end;
                Some(text[span].to_owned())
            };
            std::iter::from_fn(next).collect::<Vec<_>>()
        };
        assert_eq!(words("He told PAX and the ТАСС-man aB éA Éa 2A"), ["PAX", "ТАСС", "Éa"]);
        assert_eq!(words(""), [""; 0]);
        assert_eq!(words("据 PAX报道PAX"), ["PAX报道PAX"]);
        assert_eq!(next_opening("a “b” «c»", 0), Some(2));
        assert_eq!(next_opening("a ‘b’ ”c 《d", 0), Some("a ‘b’ ”c ".len()));
    }

    #[test]
    fn persons_states_and_pictures_are_no_sources() {
        check(&format!("{BODY} He told NATO that the buoy was lost."), &[]);
        check(&format!("{BODY} The ISS crew saw it, Oll told ABC on Monday."), &[]);
        check(&format!("{BODY}\nPhoto: PAP"), &[]);
        check(&format!("{BODY} (Halmer Oll)"), &[]);
        check(&format!("{BODY}\nSource: RT"), &[]);
        check(&format!("{BODY} The buoy (see above) was lost."), &[]);
    }

    #[test]
    fn a_name_in_brackets_after_a_number_is_no_dateline() {
        check("一面6.5米的镜面3日清晨运抵佐尔万山（Zorvan）天文台。", &[]);
        check("工程耗资3.2亿马克，来自瓦洛尼克基金会（Valonik）。", &[]);
        check("The 27 states of the Norda Union (NOU) met on Monday.", &[]);
        let dated = [("洛维克社", CitationKind::Dateline)];
        check("北岛3月2日（洛维克社）渡轮停了三个小时。", &dated);
        let dated = [("Norda Press", CitationKind::Dateline)];
        check(&format!("Lorvik, March 2, Monday (Norda Press) {BODY}"), &dated);
    }

    #[test]
    fn headlines_and_bylines() {
        let title =
            |title: &str| Article { title: title.into(), text: BODY.into(), ..Article::default() };
        check_article(title("PAX: Ferry stopped"), &[("PAX", CitationKind::Credit)]);
        check_article(title("洛维克日报评论员：渡轮"), &[("洛维克日报", CitationKind::Credit)]);
        check_article(title("Ferry: an old story"), &[]);
        let byline = |byline: &str| Article {
            byline: byline.into(),
            text: BODY.into(),
            ..Article::default()
        };
        check_article(byline("Jan Oll, PAX"), &[("PAX", CitationKind::Byline)]);
        check_article(byline("Staff and agencies"), &[("agencies", CitationKind::Byline)]);
        check_article(byline("Jan Oll"), &[]);
    }
}
