//! The techniques of DISARM that an edge shows, by their ids in the published bundle.

/// A technique of DISARM.
pub(super) struct Technique {
    /// Its id there.
    pub(super) id: &'static str,
    /// Id in the published bundle of version 1.6 (22 November 2024).
    pub(super) stix: &'static str,
    pub(super) name: &'static str,
    /// When it is stated.
    pub(super) when: &'static str,
}

pub(super) const REUSE: Technique = Technique {
    id: "T0084",
    stix: "attack-pattern--9636ae57-0b93-41a0-8323-85109ee34877",
    name: "Reuse Existing Content",
    when: "an edge of grade E1 to E3 ends in the outlet",
};
pub(super) const UNATTRIBUTED: Technique = Technique {
    id: "T0084.002",
    stix: "attack-pattern--a3fe7752-dbfa-4918-912f-c492c8593c68",
    name: "Plagiarise Content",
    when: "an edge of grade E3 ends in the outlet: text reused, and no source named in it",
};
pub(super) const ATTRIBUTED: Technique = Technique {
    id: "T0084.004",
    stix: "attack-pattern--e27cf6aa-69bc-434b-ac68-b0164d0b3421",
    name: "Appropriate Content",
    when: "an edge of grade E1 or E2 ends in the outlet: text reused, and the source named",
};
pub(super) const AMPLIFY: Technique = Technique {
    id: "T0118",
    stix: "attack-pattern--836e9eef-b446-4f68-805f-0f10116d6e7f",
    name: "Amplify Existing Narrative",
    when: "an edge of grade E1 to E3 within one narrative ends in the outlet",
};
