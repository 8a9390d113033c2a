//! The calendar file, line by line (RFC 5545). Whole files stand in `samples`, beside what they were made from and what
//! must be found in them; `calendar.test.mjs` opens the same files in strict parsers of others.

use crate::common::{loan_a, loan_a_with, plain};
use crate::support::{first_payment, options, remind};
use serde_json::{Value, json};

fn file(plan: &Value) -> String {
    plain(&plan["icalendar"])
}

/// Content lines, unfolded.
fn lines(plan: &Value) -> Vec<String> {
    file(plan).replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

/// The values of one property, in order.
fn values(plan: &Value, property: &str) -> Vec<String> {
    lines(plan).iter().filter_map(|line| line.strip_prefix(property)).map(str::to_owned).collect()
}

#[test]
fn every_sample_is_made_to_the_byte() {
    let folder = format!("{}/tests/reminders/samples", env!("CARGO_MANIFEST_DIR"));
    let mut checked = 0;
    for entry in std::fs::read_dir(&folder).expect("samples") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let sample: Value = serde_json::from_str(&std::fs::read_to_string(&path).expect("text")).expect("JSON");
        let made = file(&remind(&sample["terms"], &sample["options"], sample["events"].clone()));
        let kept = path.with_extension("ics");
        if std::env::var_os("CLEARLOAN_WRITE_SAMPLES").is_some() {
            std::fs::write(&kept, &made).expect("written");
        }
        let expected = std::fs::read_to_string(&kept).unwrap_or_default();
        assert_eq!(made, expected, "{}", kept.display());
        checked += 1;
    }
    assert!(checked >= 5, "{checked} samples");
}

#[test]
fn one_event_an_instalment_with_its_alarms() {
    let plan = remind(&loan_a(), &options(json!({ "payday": 15 })), json!([first_payment()]));
    assert_eq!(values(&plan, "UID:"), ["2.A@clearloan", "3.A@clearloan", "4.A@clearloan"]);
    assert_eq!(values(&plan, "DTSTART;VALUE=DATE:"), ["20270124", "20270224", "20270324"]);
    assert_eq!(values(&plan, "DTSTAMP:"), ["20270110T000000Z"; 3]);
    assert_eq!(values(&plan, "SEQUENCE:"), ["1", "1", "1"], "the number of events given");
    assert_eq!(values(&plan, "STATUS:"), ["CONFIRMED"; 3]);
    // At nine: nine days before (payday), three, one, and on the day.
    assert_eq!(values(&plan, "TRIGGER:")[..4], ["-P8DT15H", "-P2DT15H", "-PT15H", "PT9H"]);
    assert_eq!(values(&plan, "SUMMARY:")[0], "贷款第2期应还2562.81元");
    assert!(!file(&plan).contains("TZID") && !file(&plan).contains("VTIMEZONE"));
}

#[test]
fn with_a_time_it_floats_and_alarms_ring_at_that_time() {
    let plan = remind(&loan_a(), &options(json!({ "at": "08:05" })), json!([first_payment()]));
    assert_eq!(values(&plan, "DTSTART:"), ["20270124T080500", "20270224T080500", "20270324T080500"]);
    assert_eq!(values(&plan, "TRIGGER:")[..3], ["-P3D", "-P1D", "PT0S"]);
}

#[test]
fn what_is_late_keeps_its_day_and_rings_today() {
    let plan = remind(&loan_a(), &options(json!({ "today": "2027-02-03", "at": "08:05" })), json!([first_payment()]));
    assert_eq!(values(&plan, "DTSTART:")[0], "20270124T080500");
    assert_eq!(values(&plan, "TRIGGER:")[0], "P10D");
}

#[test]
fn a_later_file_updates_an_earlier_one() {
    let earlier = remind(&loan_a(), &options(json!({})), json!([first_payment()]));
    let prepayment = json!({ "kind": "prepayment", "date": "2027-01-10", "amount": "5000.00", "keep": "payment" });
    let later = remind(&loan_a(), &options(json!({})), json!([first_payment(), prepayment]));
    assert_eq!(values(&later, "UID:"), values(&earlier, "UID:"));
    assert_eq!(values(&later, "SEQUENCE:"), ["2", "2", "2"]);
    assert_eq!(values(&later, "STATUS:"), ["CONFIRMED", "CONFIRMED", "CANCELLED"]);
    assert_eq!(values(&later, "SUMMARY:")[2], "贷款第4期无需再还");
    let rings = lines(&later).iter().filter(|line| *line == "BEGIN:VALARM").count();
    assert_eq!(rings, 6, "a removed instalment rings no more");
}

#[test]
fn settling_or_deferring_cancels_what_is_no_longer_to_be_paid() {
    let all = json!({ "kind": "prepayment", "date": "2027-01-10", "amount": "all", "keep": "term" });
    let settled = remind(&loan_a(), &options(json!({})), json!([first_payment(), all]));
    assert_eq!(values(&settled, "UID:"), ["2.A@clearloan", "3.A@clearloan", "4.A@clearloan"]);
    assert_eq!(values(&settled, "STATUS:"), ["CANCELLED"; 3]);
    let deferral = json!({ "kind": "deferral", "fromInstalment": 2, "instalments": 1, "interest": "capitalise" });
    let deferred = remind(&loan_a(), &options(json!({})), json!([first_payment(), deferral]));
    assert_eq!(values(&deferred, "UID:"), ["3.A@clearloan", "4.A@clearloan", "5.A@clearloan", "2.A@clearloan"]);
    assert_eq!(values(&deferred, "STATUS:"), ["CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED"]);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let make = || remind(&loan_a(), &options(json!({ "payday": 10 })), json!([first_payment()]));
    assert_eq!(file(&make()), file(&make()));
}

/// 512 characters of all widths: no line is longer than 75 octets, none is cut inside a character, and unfolded they
/// are what went in, escaped.
#[test]
fn long_texts_are_folded_between_characters_and_special_ones_escaped() {
    let pattern = "房贷a,b;c\\d\n€😀:\"\t";
    let title: String = pattern.chars().cycle().take(512).collect();
    for shift in 0..8 {
        let title: String =
            "x".repeat(shift) + &title[..title.char_indices().nth(512 - shift).map_or(title.len(), |at| at.0)];
        let plan = remind(&loan_a(), &options(json!({ "title": title })), json!([first_payment()]));
        let file = file(&plan);
        assert!(file.ends_with("END:VCALENDAR\r\n"));
        for line in file.split("\r\n") {
            assert!(line.len() <= 75, "{} octets: {line}", line.len());
            assert!(!line.contains(['\r', '\n']), "a bare line break: {line}");
        }
        let escaped = title.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n");
        assert_eq!(values(&plan, "NAME:"), [escaped]);
    }
}

#[test]
fn control_characters_of_a_title_do_not_reach_the_file() {
    let title = "a\u{0}b\u{7}c\rBEGIN:VEVENT\r\nd\u{7f}\u{85}e";
    let plan = remind(&loan_a_with(json!({})), &options(json!({ "title": title })), json!([first_payment()]));
    assert_eq!(values(&plan, "NAME:"), ["abcBEGIN:VEVENT\\nde"]);
    assert_eq!(lines(&plan).iter().filter(|line| *line == "BEGIN:VEVENT").count(), 3);
}
