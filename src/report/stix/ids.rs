//! Ids of STIX objects: UUIDs of version 5 over what an object is, by OpenCTI's recipe, so that importing the same thing
//! twice gives one object.

use serde_json::Value;
use uuid::{Uuid, uuid};

/// OASIS's namespace for deterministic ids (STIX 2.1, section 2.9), which OpenCTI uses for all objects.
const NAMESPACE: Uuid = uuid!("00abedb4-aa42-466c-9c01-fed23315a9b7");

/// Returns `kind--UUID` for what an object is: an object of strings, whose keys are sorted in its canonical form.
pub(super) fn id(kind: &str, what: &Value) -> String {
    // Keys are sorted by `serde_json`, and strings are escaped as RFC 8785 has it.
    let canonical = what.to_string();
    format!("{kind}--{}", Uuid::new_v5(&NAMESPACE, canonical.as_bytes()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// As pycti 7.261026 gives them.
    #[test]
    fn ids_are_those_of_opencti() {
        let organization = json!({"name": "rt", "identity_class": "organization"});
        assert_eq!(id("identity", &organization), "identity--8d1f455b-c7ab-5335-82d0-ff36b6186b2b");
        assert_eq!(
            id("channel", &json!({"name": "rt en"})),
            "channel--0cb8bf5b-e9eb-5366-878e-83923e7478bb"
        );
        let report = json!({"name": "ä fimi", "published": "2026-03-05T12:00:00Z"});
        assert_eq!(id("report", &report), "report--16470318-97bc-5c42-bff1-bbb8cbe63ca3");
        let note = json!({"content": "x\ny", "created": "2026-03-05T12:00:00Z"});
        assert_eq!(id("note", &note), "note--f6bb3995-65c7-5af8-90a8-744592aef795");
        let relation = json!({
            "relationship_type": "related-to", "source_ref": "identity--a",
            "target_ref": "identity--b", "start_time": "2026-03-02T06:00:10Z",
        });
        assert_eq!(
            id("relationship", &relation),
            "relationship--b852a411-2e52-5167-ac75-22cf2b0faf98"
        );
    }
}
