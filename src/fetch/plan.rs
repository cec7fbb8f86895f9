//! What a run would ask, told before anything is asked.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Serialize;
use url::Url;

use super::{FetchConfig, FetchError, dated_archive, poll, rate_limit, select, targets};
use crate::model::{Known, Registry};

/// What a run would ask: the sources by site, in the order of the sites' names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The sites.
    pub sites: Vec<SitePlan>,
    /// Most article pages that are asked for beyond the sources, over all outlets.
    pub max_pages: usize,
    /// Time that the sources take at least: that of the site with the most of them, since sites are asked side by side.
    pub shortest: Duration,
}

/// What a run would ask of one site.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SitePlan {
    /// Registrable domain: what takes turns.
    pub site: String,
    /// Outlets that have sources there.
    pub outlets: Vec<String>,
    /// Sources there.
    pub sources: usize,
    /// Sources that are left alone because they were asked lately or their server asked for it.
    pub not_due: usize,
    /// Hosts whose robots.txt is asked for first.
    pub hosts: usize,
    /// Requests for robots.txt and the sources, without article pages.
    pub requests: usize,
    /// Time that these take at least.
    #[serde(rename = "seconds", serialize_with = "super::config::seconds")]
    pub time: Duration,
}

/// Says what [`run`](super::run) would ask with these arguments. Nothing is asked.
///
/// # Errors
///
/// [`FetchError::UnknownOutlet`].
pub fn plan(
    registry: &Registry,
    outlets: Option<&[String]>,
    known: &Known,
    config: &FetchConfig,
    now: DateTime<Utc>,
) -> Result<Plan, FetchError> {
    let selected = select(registry, outlets)?;
    let mut sites: BTreeMap<String, (SitePlan, BTreeSet<String>)> = BTreeMap::new();
    let mut asked_outlets = 0;
    for outlet in &selected {
        let mut is_asked = false;
        for target in targets(outlet) {
            let Ok(url) = Url::parse(&target.source.url) else { continue };
            let site = rate_limit::domain(&url);
            let (plan, hosts) = sites.entry(site).or_default();
            if plan.outlets.last() != Some(&outlet.id) {
                plan.outlets.push(outlet.id.clone());
            }
            plan.sources += 1;
            if poll::resting_until(known, &target.source.url, config, now).is_some() {
                plan.not_due += 1;
                continue;
            }
            is_asked = true;
            let newest = known.newest.get(&target.source.url).copied();
            plan.requests += if dated_archive::is_dated(&target.source.url) {
                dated_archive::wanted(now, target.edition.zone, newest).len()
            } else {
                1
            };
            hosts.insert(url.host_str().unwrap_or_default().to_owned());
        }
        asked_outlets += usize::from(is_asked);
    }
    let sites: Vec<SitePlan> = sites
        .into_iter()
        .map(|(site, (mut plan, hosts))| {
            plan.hosts = hosts.len();
            plan.requests += hosts.len();
            let pauses = u32::try_from(plan.requests.saturating_sub(1)).unwrap_or(u32::MAX);
            plan.time = config.host_delay.saturating_mul(pauses);
            SitePlan { site, ..plan }
        })
        .collect();
    let shortest = sites.iter().map(|site| site.time).max().unwrap_or_default();
    Ok(Plan { sites, max_pages: asked_outlets * config.max_new_pages, shortest })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edition, Outlet, Source, SourceKind};

    fn outlet(id: &str, urls: &[&str]) -> Outlet {
        let sources = urls.iter().map(|url| Source::new(SourceKind::Feed, *url)).collect();
        let edition = Edition {
            id: format!("{id}-en"),
            language: "en".into(),
            region: None,
            hosts: Vec::new(),
            sources,
            zone: crate::model::Zone::default(),
            rules: Vec::new(),
        };
        Outlet { editions: vec![edition], ..Outlet::unlisted(id) }
    }

    #[test]
    fn requests_are_counted_by_site_and_cost_a_pause_each() {
        let registry = Registry::new([
            outlet("a", &["https://feeds.a.example/1", "https://www.a.example/2"]),
            outlet("b", &["https://b.example/{YYYY}/{MM}/{DD}", "https://www.a.example/3"]),
        ]);
        let now: DateTime<Utc> = "2026-03-06T12:00:00Z".parse().unwrap();
        let mut known = Known::default();
        known
            .not_before
            .insert("https://www.a.example/3".into(), now + chrono::TimeDelta::hours(1));
        let config = FetchConfig::default();
        let planned = plan(&registry, None, &known, &config, now).unwrap();
        let of = |site: &str| planned.sites.iter().find(|plan| plan.site == site).unwrap();
        let a = of("a.example");
        assert_eq!((a.sources, a.not_due, a.hosts, a.requests), (3, 1, 2, 4));
        assert_eq!((a.outlets.len(), a.time), (2, 3 * config.host_delay));
        let b = of("b.example");
        assert_eq!((b.sources, b.hosts, b.requests), (1, 1, 3), "robots.txt and two days");
        assert_eq!(planned.shortest, a.time);
        assert_eq!(planned.max_pages, 2 * config.max_new_pages);

        let forced = FetchConfig { force: true, ..config };
        let planned = plan(&registry, Some(&["b".into()]), &known, &forced, now).unwrap();
        assert_eq!(planned.sites.iter().map(|site| site.not_due).sum::<usize>(), 0);
        assert!(plan(&registry, Some(&["zzz".into()]), &known, &forced, now).is_err());
    }
}
