//! `stix.json`: outlets and directed edges as a STIX 2.1 bundle, for OpenCTI and other threat intelligence platforms.
//!
//! It names no threat actor, no campaign and no intrusion set: what is exported is who carried whose text, on what evidence.
//! Only edges E1 to E3 of the period are in it. Every id follows from what the object is, so that importing a run twice adds nothing.

mod ids;
mod techniques;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use techniques::{AMPLIFY, ATTRIBUTED, REUSE, Technique, UNATTRIBUTED};

use super::report_index::{ReportIndex, origin_article};
use super::{TOOL_VERSION, alternatives, evidence};
use crate::model::{Article, Edge, Evidence, Grade};
use crate::text::sanitize;

/// Which objects are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StixProfile {
    /// Types of the standard alone: outlets are identities, narratives are groupings.
    Plain,
    /// Outlets are channels and narratives are narratives, as OpenCTI has them.
    OpenCti,
}

/// Confidence of an edge, on STIX's scale of 0 to 100: a label for a grade, no probability. By the table "None / Low /
/// Med / High" of the standard (appendix A) E1 and E2 are High, E3 is Med.
const CONFIDENCE: [(Grade, u8); 3] = [(Grade::E1, 85), (Grade::E2, 75), (Grade::E3, 60)];

/// TLP:CLEAR, under the name and id that STIX 2.1 has for it.
const TLP: &str = "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9";
/// OpenCTI's definition of types that the standard lacks.
const EXTENSION: &str = "extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba";
/// Time of objects that do not belong to a time: with a clock, each import would change them.
const FIXED: &str = "2026-01-01T00:00:00.000Z";
/// Bytes of a shared passage that a note quotes.
const QUOTED_BYTES: usize = 600;
/// Passages that a note quotes.
const MAX_QUOTES: usize = 3;

/// Writes the bundle.
pub(super) fn write(view: &ReportIndex, out: &mut dyn Write) -> io::Result<()> {
    let profile = view.config.stix.unwrap_or(StixProfile::Plain);
    let objects = Bundle::new(view, profile).objects();
    let id = ids::id("bundle", &json!({ "run": view.run.run_id }));
    writeln!(out, "{{\"type\":\"bundle\",\"id\":\"{id}\",\"objects\":[")?;
    for (i, object) in objects.iter().enumerate() {
        let comma = if i + 1 < objects.len() { "," } else { "" };
        serde_json::to_writer(&mut *out, object)?;
        writeln!(out, "{comma}")?;
    }
    writeln!(out, "]}}")
}

/// What is exported of one analysis.
struct Bundle<'a> {
    view: &'a ReportIndex<'a>,
    profile: StixProfile,
    /// Directed edges into articles of the period.
    edges: Vec<usize>,
    author: String,
}

impl<'a> Bundle<'a> {
    fn new(view: &'a ReportIndex<'a>, profile: StixProfile) -> Bundle<'a> {
        let is_exported = |&i: &usize| {
            let edge = view.edge(i);
            edge.grade.is_directed()
                && view.is_reported(edge.to)
                && origin_article(edge).is_some()
                && view.origin_outlet(edge) != view.article(edge.to).outlet
        };
        let edges = (0..view.analysis.diffusion.edges.len()).filter(is_exported).collect();
        let author = ids::id("identity", &json!({"name": "fimi", "identity_class": "system"}));
        Bundle { view, profile, edges, author }
    }

    /// All objects, those that others refer to first.
    fn objects(&self) -> Vec<Value> {
        let mut objects = vec![tlp(), self.tool()];
        let outlets: BTreeSet<&str> = self.edges.iter().flat_map(|&i| self.ends(i)).collect();
        for outlet in outlets {
            objects.extend(self.outlet(outlet));
        }
        let (techniques, uses) = self.techniques();
        objects.extend(techniques);
        let mut by_narrative: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let mut known = BTreeSet::new();
        for &index in &self.edges {
            let edge = self.view.edge(index);
            let relation = self.relation(edge, &mut known);
            if let Some(narrative) = edge.narrative {
                by_narrative.entry(narrative).or_default().push(id_of(&relation));
            }
            objects.push(self.note(edge, &relation));
            objects.push(relation);
        }
        objects.extend(uses);
        for (narrative, relations) in by_narrative {
            objects.extend(self.narrative(narrative, &relations));
        }
        // One organisation may run several outlets.
        let mut known = BTreeSet::new();
        objects.retain(|object| known.insert(id_of(object)));
        if let Some(report) = self.report(&objects) {
            objects.push(report);
        }
        objects
    }

    /// Outlet ids where an edge starts and ends.
    fn ends(&self, index: usize) -> [&'a str; 2] {
        let edge = self.view.edge(index);
        [self.view.origin_outlet(edge), &self.view.article(edge.to).outlet]
    }

    /// What all objects of a run have.
    fn common(&self, kind: &str, id: &str, time: &str, more: Value) -> Value {
        let mut object = Map::new();
        object.insert("type".into(), json!(kind));
        object.insert("spec_version".into(), json!("2.1"));
        object.insert("id".into(), json!(id));
        object.insert("created".into(), json!(time));
        object.insert("modified".into(), json!(time));
        object.insert("object_marking_refs".into(), json!([TLP]));
        if id != self.author {
            object.insert("created_by_ref".into(), json!(self.author));
        }
        if let Value::Object(more) = more {
            object.extend(more);
        }
        Value::Object(object)
    }

    fn tool(&self) -> Value {
        let about = "Measures overlap and order of published texts. It does not measure intent.";
        let more = json!({"name": "fimi", "identity_class": "system", "description": about});
        self.common("identity", &self.author, FIXED, more)
    }

    fn outlet_ref(&self, outlet: &str) -> String {
        let name = self.view.corpus.registry().name(outlet).to_lowercase();
        let name = name.trim();
        match self.profile {
            StixProfile::Plain => identity_id(name),
            StixProfile::OpenCti => ids::id("channel", &json!({ "name": name })),
        }
    }

    /// An outlet: an identity; in OpenCTI's profile the channel, and the organisation that runs it if it is known.
    fn outlet(&self, outlet: &str) -> Vec<Value> {
        let registry = self.view.corpus.registry();
        let Some(known) = registry.get(outlet) else { return Vec::new() };
        let mut labels = vec![format!("role:{}", known.role.as_str())];
        labels.extend(known.state.as_ref().map(|state| format!("state:{}", state.to_lowercase())));
        let sites: Vec<Value> = known
            .domains
            .iter()
            .map(|domain| json!({"source_name": text(&known.name), "url": format!("https://{domain}/")}))
            .collect();
        let mut more = json!({
            "name": text(&known.name),
            "labels": labels,
            "description": "A news outlet as the registry of fimi describes it.",
        });
        if !sites.is_empty() {
            more["external_references"] = json!(sites);
        }
        let id = self.outlet_ref(outlet);
        if self.profile == StixProfile::Plain {
            more["identity_class"] = json!("organization");
            return vec![self.common("identity", &id, FIXED, more)];
        }
        more["channel_types"] = json!(["website"]);
        more["extensions"] = json!({ EXTENSION: {"extension_type": "new-sdo"} });
        let mut objects = vec![self.common("channel", &id, FIXED, more)];
        if let Some(operator) = &known.operator {
            let operator = text(operator);
            let runs = identity_id(operator.to_lowercase().trim());
            let more = json!({"name": operator, "identity_class": "organization"});
            objects.push(self.common("identity", &runs, FIXED, more));
            let belongs = json!({
                "relationship_type": "belongs-to", "source_ref": id, "target_ref": runs,
            });
            objects.push(self.common("relationship", &relation_id(&belongs), FIXED, belongs));
        }
        objects
    }

    /// The techniques that outlets under study use, and who uses which; best grade decides the confidence. Wires and controls
    /// carry text of others as their trade.
    fn techniques(&self) -> (Vec<Value>, Vec<Value>) {
        let mut used: BTreeMap<(&str, &str), (Grade, &Technique)> = BTreeMap::new();
        let registry = self.view.corpus.registry();
        for &index in &self.edges {
            let edge = self.view.edge(index);
            let outlet = self.view.article(edge.to).outlet.as_str();
            if registry.role(outlet) != crate::model::Role::Subject {
                continue;
            }
            let attribution = if edge.grade == Grade::E3 { &UNATTRIBUTED } else { &ATTRIBUTED };
            let amplifies = edge.narrative.is_some().then_some(&AMPLIFY);
            for technique in [&REUSE, attribution].into_iter().chain(amplifies) {
                let best = used.entry((technique.id, outlet)).or_insert((edge.grade, technique));
                best.0 = best.0.min(edge.grade);
            }
        }
        let mut techniques: Vec<Value> = Vec::new();
        let mut relations = Vec::new();
        for ((_, outlet), (grade, technique)) in used {
            if techniques.last().is_none_or(|last| id_of(last) != technique.stix) {
                techniques.push(self.technique(technique));
            }
            let kind = match self.profile {
                StixProfile::Plain => "related-to",
                StixProfile::OpenCti => "uses",
            };
            let mut relation = json!({
                "relationship_type": kind,
                "source_ref": self.outlet_ref(outlet),
                "target_ref": technique.stix,
            });
            let id = relation_id(&relation);
            relation["confidence"] = json!(confidence(grade));
            relation["description"] = json!(format!("Stated because {}.", technique.when));
            relations.push(self.common("relationship", &id, FIXED, relation));
        }
        (techniques, relations)
    }

    fn technique(&self, technique: &Technique) -> Value {
        let page = format!(
            "https://github.com/DISARMFoundation/DISARMframeworks/blob/main/generated_pages/techniques/{}.md",
            technique.id
        );
        let mut more = json!({
            "name": technique.name,
            "description": format!("DISARM 1.6, {}. Stated if {}.", technique.id, technique.when),
            "external_references": [{
                "source_name": "mitre-attack", "external_id": technique.id, "url": page,
            }],
        });
        if self.profile == StixProfile::OpenCti {
            more["x_mitre_id"] = json!(technique.id);
        }
        self.common("attack-pattern", technique.stix, FIXED, more)
    }

    /// An edge, from the later outlet to the earlier one's.
    fn relation(&self, edge: &Edge, known: &mut BTreeSet<String>) -> Value {
        let (from, to) = (self.start(edge), self.view.article(edge.to));
        // The order is that of the edge; articles of one second would not fit into the standard's times.
        let (start, stop) = (second(from.at()), second(to.at()));
        let mut relation = json!({
            "relationship_type": "related-to",
            "source_ref": self.outlet_ref(&to.outlet),
            "target_ref": self.outlet_ref(&from.outlet),
            "start_time": start,
            "stop_time": stop,
        });
        if from.at() >= to.at() {
            relation.as_object_mut().into_iter().for_each(|fields| {
                fields.remove("stop_time");
            });
        }
        let mut id = relation_id(&relation);
        if !known.insert(id.clone()) {
            // Another edge of the same outlets and times.
            relation["edge"] = json!(edge.id);
            id = relation_id(&relation);
            relation.as_object_mut().and_then(|fields| fields.remove("edge"));
        }
        relation["confidence"] = json!(confidence(edge.grade));
        relation["labels"] = json!([format!("grade:{}", edge.grade.as_str().to_lowercase())]);
        relation["description"] = json!(format!(
            "{}: the later article, of {}, {}.",
            edge.grade.as_str(),
            text(self.view.outlet_name(edge.to)),
            edge.grade.meaning()
        ));
        relation["external_references"] = json!(self.references(edge));
        self.common("relationship", &id, &time(to.at()), relation)
    }

    fn start(&self, edge: &Edge) -> &'a Article {
        // Edges without an article at their start are not exported.
        self.view.article(origin_article(edge).unwrap_or(edge.to))
    }

    /// Both articles, with the hash of what was read, and the run.
    fn references(&self, edge: &Edge) -> Vec<Value> {
        let articles = [self.start(edge), self.view.article(edge.to)];
        let mut references: Vec<Value> = articles
            .into_iter()
            .map(|article| {
                let mut reference = json!({
                    "source_name": text(self.view.corpus.registry().name(&article.outlet)),
                    "description": text(&article.title),
                    "external_id": text(&article.id),
                });
                if article.url.starts_with("https://") || article.url.starts_with("http://") {
                    reference["url"] = json!(sanitize::one_line(&article.url));
                    if article.raw_sha256.len() == 64 {
                        reference["hashes"] = json!({"SHA-256": article.raw_sha256});
                    }
                }
                reference
            })
            .collect();
        references.push(json!({
            "source_name": "fimi",
            "external_id": edge.id,
            "description": format!("edge of run {}, fimi {TOOL_VERSION}", self.view.run.run_id),
        }));
        references
    }

    /// The evidence of an edge, and what else may explain it.
    fn note(&self, edge: &Edge, relation: &Value) -> Value {
        let mut content = format!("Evidence: {}", evidence::compact(self.view, edge));
        let passages = edge.evidence.iter().filter_map(|fact| match fact {
            Evidence::Passage { matched, passage } => {
                let matched = self.view.matched(*matched);
                let text = &self.view.article(matched.later).text;
                text.get(matched.passages[*passage].later.clone())
            }
            _ => None,
        });
        for passage in passages.take(MAX_QUOTES) {
            let cut = &passage[..passage.floor_char_boundary(QUOTED_BYTES)];
            let rest = if cut.len() < passage.len() { "…" } else { "" };
            content.push_str("\n\nShared: ");
            content.push_str(&text(cut));
            content.push_str(rest);
        }
        for alternative in alternatives::of_edge(self.view, edge) {
            content.push_str("\n\nWhat else may explain it. ");
            content.push_str(&text(&alternative));
        }
        content.push_str("\n\nOverlap and order are measured here; intent is not.");
        let created = relation["created"].as_str().unwrap_or(FIXED).to_owned();
        let id = ids::id("note", &json!({"content": content, "created": created}));
        let more = json!({
            "abstract": format!("Evidence of grade {}", edge.grade.as_str()),
            "content": content,
            "authors": ["fimi"],
            "object_refs": [id_of(relation)],
        });
        self.common("note", &id, &created, more)
    }

    /// A narrative and the relationships in it.
    fn narrative(&self, index: usize, relations: &[String]) -> Vec<Value> {
        let narrative = &self.view.analysis.narratives[index];
        let name = text(&narrative.label);
        let created = time(self.view.article(narrative.first).at());
        let about = format!("Key phrases: {}", text(&narrative.key_phrases.join("; ")));
        if self.profile == StixProfile::Plain {
            let id = ids::id("grouping", &json!({"name": name, "narrative": narrative.id}));
            let more = json!({
                "name": name, "context": "unspecified", "description": about,
                "object_refs": relations, "labels": ["narrative"],
            });
            return vec![self.common("grouping", &id, &created, more)];
        }
        let id = ids::id("narrative", &json!({"name": name.to_lowercase().trim()}));
        let more = json!({
            "name": name, "description": about,
            "extensions": { EXTENSION: {"extension_type": "new-sdo"} },
        });
        let mut objects = vec![self.common("narrative", &id, &created, more)];
        let outlets = narrative.outlets.iter().map(|outlet| self.outlet_ref(outlet));
        let exported: BTreeSet<String> =
            self.edges.iter().flat_map(|&i| self.ends(i)).map(|o| self.outlet_ref(o)).collect();
        for outlet in outlets.filter(|outlet| exported.contains(outlet)) {
            let uses = json!({"relationship_type": "uses", "source_ref": outlet, "target_ref": id});
            objects.push(self.common("relationship", &relation_id(&uses), &created, uses));
        }
        objects
    }

    /// The report that holds all of it; none without edges, as a report must be about something.
    fn report(&self, objects: &[Value]) -> Option<Value> {
        let last =
            self.edges.iter().map(|&i| self.view.article(self.view.edge(i).to).at()).max()?;
        let published = second(last);
        let name = format!("Shared text of news outlets, run {}", self.view.run.run_id);
        let id = ids::id("report", &json!({"name": name.to_lowercase(), "published": published}));
        let is_marking = |object: &&Value| object["type"] != "marking-definition";
        let refs: BTreeSet<String> = objects.iter().filter(is_marking).map(id_of).collect();
        let more = json!({
            "name": name,
            "description": "Who carried whose text, in which order, on what evidence. What is measured is overlap and order of published texts. It shows no intent, and not that anyone acted together.",
            "published": published,
            "report_types": ["observed-data"],
            "object_refs": refs,
        });
        Some(self.common("report", &id, &time(last), more))
    }
}

fn id_of(object: &Value) -> String {
    object["id"].as_str().unwrap_or_default().to_owned()
}

fn identity_id(name: &str) -> String {
    ids::id("identity", &json!({"name": name, "identity_class": "organization"}))
}

/// The id of a relationship by what is in it.
fn relation_id(relation: &Value) -> String {
    ids::id("relationship", relation)
}

fn confidence(grade: Grade) -> u8 {
    CONFIDENCE.iter().find(|(known, _)| *known == grade).map_or(0, |&(_, confidence)| confidence)
}

/// Text from outside, on one line and without what is hidden.
fn text(text: &str) -> String {
    let text = sanitize::terminal(text);
    if text.trim().is_empty() { "(none)".to_owned() } else { text }
}

/// Times of the data are to the second.
fn second(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Times of objects are to the millisecond, as the standard has them.
fn time(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

fn tlp() -> Value {
    json!({
        "type": "marking-definition", "spec_version": "2.1", "id": TLP,
        "created": "2017-01-20T00:00:00.000Z", "definition_type": "tlp",
        "name": "TLP:WHITE", "definition": {"tlp": "white"},
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportConfig, sample};

    fn bundle(profile: StixProfile) -> Vec<Value> {
        let (sample, run) = (sample::analysis(), sample::run());
        let config = ReportConfig { stix: Some(profile), ..ReportConfig::default() };
        let mut bytes = Vec::new();
        write(&sample.view(&run, &config), &mut bytes).unwrap();
        let bundle: Value = serde_json::from_slice(&bytes).unwrap();
        bundle["objects"].as_array().unwrap().clone()
    }

    fn of_type<'o>(objects: &'o [Value], kind: &str) -> Vec<&'o Value> {
        objects.iter().filter(|object| object["type"] == kind).collect()
    }

    #[test]
    fn every_reference_leads_to_an_object_and_ids_are_unique() {
        for profile in [StixProfile::Plain, StixProfile::OpenCti] {
            let objects = bundle(profile);
            let ids: BTreeSet<String> = objects.iter().map(id_of).collect();
            assert_eq!(ids.len(), objects.len());
            for object in &objects {
                for field in ["source_ref", "target_ref", "created_by_ref"] {
                    let reference = object[field].as_str();
                    assert!(reference.is_none_or(|id| ids.contains(id)), "{object}");
                }
                for field in ["object_refs", "object_marking_refs"] {
                    let all = object[field].as_array().into_iter().flatten();
                    assert!(
                        all.into_iter().all(|id| ids.contains(id.as_str().unwrap())),
                        "{object}"
                    );
                }
            }
        }
    }

    #[test]
    fn nobody_is_named_as_an_actor() {
        for profile in [StixProfile::Plain, StixProfile::OpenCti] {
            for object in bundle(profile) {
                let kind = object["type"].as_str().unwrap();
                let is_claim = ["threat-actor", "campaign", "intrusion-set", "incident", "malware"];
                assert!(!is_claim.contains(&kind), "{object}");
            }
        }
        let plain = bundle(StixProfile::Plain);
        assert!(of_type(&plain, "channel").is_empty() && of_type(&plain, "narrative").is_empty());
        assert!(!of_type(&bundle(StixProfile::OpenCti), "channel").is_empty());
    }

    #[test]
    fn directed_edges_have_a_confidence_by_their_grade_and_a_note() {
        let objects = bundle(StixProfile::Plain);
        let (sample, run, config) = (sample::analysis(), sample::run(), ReportConfig::default());
        let view = sample.view(&run, &config);
        let edges = Bundle::new(&view, StixProfile::Plain).edges;
        assert!(!edges.is_empty());
        assert_eq!(of_type(&objects, "note").len(), edges.len());
        let graded: Vec<&Value> = objects
            .iter()
            .filter(|object| object["labels"][0].as_str().is_some_and(|l| l.starts_with("grade:")))
            .collect();
        assert_eq!(graded.len(), edges.len());
        for relation in graded {
            let expected = match relation["labels"][0].as_str() {
                Some("grade:e1") => 85,
                Some("grade:e2") => 75,
                _ => 60,
            };
            assert_eq!(relation["confidence"], expected);
        }
    }

    #[test]
    fn techniques_are_of_outlets_under_study_alone() {
        let objects = bundle(StixProfile::OpenCti);
        let allowed = ["T0084", "T0084.002", "T0084.004", "T0118"];
        for technique in of_type(&objects, "attack-pattern") {
            let id = technique["external_references"][0]["external_id"].as_str().unwrap();
            assert!(allowed.contains(&id));
        }
        let role = |id: &Value| {
            let outlet = objects.iter().find(|object| object["id"] == *id).unwrap();
            outlet["labels"][0].clone()
        };
        let patterns: Vec<String> =
            of_type(&objects, "attack-pattern").into_iter().map(id_of).collect();
        let used: Vec<&Value> = of_type(&objects, "relationship")
            .into_iter()
            .filter(|relation| patterns.iter().any(|id| relation["target_ref"] == *id))
            .collect();
        assert!(!used.is_empty());
        assert!(used.iter().all(|relation| role(&relation["source_ref"]) == "role:subject"));
    }

    #[test]
    fn a_run_without_edges_reports_nothing() {
        let (sample, run) = (sample::empty(), sample::run());
        let config = ReportConfig { stix: Some(StixProfile::Plain), ..ReportConfig::default() };
        let mut bytes = Vec::new();
        write(&sample.view(&run, &config), &mut bytes).unwrap();
        let bundle: Value = serde_json::from_slice(&bytes).unwrap();
        let kinds: Vec<&str> = bundle["objects"]
            .as_array()
            .unwrap()
            .iter()
            .map(|o| o["type"].as_str().unwrap())
            .collect();
        assert_eq!(kinds, ["marking-definition", "identity"]);
    }
}
