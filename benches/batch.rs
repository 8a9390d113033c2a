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
    let shown = |[by_the_clock, by_the_processor]: [f64; 2]| format!("[{by_the_clock:.0},{by_the_processor:.0}]");
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

/// Whole batches until the time is over: how many items a second by the clock, and how many on so many cores of its own by
/// the processor's time, which other programs on a busy machine do not bend.
fn per_second<T: Sync>(items: &[T], make: impl Fn(&T) -> bool + Sync) -> [f64; 2] {
    let (start, used_before) = (Instant::now(), processor_seconds());
    let mut made = 0;
    while start.elapsed() < MEASURED_FOR {
        made += black_box(batch::map(items, &make)).into_iter().filter(|is_made| *is_made).count();
    }
    let by_the_clock = made as f64 / start.elapsed().as_secs_f64();
    let cores = std::thread::available_parallelism().map_or(1.0, |cores| cores.get() as f64);
    let by_the_processor = match (used_before, processor_seconds()) {
        (Some(before), Some(after)) if after > before => made as f64 * cores / (after - before),
        _ => by_the_clock,
    };
    [by_the_clock, by_the_processor]
}

/// What this program's threads have used so far, where the system tells: fields 14 and 15 of /proc/self/stat, counted in
/// hundredths of a second (proc(5)).
fn processor_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let ticks: f64 = fields.next()?.parse::<f64>().ok()? + fields.next()?.parse::<f64>().ok()?;
    Some(ticks / 100.0)
}
