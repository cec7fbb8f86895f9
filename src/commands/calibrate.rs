//! `fimi calibrate`: how often the test of outlet pairs errs, and what it finds, on the data at hand.

use std::io::Write;

use super::{Context, analyze};
use crate::cli::{AnalysisArgs, CalibrateArgs};
use crate::corpus::Corpus;
use crate::exit::{Exit, UserError};
use crate::pipeline;
use crate::significance::{Calibration, CalibrationConfig, calibrate};

/// Runs the command.
pub(super) fn run(mut context: Context, args: &CalibrateArgs) -> anyhow::Result<Exit> {
    let period = AnalysisArgs {
        since: args.since.clone(),
        until: args.until.clone(),
        window: args.window.clone(),
        ..AnalysisArgs::default()
    };
    let (config, period) = context.analysis(&period, None)?;
    let (mut raw, _) = analyze::corpus(&context, &args.input, false, period)?;
    super::run_analysis::restrict(&mut raw, period, chrono::TimeDelta::zero());
    let corpus = Corpus::build(raw);
    let analysis = pipeline::analyze(&corpus, &config);
    let settings =
        CalibrationConfig { shuffles: args.shuffles, planted: args.planted, seed: args.seed };
    let found = calibrate(&corpus, &analysis.narratives, &config.significance, settings);
    let found = found.ok_or_else(|| {
        UserError::nothing(
            "nothing to calibrate: too few outlets share narratives, or none of them is a control",
        )
    })?;
    let mut out = crate::terminal::stdout();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &found)?;
        writeln!(out)?;
    } else {
        out.write_all(text(&found).as_bytes())?;
    }
    Ok(Exit::Done)
}

/// The result for a reader.
fn text(found: &Calibration) -> String {
    let mut lines = vec![
        found.verdict.clone(),
        format!(
            "{} outlets, {} shared narratives, {} pairs; {} draws, {} tests, seed {}",
            found.outlets,
            found.narratives,
            found.pairs,
            found.config.shuffles,
            found.tests,
            found.config.seed
        ),
        "Type-I error: share of tests at or below the level where nothing is to be found".into(),
    ];
    for (row, six_hours) in found.type_1.iter().zip(&found.type_1_six_hours) {
        lines.push(format!(
            "  level {:<5} activity kept by day {:.4}   by six hours {:.4}",
            row.level, row.mid, six_hours.mid
        ));
    }
    lines.push(format!(
        "Uniform? Kolmogorov-Smirnov distance {:.4}, p {:.3} (one randomised p-value a draw)",
        found.ks, found.ks_p
    ));
    lines.push("Power: one outlet takes over a share of another's narratives".into());
    for row in &found.power {
        lines.push(format!(
            "  {:>3.0} %: called in {} of {} corpora; {} other pairs called in all of them",
            row.share * 100.0,
            row.found,
            row.trials,
            row.others
        ));
    }
    lines.join("\n") + "\n"
}
