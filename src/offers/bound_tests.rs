//! The bound against the schedules of the values themselves.

use super::bound::{End, least_maximum};
use crate::schedule::Schedule;
use crate::terms::{InterestRate, LoanTerms};
use rust_decimal::Decimal;

/// xorshift: the same numbers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    fn one_of<'a>(&mut self, texts: &[&'a str]) -> &'a str {
        texts[self.below(texts.len() as u64) as usize]
    }
}

/// Everything that moves a payment, at random; amounts are small, so that roundings count.
fn terms(random: &mut Random) -> Option<LoanTerms> {
    let method = random.one_of(&[
        "equalInstalment",
        "equalInstalment",
        "equalInstalment",
        "equalPrincipal",
        "flat",
        "interestOnly",
        "bullet",
    ]);
    let count = 2 + random.below(30);
    let takes_balloon = ["equalInstalment", "equalPrincipal", "flat"].contains(&method);
    let mut fields = vec![
        format!(r#""principal": "{}.{:02}""#, 10 + random.below(900), random.below(100)),
        format!(r#""interest": {{ "annual": "0.{:03}" }}"#, random.below(600)),
        format!(r#""method": "{method}", "instalmentCount": {count}, "disbursementDate": "2026-01-31""#),
    ];
    if random.below(3) == 0 {
        fields.push(format!(r#""firstDueDate": "2026-03-{:02}""#, 1 + random.below(31)));
    }
    if random.below(3) == 0 {
        fields.push(r#""accrual": "actual/365""#.to_owned());
    }
    let mode = random.one_of(&["halfUp", "halfUp", "halfEven", "up", "down"]);
    let mut rounding = format!(r#""mode": "{mode}""#);
    if ["equalInstalment", "flat"].contains(&method) && random.below(3) == 0 {
        rounding += &format!(r#", "instalmentUnit": "{}""#, random.one_of(&["0.10", "1.00", "7.00"]));
    }
    if ["equalPrincipal", "flat"].contains(&method) && random.below(2) == 0 {
        rounding += r#", "remainder": "first""#;
    }
    fields.push(format!(r#""rounding": {{ {rounding} }}"#));
    if takes_balloon && random.below(2) == 0 {
        fields.push(format!(r#""balloon": "{}.00""#, random.below(9)));
    }
    if takes_balloon && random.below(4) == 0 {
        fields.push(format!(r#""interestOnlyInstalments": {}"#, random.below(count)));
    }
    if method != "bullet" && random.below(4) == 0 {
        let from = 1 + random.below(count);
        fields.push(format!(r#""steps": [{{ "fromInstalment": {from}, "interest": {{ "annual": "0.3" }} }}]"#));
    }
    if random.below(2) == 0 {
        let base = random.one_of(&["principal", "openingBalance", "instalment"]);
        let when = random.one_of(&["disbursement", "eachInstalment", "firstInstalment", "lastInstalment"]);
        let settlement = if when == "disbursement" { r#", "settlement": "financed""# } else { "" };
        let base = if when == "disbursement" { "principal" } else { base };
        fields.push(format!(
            r#""fees": [{{ "code": "a", "charge": {{ "rate": "0.0{}", "of": "{base}" }}, "when": "{when}"{settlement} }},
                {{ "code": "b", "charge": {{ "amount": "0.3{}" }}, "when": "eachInstalment" }}]"#,
            random.below(10),
            random.below(10),
        ));
        if random.below(2) == 0 {
            fields.push(r#""benefits": [{ "kind": "feeWaiver", "fee": "a", "cap": "0.55" }, { "kind": "interestFree", "days": 40 },
                { "kind": "interestDiscount", "factor": "0.85", "cap": "1.20" }]"#.to_owned());
        }
    } else if random.below(2) == 0 {
        fields.push(r#""benefits": [{ "kind": "interestFree", "instalments": 2 }]"#.to_owned());
    }
    let text = ["{", &fields.join(","), "}"].concat();
    let wire = crate::json::read(&text)?;
    LoanTerms::from_wire(&wire).ok()
}

fn maximum_payment(terms: &LoanTerms) -> i64 {
    Schedule::of(terms).map_or(i64::MAX, |schedule| schedule.maximum_payment)
}

#[test]
fn no_value_of_a_range_pays_less() {
    let mut random = Random(20_261_124);
    let (mut ranges, mut tight, mut loans) = (0, 0, 0);
    while loans < 600 {
        let Some(terms) = terms(&mut random) else { continue };
        loans += 1;
        for is_principal in [true, false] {
            let own = if is_principal { terms.principal } else { random.below(900_000) as i64 };
            let with = |value: i64| {
                let mut terms = terms.clone();
                if is_principal {
                    terms.principal = value;
                } else {
                    terms.interest = InterestRate::Annual(Decimal::new(value, 6).normalize());
                }
                terms
            };
            for width in [1, 2, 3, 10, 60, 400] {
                let low = (own - random.below(width) as i64).max(1_000);
                let high = low + width as i64 - 1;
                let bound = least_maximum(&End::of(&with(low)), &End::of(&with(high)), i64::MAX, &mut u64::MAX.clone());
                let step = (width as usize).div_ceil(40);
                let least = (low..=high).step_by(step).map(|value| maximum_payment(&with(value))).min();
                assert!(Some(bound) <= least, "{low}..{high}: {bound} and {least:?}\n{terms:?}");
                if width == 1 {
                    assert_eq!(Some(bound), least, "{low}\n{terms:?}");
                }
                ranges += 1;
                tight += u32::from(least.is_some_and(|least| bound >= least - least / 50 - 5));
            }
        }
    }
    // A bound that says nothing would be right too.
    assert!(tight * 100 > ranges * 90, "{tight} of {ranges}");
}
