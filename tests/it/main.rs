//! What needs the whole program, or HTTP on loopback. One binary, so that it links once.
#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests do")]

mod server;
mod support;

mod apparatus; // texts that one apparatus writes for many outlets
mod archive; // the database between two polls
mod backfill; // walks through the past, killed ones too
mod browse; // pages of a run over loopback, and the search
mod check; // the health of sources, and the registry file that it makes
mod cli; // flags, messages, exit codes, streams
mod cookbook; // the cookbook, followed to the letter
mod corpus; // analyze, import and export on small files
mod demo; // the recorded sites against their plot
mod desk; // a week of daily runs
mod disguise; // copies with changed letters, in each language
mod docs; // documentation that must not rot
mod fetch; // polls of servers that answer in every way
mod fuzz; // what reads the bytes of strangers
mod gazetteer; // names in eight languages, as data
mod guide; // the guide to the registry, followed to the letter
mod hostile; // input that wants to do harm
mod house; // who may import whom
mod json; // list endpoints in JSON and JSONP
mod kill; // runs that are killed at any moment
mod packaging; // units, workflows, manual pages
mod pages; // pages in the markup of each outlet
mod recompute; // every figure, computed anew by a script
mod report; // what a reader of the report finds, and where it leads
mod simulator; // evidence measured in news worlds whose truth is known
mod stage; // one stage as a worker: order, algorithm, codes
mod watchlist; // narratives that a user watches for
