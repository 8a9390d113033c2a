//! Others' rates on this machine's own processor, for `make bench`.
//!
//! - `native-peers rate WHOSE`: prints the rate that a crate finds.
//! - `native-peers time MILLISECONDS WHOSE`: runs it for that long and prints how often a second it can.
//!
//! WHOSE is one of [`PEERS`]. The flows come in on standard input, a date and an amount on each line.

use chrono::NaiveDate;
use std::error::Error;
use std::hint::black_box;
use std::io::Read;
use std::time::{Duration, Instant};
use xirr::Payment;

const PEERS: [&str; 3] = ["financial-irr", "financial-xirr", "xirr-xirr"];

struct Flows {
    dates: Vec<NaiveDate>,
    amounts: Vec<f64>,
    payments: Vec<Payment<NaiveDate>>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["rate", whose] => println!("{}", rate(&flows()?, whose)?),
        ["time", milliseconds, whose] => {
            println!("{}", per_second(&flows()?, whose, Duration::from_millis(milliseconds.parse()?))?);
        }
        _ => println!("Call it with `rate WHOSE` or `time MILLISECONDS WHOSE`, WHOSE being one of {PEERS:?}."),
    }
    Ok(())
}

fn flows() -> Result<Flows, Box<dyn Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let mut flows = Flows { dates: Vec::new(), amounts: Vec::new(), payments: Vec::new() };
    for line in text.lines() {
        let (date, amount) = line.split_once(' ').ok_or("a line should be a date and an amount")?;
        let (date, amount) = (date.parse()?, amount.parse()?);
        flows.dates.push(date);
        flows.amounts.push(amount);
        flows.payments.push(Payment { date, amount });
    }
    Ok(flows)
}

fn rate(flows: &Flows, whose: &str) -> Result<f64, Box<dyn Error>> {
    Ok(match whose {
        "financial-irr" => financial::irr(&flows.amounts, None)?,
        "financial-xirr" => financial::naive_date::xirr(&flows.amounts, &flows.dates, None)?,
        "xirr-xirr" => xirr::compute(&flows.payments)?,
        _ => return Err(format!("there is no {whose}").into()),
    })
}

/// The fastest of many short runs, as benches/native.rs measures the engine.
fn per_second(flows: &Flows, whose: &str, enough: Duration) -> Result<f64, Box<dyn Error>> {
    const SHORT_RUN: Duration = Duration::from_millis(3);
    let start = Instant::now();
    let (mut times, mut fastest) = (16_u32, 0.0f64);
    while start.elapsed() < enough {
        let short_start = Instant::now();
        for _ in 0..times {
            black_box(rate(black_box(flows), whose)?);
        }
        let elapsed = short_start.elapsed();
        fastest = fastest.max(f64::from(times) / elapsed.as_secs_f64());
        if elapsed < SHORT_RUN {
            times *= 2;
        }
    }
    Ok(fastest)
}
