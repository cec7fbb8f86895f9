//! `datapackage.json`: the codebook of the CSV files (Frictionless Data Package), from the same
//! columns that write them.

use serde::Serialize;
use serde_json::{Value, json};

use super::TOOL_VERSION;
use super::outputs::{Output, Written, outputs_of};
use super::report_index::ReportIndex;
use super::table::{Column, Kind, Table};

#[derive(Serialize)]
struct Field {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    description: &'static str,
    unit: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    constraints: Option<Value>,
}

fn field(column: &Column, key: &[&str]) -> Field {
    let mut constraints = serde_json::Map::new();
    match column.kind {
        Kind::Word(words) => {
            constraints.insert("enum".into(), json!(words));
        }
        Kind::Integer => {
            constraints.insert("minimum".into(), json!(0));
        }
        Kind::Number if column.unit.starts_with("share 0..1") => {
            constraints.insert("minimum".into(), json!(0));
            constraints.insert("maximum".into(), json!(1));
        }
        _ => {}
    }
    if key.contains(&column.name) && !matches!(column.kind, Kind::Text) {
        constraints.insert("required".into(), json!(true));
    }
    Field {
        name: column.name,
        kind: column.kind.schema_type(),
        description: column.description,
        unit: column.unit,
        format: matches!(column.kind, Kind::Time).then_some("%Y-%m-%dT%H:%M:%SZ"),
        constraints: (!constraints.is_empty()).then_some(Value::Object(constraints)),
    }
}

fn resource(table: &Table, view: &ReportIndex, written: &[Written]) -> Value {
    let fields: Vec<Field> = table.columns.iter().map(|column| field(column, table.key)).collect();
    let mut schema = json!({ "fields": fields, "missingValues": [""] });
    if !table.key.is_empty() {
        schema["primaryKey"] = json!(table.key);
    }
    let mut resource = json!({
        "name": table.file.trim_end_matches(".csv").replace('_', "-"),
        "path": table.file,
        "title": table.about,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": if view.config.excel { "utf-8-sig" } else { "utf-8" },
        "dialect": {
            "delimiter": ",",
            "quoteChar": "\"",
            "doubleQuote": true,
            "lineTerminator": if view.config.excel { "\r\n" } else { "\n" },
            "header": true,
        },
        "schema": schema,
    });
    if let Some(file) = written.iter().find(|file| file.name == table.file) {
        resource["bytes"] = json!(file.bytes);
        resource["hash"] = json!(format!("sha256:{}", file.sha256));
    }
    resource
}

/// Returns `datapackage.json` for CSV files that were written.
pub(super) fn package(view: &ReportIndex, written: &[Written]) -> Vec<u8> {
    let tables = outputs_of(view.analysis.relations, view.config).filter_map(Output::table);
    let resources: Vec<Value> = tables.map(|table| resource(table, view, written)).collect();
    let package = json!({
        "profile": "tabular-data-package",
        "name": "fimi-analysis",
        "title": "Narrative convergence between outlets: overlap, order and evidence",
        "description": "What these tables measure is overlap and order of published texts. They do not show intent, and do not show whether anyone acted together.",
        "id": view.run.run_id,
        "version": TOOL_VERSION,
        "formula_guard": if view.config.raw_text { "none" } else { "text cells that start with = + - @ (or their full-width forms) are prefixed with an apostrophe" },
        "resources": resources,
    });
    let mut bytes = serde_json::to_vec_pretty(&package).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
