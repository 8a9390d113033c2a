//! semantics.md, section 8.

use chrono::NaiveDate;
use clearloan::cost::{self, Part, UnitFlows};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap()
}

/// Level payments with another last one.
fn payments(level: i64, count: usize, last: i64) -> Vec<i64> {
    let mut payments = vec![level; count];
    payments[count - 1] = last;
    payments
}

struct Row {
    at_start: i64,
    payments: Vec<i64>,
    first_whole: u32,
    part: (u32, u32),
    disbursed: &'static str,
    due: &'static [&'static str],
    irr: &'static str,
    simple: &'static str,
    compound: &'static str,
    xirr: &'static str,
}

/// Rates to the last digit.
#[test]
fn the_table_of_worked_rates() {
    const MONTHLY: &[&str] = &["2026-12-24", "2027-01-24", "2027-02-24", "2027-03-24"];
    const FROM_JANUARY: &[&str] = &["2027-01-10", "2027-02-10", "2027-03-10", "2027-04-10"];
    const YEAR: &[&str] = &[
        "2026-12-24",
        "2027-01-24",
        "2027-02-24",
        "2027-03-24",
        "2027-04-24",
        "2027-05-24",
        "2027-06-24",
        "2027-07-24",
        "2027-08-24",
        "2027-09-24",
        "2027-10-24",
        "2027-11-24",
    ];
    let row = |at_start, payments, due, irr, simple, compound, xirr| Row {
        at_start,
        payments,
        first_whole: 1,
        part: (0, 1),
        disbursed: "2026-11-24",
        due,
        irr,
        simple,
        compound,
        xirr,
    };
    let rows = [
        row(
            1_000_000,
            payments(256_281, 4, 256_281),
            MONTHLY,
            "0.0099998512",
            "0.1199982146",
            "0.1268230382",
            "0.1273370269",
        ),
        Row {
            part: (16, 30),
            ..row(
                1_000_000,
                payments(257_634, 4, 257_635),
                FROM_JANUARY,
                "0.0099822622",
                "0.1197871464",
                "0.1265875791",
                "0.1270184402",
            )
        },
        row(
            990_000,
            payments(256_281, 4, 256_281),
            MONTHLY,
            "0.0140929088",
            "0.1691149059",
            "0.1828589231",
            "0.1836153747",
        ),
        row(
            1_000_000,
            payments(258_844, 4, 258_844),
            MONTHLY,
            "0.0140523583",
            "0.1686282998",
            "0.1822914605",
            "0.1830454123",
        ),
        row(
            1_980_000,
            payments(183_360, 12, 183_361),
            YEAR,
            "0.0166172005",
            "0.1994064065",
            "0.2186793187",
            "0.2194635658",
        ),
    ];
    for row in rows {
        let part = Part::new(row.part.0, row.part.1).unwrap();
        let flows = UnitFlows { at_start: row.at_start, payments: &row.payments, first_whole: row.first_whole, part };
        let root = cost::irr_of_schedule(flows).unwrap();
        assert_eq!(root.rate().unwrap().to_string(), row.irr);
        assert_eq!(root.times(12, 1).unwrap().to_string(), row.simple);
        assert_eq!(root.compounded(12, 1).unwrap().to_string(), row.compound);
        let days: Vec<u32> = row.due.iter().map(|due| (day(due) - day(row.disbursed)).num_days() as u32).collect();
        assert_eq!(cost::xirr_of_schedule(row.at_start, &row.payments, &days).unwrap().to_string(), row.xirr);
    }
}
