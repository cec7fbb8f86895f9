//! `fimi diff`: two outlets of one run side by side, or two runs.

use crate::cli::DiffArgs;
use crate::diff::{Format, outlets, runs};
use crate::exit::{Exit, UserError};
use crate::{load_run, terminal};

/// Where a run is read if `--run` is not given; the default of `--out`.
const DEFAULT_RUN: &str = "fimi-out";

/// Compares two outlets of a run, or with two `--run` the two runs: code 5 if these differ.
pub(super) fn run(args: &DiffArgs) -> anyhow::Result<Exit> {
    let format = match (args.json, args.csv) {
        (true, _) => Format::Json,
        (false, true) => Format::Csv,
        (false, false) => Format::Text,
    };
    let mut out = terminal::stdout();
    match (args.a.as_deref().zip(args.b.as_deref()), args.run.as_slice()) {
        (Some((a, b)), [] | [_]) => {
            let place = args.run.first().map_or(std::path::Path::new(DEFAULT_RUN), |p| p);
            let document = load_run::load(place)?;
            let (a, b) = (load_run::outlet_id(&document, a)?, load_run::outlet_id(&document, b)?);
            if a == b {
                return Err(UserError::usage("give two different outlets").into());
            }
            outlets::write(&document, (a, b), format, &mut out)?;
            Ok(Exit::Done)
        }
        (pair, [one, two]) => {
            let load = |place| load_run::only(load_run::load(place)?, &args.outlets);
            let (one, two) = (load(one)?, load(two)?);
            let pair = match pair {
                Some((a, b)) => {
                    Some((load_run::outlet_id(&two, a)?, load_run::outlet_id(&two, b)?))
                }
                None => None,
            };
            let differs = runs::write((&one, &two), pair, format, &mut out)?;
            Ok(if differs { Exit::Threshold } else { Exit::Done })
        }
        _ => Err(UserError::usage(
            "give two outlets (fimi diff rt cgtn), or two runs (fimi diff --run DIR1 --run DIR2)",
        )
        .into()),
    }
}
