use super::*;
use crate::load_run::Lookup;
use crate::report::{ReportConfig, sample as example};

/// Runs `check` on the document of the example analysis.
fn with_document(check: impl FnOnce(&Document)) {
    let (sample, run, config) = (example::analysis(), example::run(), ReportConfig::default());
    check(&Document::of(&sample.view(&run, &config)));
}

#[test]
fn a_draw_depends_on_the_seed_alone() {
    with_document(|document| {
        let ids = |size, seed| -> Vec<String> {
            let drawn = draw(document, Grade::ALL, size, seed);
            drawn.iter().map(|edge| edge.id.to_string()).collect()
        };
        assert_eq!(ids(99, 1), ids(99, 1));
        assert_ne!(ids(99, 1), ids(99, 2));
        assert_eq!(ids(99, 1).len(), document.edges.len());
        let one_each = draw(document, &[Grade::E1, Grade::E3], 1, 1);
        assert!(one_each.len() <= 2 && !one_each.is_empty());
    });
}

#[test]
fn the_sheet_hides_the_grade_and_outlets_if_asked() {
    with_document(|document| {
        let edges = draw(document, Grade::ALL, 99, 1);
        let lookup = Lookup::new(document);
        let csv = |hides| {
            let mut bytes = Vec::new();
            sheet::write_csv(&sheet::items(&edges, &lookup, hides), &mut bytes).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        let open = csv(false);
        let mut rows = csv::Reader::from_reader(open.as_bytes());
        assert!(!rows.headers().unwrap().iter().any(|name| name == "grade"));
        let name = lookup.name(&edges[0].outlet_to).to_owned();
        let outlets: Vec<String> = rows.records().map(|row| row.unwrap()[4].to_owned()).collect();
        assert_eq!(outlets[0], name);
        let hidden = csv(true);
        let mut rows = csv::Reader::from_reader(hidden.as_bytes());
        assert!(rows.records().all(|row| &row.unwrap()[4] == "B"));
        assert_eq!(sheet::read(open.as_bytes()), Ok(Labels::new()));
        assert_eq!(
            sheet::text(&sheet::items(&edges, &lookup, true)).matches("== ").count(),
            edges.len()
        );
    });
}

#[test]
fn edges_without_passages_show_what_both_articles_begin_with() {
    with_document(|document| {
        let mut edge = draw(document, Grade::ALL, 1, 1)[0].clone();
        edge.leads = Some(["One begins so.\nMore.".into(), "=The other so.".into()]);
        let items = sheet::items(&[&edge], &Lookup::new(document), true);
        let text = sheet::text(&items);
        assert!(text.contains("One begins so. More.") && text.contains("=The other so."), "{text}");
        let mut bytes = Vec::new();
        sheet::write_csv(&items, &mut bytes).unwrap();
        let row = csv::Reader::from_reader(bytes.as_slice()).records().next().unwrap().unwrap();
        assert_eq!((&row[9], &row[10]), ("One begins so. More.", "'=The other so."));
    });
}

#[test]
fn labels_are_read_as_spreadsheets_save_them() {
    let labels = |rows: &[(&str, Label)]| -> Result<Labels, String> {
        Ok(rows.iter().map(|(id, label)| ((*id).to_owned(), *label)).collect())
    };
    let check = |text: &str, expected: Result<Labels, String>| {
        assert_eq!(sheet::read(text.as_bytes()), expected, "{text}");
    };
    check(
        "item,label,edge\n1,right,e1\n2,,e2\n3,Wrong,e3\n",
        labels(&[("e1", Label::Right), ("e3", Label::Wrong)]),
    );
    check("\u{feff}item;label;edge\r\n1;doubtful;e1\r\n", labels(&[("e1", Label::Doubtful)]));
    check(
        "item,label,edge\n1,maybe,e1\n",
        Err("row 1: `maybe` is none of `right`, `doubtful`, `wrong`".into()),
    );
    check(
        "item,label,edge\n1,right,e1\n2,right,e1\n",
        Err("row 2: edge `e1` is labelled twice".into()),
    );
    check("a,b\n", Err("no column `edge`: is this a sheet of `fimi sample`?".into()));
}

#[test]
fn doubtful_edges_count_against_a_grade_and_one_wrong_label_is_wrong() {
    with_document(|document| {
        let edges = draw(document, Grade::ALL, 99, 1);
        let all = |label: Label| -> Labels {
            edges.iter().map(|edge| (edge.id.to_string(), label)).collect()
        };
        let mut second = all(Label::Right);
        second.insert(edges[0].id.to_string(), Label::Wrong);
        second.insert("unheard-of".into(), Label::Right);
        let grades = document.edges.iter().map(|edge| (edge.id.as_ref(), edge.grade)).collect();
        let score = |coders: &[Labels]| score("run", &grades, coders);
        let found = score(&[all(Label::Right), second]);
        let row = found.grades.iter().find(|row| row.grade == edges[0].grade).unwrap();
        assert_eq!((row.wrong, row.doubtful, row.right), (1, 0, row.labelled - 1));
        let agreement = found.agreement.clone().unwrap();
        assert_eq!((agreement.edges, agreement.equal), (edges.len(), edges.len() - 1));
        assert_eq!(agreement.cohen_kappa, Some(0.0));
        assert_eq!(found.unknown, 1);
        assert!(text(&found).contains("Cohen's kappa 0.000"));
        assert!(note(&found).contains(&format!("; two coders agree on {} of", edges.len() - 1)));
        assert!(
            note(&found)
                .contains(&format!("{} {} of {} (95 %", row.grade, row.right, row.labelled))
        );
        assert!(note(&score(&[Labels::new()])).starts_with("no edge"));
        let single = score(&[all(Label::Doubtful)]);
        assert!(single.agreement.is_none());
        assert!(single.grades.iter().all(|row| row.right == 0 && row.doubtful == row.labelled));
    });
}
