//! The steps of text reuse as workers of an engine: one partition of rows in, one out, by Apache Arrow.
//!
//! A stage is a pure function of its partition, its [parameters](StageParams) and the [small tables](SideTables) of all
//! articles; how rows are grouped and ordered before it is data ([`PLAN`]). The same stages run as processes
//! (`fimi stage`, under Spark) and inside `fimi match`. The algorithm is [`crate::similarity::steps`].

mod error;
mod first_pass;
mod groups;
mod judge;
mod params;
mod plan;
mod rows;
mod schema;
pub mod tables;
mod verify_stage;

pub use error::{StageError, StageExit};
pub use params::{OutletDays, SideTables, StageParams, outlet_number, short_texts};
pub use plan::{PLAN, PlanJoin, PlanStage, describe_plan, describe_stage, stage_named};
pub use rows::{BatchSink, Out, StageOutput, StageRows, projected};
pub use schema::{CONTRACT, ColumnType, StageColumn, TableColumns, arrow_schema, check_metadata};

/// Bits of a `doc` below its time in seconds: the place of the article among those of its second.
const PLACE_BITS: u32 = 22;

/// The number of an article: its time in seconds, and its place among those of that second; `None` beyond four
/// million of these.
pub fn doc_number(seconds: i64, place: usize) -> Option<i64> {
    let place = i64::try_from(place).ok().filter(|place| place >> PLACE_BITS == 0)?;
    Some((seconds << PLACE_BITS) | place)
}

/// The time of an article by its number, in seconds.
pub fn time_of(doc: i64) -> i64 {
    doc >> PLACE_BITS
}

/// Something that reads the rows of a partition and gives out others.
pub trait Stage: Send {
    /// Takes the next rows.
    ///
    /// # Errors
    ///
    /// The rows break the contract, or those given out cannot be written.
    fn rows(&mut self, rows: &StageRows<'_>, out: &mut StageOutput<'_>) -> Result<(), StageError>;

    /// Takes note that there are no more.
    ///
    /// # Errors
    ///
    /// As for [`Stage::rows`].
    fn end(&mut self, _out: &mut StageOutput<'_>) -> Result<(), StageError> {
        Ok(())
    }
}

/// Starts a stage of the plan.
///
/// # Errors
///
/// There is no such stage, or a small table that it needs was not given.
pub fn start<'p>(
    name: &str,
    params: &'p StageParams,
    sides: &SideTables,
) -> Result<Box<dyn Stage + 'p>, StageError> {
    Ok(match name {
        "days" => Box::new(first_pass::DaysStage::default()),
        "short" => Box::new(first_pass::ShortStage::default()),
        "fingerprint" => Box::new(first_pass::FingerprintStage::new(params, sides)?),
        "pairs" => Box::new(groups::PairsStage::new(params, sides)?),
        "lines" => Box::new(first_pass::LinesStage),
        "standing" => Box::new(groups::StandingStage::new(params, sides)?),
        "links" => Box::new(groups::LinksStage::new()),
        "verify" => Box::new(verify_stage::VerifyStage::new(params)),
        "spans" => Box::new(judge::SpansStage::new(params)),
        "holders" => Box::new(judge::HoldersStage::default()),
        "judge" => Box::new(judge::JudgeStage::new(params)),
        "components" => Box::new(judge::ComponentsStage::default()),
        _ => {
            let names: Vec<&str> = PLAN.iter().map(|stage| stage.name).collect();
            return Err(StageError::usage(format!(
                "there is no stage {name}; stages are {}",
                names.join(", ")
            )));
        }
    })
}

/// A small table that a stage cannot do without.
fn small<'s, T>(table: Option<&'s T>, name: &str) -> Result<&'s T, StageError> {
    table.ok_or_else(|| {
        StageError::usage(format!("this stage needs --{name} FILE, the rows of stage {name}"))
    })
}
