//! What a server can do in batches on all of this machine's cores, measured in process: `make bench` prints it.

#[path = "../examples/support/batch.rs"]
mod batch;

use clearloan::wire::Wire;
use clearloan::{LoanTerms, Schedule, json, quote, request};
use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Loans of one batch, all different.
const BATCH: u64 = 1_000;
const MEASURED_FOR: Duration = Duration::from_secs(3);

fn main() -> Result<(), Box<dyn Error>> {
    let texts: Vec<String> = (0..BATCH).map(terms).collect();
    let wires: Vec<Wire> = texts.iter().filter_map(|text| json::read(text)).collect();
    let quoted = batch::map(&wires, |wire| quote(&LoanTerms::from_wire(wire)?));
    if wires.len() != texts.len() || quoted.iter().any(Result::is_err) {
        return Err("every loan of the batch should be quoted".into());
    }
    let cores = std::thread::available_parallelism()?;
    let all_rates = per_second(&wires, |wire| LoanTerms::from_wire(wire).and_then(|terms| quote(&terms)).is_ok());
    let schedules =
        per_second(&wires, |wire| LoanTerms::from_wire(wire).and_then(|terms| Schedule::of(&terms)).is_ok());
    let texts =
        per_second(&texts, |text| json::read(text).is_some_and(|wire| request::quote_json(&wire, &Wire::Null).is_ok()));
    let shown = |[over_all, fastest]: [f64; 2]| format!("[{over_all:.0},{fastest:.0}]");
    println!(
        r#"{{"cores":{cores},"quotes":{},"schedules":{},"texts":{}}}"#,
        shown(all_rates),
        shown(schedules),
        shown(texts)
    );
    Ok(())
}

/// The loan of the page, with a principal, a rate and a fee of its own, over 12, 24 or 36 months.
fn terms(number: u64) -> String {
    let count = 12 * (1 + number % 3);
    let (principal, rate, fee) = (5_000 + number * 37, 600 + number % 1_800, number % 300);
    format!(
        r#"{{"principal":"{principal}.00","interest":{{"annual":"0.{rate:04}"}},"method":"equalInstalment","instalmentCount":{count},
        "disbursementDate":"2026-11-24","fees":[{{"code":"service","charge":{{"amount":"{fee}.00"}},"when":"disbursement"}}]}}"#
    )
}

/// Whole batches until the time is over: how many items a second over all that time, and in the fastest batch, while
/// nothing else was in the machine's way.
fn per_second<T: Sync>(items: &[T], make: impl Fn(&T) -> bool + Sync) -> [f64; 2] {
    let start = Instant::now();
    let (mut made, mut fastest) = (0, f64::MAX);
    while start.elapsed() < MEASURED_FOR {
        let batch_start = Instant::now();
        made += black_box(batch::map(items, &make)).into_iter().filter(|is_made| *is_made).count();
        fastest = fastest.min(batch_start.elapsed().as_secs_f64());
    }
    [made as f64 / start.elapsed().as_secs_f64(), items.len() as f64 / fastest]
}
