//! The engine on this machine's own processor, for `make bench` and for the guard of `make test`.
//!
//! - `native stages`: prints the names of the stages.
//! - `native quote`: prints the quote.
//! - `native time MILLISECONDS STAGE`: runs a stage for that long and prints how often a second it can.
//! - `native count TIMES STAGE`: runs it so many times and prints nothing, for an instruction counter.
//!
//! The terms come in as JSON on standard input.

use clearloan::cost::{self, Cost};
use clearloan::date::{self, CivilDate, DayCount};
use clearloan::json::{self, Json};
use clearloan::wire::Wire;
use clearloan::{LoanError, LoanTerms, Quote, Schedule, api, quote};
use std::error::Error;
use std::hint::black_box;
use std::io::Read;
use std::time::{Duration, Instant};

/// What is measured by itself. Each takes the unchecked terms; what it needs of earlier stages is made beforehand.
const STAGES: [&str; 10] = ["quote", "terms", "schedule", "cost", "export", "head", "columns", "json", "irr", "xirr"];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["stages"] => STAGES.iter().for_each(|stage| println!("{stage}")),
        ["quote"] => println!("{}", quote(&LoanTerms::from_wire(&terms(&given()?)?)?)?.to_json()),
        ["time", milliseconds, stage] => {
            let enough = Duration::from_millis(milliseconds.parse()?);
            println!("{}", per_second(&terms(&given()?)?, stage, enough)?);
        }
        ["count", times, stage] => run(&terms(&given()?)?, stage, times.parse()?)?,
        // `cargo bench` calls without arguments.
        _ => println!("This is measured by benches/bench.mjs: run `make bench`."),
    }
    Ok(())
}

fn given() -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    Ok(text)
}

fn terms(text: &str) -> Result<Wire<'_>, Box<dyn Error>> {
    Ok(json::read(text).ok_or("standard input should hold the terms as JSON")?)
}

/// The fastest of many short runs: what the machine does while nothing else is in its way. There is no garbage here that
/// a short run could leave to others.
fn per_second(terms: &Wire, stage: &str, enough: Duration) -> Result<f64, Box<dyn Error>> {
    const SHORT_RUN: Duration = Duration::from_millis(3);
    let start = Instant::now();
    let (mut times, mut fastest) = (16, 0.0f64);
    while start.elapsed() < enough {
        let short_start = Instant::now();
        run(terms, stage, times)?;
        let elapsed = short_start.elapsed();
        fastest = fastest.max(times as f64 / elapsed.as_secs_f64());
        if elapsed < SHORT_RUN {
            times *= 2;
        }
    }
    Ok(fastest)
}

fn run(wire: &Wire, stage: &str, times: u64) -> Result<(), Box<dyn Error>> {
    let terms = LoanTerms::from_wire(wire)?;
    let made = quote(&terms)?;
    match stage {
        // Unchecked terms to a quote with every row and every rate: what a server calls.
        "quote" => repeat(times, || quote(&LoanTerms::from_wire(black_box(wire))?)),
        // What the JavaScript package calls: the quote without rows as JSON, the rows as columns.
        "export" => repeat(times, || api::quote(black_box(wire), true)),
        // The quote with its rows as JSON.
        "json" => repeat(times, || Ok(black_box(&made).to_json())),
        "terms" => repeat(times, || LoanTerms::from_wire(black_box(wire))),
        "schedule" => repeat(times, || Schedule::of(black_box(&terms))),
        "cost" => repeat(times, || Cost::of(&terms, black_box(&made.schedule))),
        "columns" => repeat(times, || Ok(black_box(&made.schedule).columns(&terms))),
        // The quote without rows as JSON.
        "head" => repeat(times, || {
            let mut json = Json::with_capacity(1536);
            black_box(&made).write(false, &mut json);
            Ok(json.into_text())
        }),
        // The rates alone, of flows in minor units as a caller of the crate has them.
        "irr" => {
            let amounts: Vec<i128> = flows(wire, &made).map(|(_, amount)| amount).collect();
            repeat(times, || cost::irr(black_box(&amounts)).map_err(|error| error.at("")))
        }
        "xirr" => {
            let flows: Vec<(CivilDate, i128)> = flows(wire, &made).collect();
            repeat(times, || cost::xirr(black_box(&flows), DayCount::Actual365).map_err(|error| error.at("")))
        }
        _ => return Err(format!("there is no stage {stage}").into()),
    }?;
    Ok(())
}

/// What is received and paid, and when.
fn flows<'q>(wire: &Wire, quote: &'q Quote) -> impl Iterator<Item = (CivilDate, i128)> + use<'q> {
    let schedule = &quote.schedule;
    let disbursement_date = match wire.get("disbursementDate") {
        Some(Wire::Text(text)) => date::parse(text).unwrap_or_default(),
        _ => CivilDate::default(),
    };
    let advance = (disbursement_date, i128::from(schedule.proceeds - schedule.paid_at_disbursement));
    let later = schedule.instalments.iter().map(|row| (row.due_date, -i128::from(row.payment)));
    std::iter::once(advance).chain(later)
}

fn repeat<T>(times: u64, mut call: impl FnMut() -> Result<T, LoanError>) -> Result<(), LoanError> {
    for _ in 0..times {
        black_box(call()?);
    }
    Ok(())
}
