//! Which root counts, roots that touch or lie at a limit, and ties.

use chrono::NaiveDate;
use clearloan::cost::{self, Convention, Part, PeriodFlow, RateError, RateFigure, UnitFlows};
use clearloan::date::DayCount;
use clearloan::rate::PublishedRate;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn irr(flows: &[i128]) -> Result<String, RateError> {
    cost::irr(flows).map(|rate| rate.to_string())
}

#[test]
fn the_nearest_root_counts_positive_ones_first() {
    let rate = |flows: &[i128]| irr(flows).unwrap();
    assert_eq!(rate(&[-1000, 2300, -1320]), "0.1");
    assert_eq!(rate(&[-1000, 2200, -1210]), "0.1"); // Touches zero.
    assert_eq!(rate(&[-1000, 3300, -3630, 1331]), "0.1"); // Three roots in one.
    assert_eq!(rate(&[-100, 0, 121]), "0.1");
    assert_eq!(rate(&[-100, 90]), "-0.1");
    assert_eq!(rate(&[-100, 100]), "0");
    assert_eq!(rate(&[-100, 100_000]), "999");
    assert_eq!(rate(&[-5_000, -10_000, 60_000, 30_000, -10_000]), "1.8544178285");
    assert_eq!(irr(&[-1000, 2100, -1200]), Err(RateError::NoRoot));
    assert_eq!(irr(&[1000, 2100]), Err(RateError::NoSignChange));
    assert_eq!(irr(&[-1, 1_000_002]), Err(RateError::CostOutOfRange));
    assert_eq!(rate(&[-1, 1_000_001]), "1000000");
}

/// Roots that are a half unit of the last place round away from zero, and a hair less does not.
#[test]
fn ties_are_rounded_half_away_from_zero() {
    let rate = |flows: &[i128]| irr(flows).unwrap();
    assert_eq!(rate(&[-20_000_000_000, 20_000_000_001]), "0.0000000001");
    assert_eq!(rate(&[-20_000_000_000, 19_999_999_999]), "-0.0000000001");
    assert_eq!(rate(&[-2_000_000_000_000_000_000, 2_000_000_000_100_000_001]), "0.0000000001");
    assert_eq!(rate(&[-2_000_000_000_000_000_000, 2_000_000_000_099_999_999]), "0");
    assert_eq!(rate(&[-20_000_000_000, 22_000_000_001]), "0.1000000001");
    assert_eq!(rate(&[-200_000_000_000, 220_000_000_009]), "0.1");
}

/// A tie of a figure whose root is irrational: (1 + i)^12 is 1 + half a unit exactly, i is no fraction.
#[test]
fn ties_of_compound_rates_are_seen_exactly() {
    let compound = |at_start: i64, last: i64, exponent: (u64, u64)| {
        let mut payments = [0; 12];
        payments[11] = last;
        let flows = UnitFlows { at_start, payments: &payments, first_whole: 1, part: Part::NONE };
        cost::irr_of_schedule(flows).unwrap().compounded(exponent.0, exponent.1).unwrap().to_string()
    };
    assert_eq!(compound(20_000_000_000, 23_000_000_001, (12, 1)), "0.1500000001");
    assert_eq!(compound(2_000_000_000_000, 2_300_000_000_099, (12, 1)), "0.15");
    assert_eq!(compound(20_000_000_000, 17_000_000_001, (12, 1)), "-0.15");
    assert_eq!(compound(20_000_000_000, 16_999_999_999, (12, 1)), "-0.1500000001");
    // Over half the time: a tie of the square, whose root is a fraction after all.
    assert_eq!(compound(100, 121, (6, 1)), "0.1");
    assert_eq!(compound(400_000_000_000_000_000, 484_000_000_044_000_001, (6, 1)), "0.1000000001");
    assert_eq!(compound(400_000_000_000_000_000, 484_000_000_044_000_000, (6, 1)), "0.1");
}

/// Amounts of 21 digits of which the last decides.
#[test]
fn ties_of_long_amounts() {
    // (1 + r)² at the tie 1 + r = 20,000,000,001/20,000,000,000.
    let flows = [20_000_000_000_i128 * 20_000_000_000, 0, -20_000_000_001 * 20_000_000_001];
    assert_eq!(irr(&flows).unwrap(), "0.0000000001");
    let below = [20_000_000_000_i128 * 20_000_000_000, 0, -20_000_000_001 * 20_000_000_001 + 1];
    assert_eq!(irr(&below).unwrap(), "0");
}

#[test]
fn ties_of_dated_flows() {
    let xirr = |flows: &[(i32, u32, i128)]| {
        let flows: Vec<(NaiveDate, i128)> =
            flows.iter().map(|&(year, day, amount)| (NaiveDate::from_yo_opt(year, day).unwrap(), amount)).collect();
        cost::xirr(&flows, DayCount::Actual365).unwrap().to_string()
    };
    assert_eq!(xirr(&[(2021, 1, -20_000_000_000), (2022, 1, 23_000_000_001)]), "0.1500000001");
    assert_eq!(xirr(&[(2021, 1, -20_000_000_000), (2022, 1, 22_999_999_999)]), "0.15");
    // The same tie twice, 73 days apart: fifths of a year that cancel each other, not whole years.
    let twice = [
        (2021, 1, -20_000_000_000),
        (2021, 74, -20_000_000_000),
        (2022, 1, 23_000_000_001),
        (2022, 74, 23_000_000_001),
    ];
    assert_eq!(xirr(&twice), "0.1500000001");
    let mut less = twice;
    less[3].2 -= 1;
    assert_eq!(xirr(&less), "0.15");
}

/// With a fraction of a period the equation has no polynomial until it is cleared.
#[test]
fn ties_of_flows_with_fractions() {
    let rate = |amount: i128, payment: i128| {
        let flows = [
            PeriodFlow { amount, periods: 0, part: Part::NONE },
            PeriodFlow { amount: -payment, periods: 0, part: Part::new(1, 2).unwrap() },
        ];
        cost::apr_of_flows(Convention::UsApr, &flows, (1, 1)).unwrap().to_string()
    };
    // payment/amount = 1 + i/2 with i = 0.10000000005: 42,000,000,001/40,000,000,000.
    assert_eq!(rate(40_000_000_000, 42_000_000_001), "0.1000000001");
    assert_eq!(rate(400_000_000_000, 420_000_000_009), "0.1");
}

#[test]
fn roots_that_touch_below_zero_or_are_no_decimal() {
    assert_eq!(irr(&[100, -180, 81]).unwrap(), "-0.1");
    // ((1 + i)² − 2)²: a double root at √2 − 1.
    assert_eq!(irr(&[1, 0, -4, 0, 4]).unwrap(), "0.4142135624");
    // Two roots 2·10^−9 apart, the nearer one counts; and none by a hair.
    assert_eq!(
        irr(&[1_000_000_000_000_000_000, -2_200_000_000_000_000_001, 1_210_000_000_000_000_000]).unwrap(),
        "0.099999999"
    );
    assert_eq!(
        irr(&[1_000_000_000_000_000_000, -2_200_000_000_000_000_000, 1_210_000_000_000_000_001]),
        Err(RateError::NoRoot)
    );
}

#[test]
fn rates_at_the_limits() {
    let rate = |flows: &[i128]| irr(flows).unwrap();
    // Twelve significant digits from 100 up.
    assert_eq!(rate(&[-3, 1_000]), "332.333333333");
    assert_eq!(rate(&[-1_000_000, 100_999_999]), "99.999999");
    assert_eq!(rate(&[-300_000_000_000, 30_299_999_999_999]), "100"); // 99.99999999999667.
    assert_eq!(rate(&[-7, 700_001]), "99999.1428571");
    assert_eq!(rate(&[-7, 7_000_006]), "999999.857143");
    assert_eq!(rate(&[-70_000_000_000, 70_000_069_999_999_999]), "1000000");
    assert_eq!(irr(&[-70_000_000_000, 70_000_070_000_000_001]), Err(RateError::CostOutOfRange));
    // Toward −100 %.
    assert_eq!(rate(&[-1_000_000_000, 1]), "-0.999999999");
    assert_eq!(rate(&[-100_000_000_000, 1]), "-1");
    assert_eq!(rate(&[-10_i128.pow(30), 0, 0, 1]), "-0.9999999999");
    // A figure can be out of range where another is not.
    let flows = UnitFlows { at_start: 1, payments: &[11], first_whole: 1, part: Part::NONE };
    let root = cost::irr_of_schedule(flows).unwrap();
    assert_eq!(root.rate().unwrap().to_string(), "10");
    assert_eq!(root.compounded(12, 1), Err(RateError::CostOutOfRange));
    assert_eq!(root.times(100_000, 1).unwrap().to_string(), "1000000");
    assert_eq!(root.times(100_001, 1), Err(RateError::CostOutOfRange));
}

/// One positive root far beyond what is published does not hide a negative one; alone, it is out of range.
#[test]
fn a_root_beyond_the_limit_is_no_rate() {
    // In g = 1 + rate: −g² + 10^7·g − 5·10^6, and −(g − 10^7)(g² + 1).
    assert_eq!(irr(&[-1, 10_000_000, -5_000_000]).unwrap(), "-0.499999975");
    assert_eq!(irr(&[-1, 10_000_000, -1, 10_000_000]), Err(RateError::CostOutOfRange));
}

#[test]
fn no_scale_changes_a_rate() {
    let flows: Vec<i128> = core::iter::once(-1_000_000).chain([39_233; 36]).collect();
    let rate = irr(&flows).unwrap();
    assert_eq!(rate, "0.0200002339");
    for factor in [10_i128.pow(9), 10_i128.pow(21), 7, 12_345_678_901_234_567_891] {
        let scaled: Vec<i128> = flows.iter().map(|amount| amount * factor).collect();
        assert_eq!(irr(&scaled).unwrap(), rate);
    }
    let turned: Vec<i128> = flows.iter().map(|amount| -amount).collect();
    assert_eq!(irr(&turned).unwrap(), rate);
    let delayed: Vec<i128> = [0; 5].into_iter().chain(flows).chain([0; 3]).collect();
    assert_eq!(irr(&delayed).unwrap(), rate);
}

/// The longest loans, small and large rates, certified by the equation itself.
#[test]
fn six_hundred_instalments() {
    for (at_start, level) in
        [(1_000_000_000_000, 1_666_666_667), (1_000_000_000_000, 5_000_000_000), (99_999, 167), (1_000, 900)]
    {
        let payments = [level; 600];
        let flows = UnitFlows { at_start, payments: &payments, first_whole: 1, part: Part::new(17, 30).unwrap() };
        let root = cost::irr_of_schedule(flows).unwrap();
        for figure in [RateFigure::Rate, RateFigure::Times(12, 1), RateFigure::Compounded(12, 1)] {
            let rate = root.figure(figure).unwrap();
            assert_eq!(root.certifies(figure, rate), Ok(true), "{rate}");
            let next = rate.plus(PublishedRate::new(1, 10)).unwrap();
            assert_eq!(root.certifies(figure, next), Ok(false), "{next}");
        }
        let days: Vec<u32> = (1..=600).map(|month| month * 365 / 12).collect();
        let root = cost::xirr_root_of_schedule(at_start, &payments, &days).unwrap();
        assert_eq!(root.certifies(RateFigure::Rate, root.rate().unwrap()), Ok(true));
    }
}

/// Limits of what callers may bring: found before any work is done, as an error with a code.
#[test]
fn spans_and_fractions_beyond_any_calendar_are_refused() {
    let flow = |amount, periods, numerator, denominator| PeriodFlow {
        amount,
        periods,
        part: Part::new(numerator, denominator).unwrap(),
    };
    for convention in [Convention::UsApr, Convention::EuAprc] {
        let longest = [flow(100, 0, 0, 1), flow(-250, 1_000_000, 0, 1)];
        assert!(cost::apr_of_flows(convention, &longest, (1, 1)).is_ok());
        let too_long = [flow(100, -1, 0, 1), flow(-250, 1_000_000, 0, 1)];
        assert_eq!(cost::apr_of_flows(convention, &too_long, (1, 1)), Err(RateError::Undecided));
        let extreme = [flow(100, i64::MIN, 0, 1), flow(-250, i64::MAX, 0, 1)];
        assert_eq!(cost::apr_of_flows(convention, &extreme, (1, 1)), Err(RateError::Undecided));
        assert!(cost::apr_of_flows(convention, &longest, (0, 1)).is_err());
        assert!(cost::apr_of_flows(convention, &longest, (1, 0)).is_err());
        assert_eq!(cost::apr_of_flows(convention, &[], (12, 1)), Err(RateError::NoSignChange));
    }
    // Four large prime denominators have no common one that is small enough for powers.
    let primes = [4_294_967_291, 4_294_967_279, 4_294_967_231, 4_294_967_197];
    let mut flows = vec![flow(100, 0, 0, 1)];
    flows.extend(primes.map(|prime| flow(-30, 1, 1, prime)));
    assert_eq!(cost::apr_of_flows(Convention::EuAprc, &flows, (12, 1)), Err(RateError::Undecided));
    assert_eq!(cost::apr_of_flows(Convention::UsApr, &flows, (12, 1)).unwrap().to_string(), "2.3999999993");
}

/// To fewer decimals from the root as well: a half goes away from zero, and what is published as one may lie below it.
#[test]
fn fewer_decimals_are_rounded_from_the_exact_root() {
    let rates = |at_start: i64, payment: i64, figure: RateFigure| {
        let payments = [payment];
        let flows = UnitFlows { at_start, payments: &payments, first_whole: 1, part: Part::NONE };
        let root = cost::irr_of_schedule(flows).unwrap();
        let to = |decimals| root.figure_to(figure, decimals).unwrap().to_string();
        [root.figure(figure).unwrap().to_string(), to(10), to(4), to(3), to(0)].join(" ")
    };
    let unit = 1_000_000_000_000;
    assert_eq!(rates(unit, unit + 30_500_000_000, RateFigure::Rate), "0.0305 0.0305 0.0305 0.031 0");
    assert_eq!(rates(unit, unit + 30_499_999_999, RateFigure::Rate), "0.0305 0.0305 0.0305 0.03 0");
    assert_eq!(rates(unit, unit + 30_450_000_000, RateFigure::Rate), "0.03045 0.03045 0.0305 0.03 0");
    assert_eq!(rates(unit, unit - 30_500_000_000, RateFigure::Rate), "-0.0305 -0.0305 -0.0305 -0.031 0");
    assert_eq!(rates(unit, unit - 30_499_999_999, RateFigure::Rate), "-0.0305 -0.0305 -0.0305 -0.03 0");
    assert_eq!(rates(unit, unit, RateFigure::Rate), "0 0 0 0 0");
    // 12 · 0.000125 and (1.0201)^(1/2) − 1.
    assert_eq!(rates(unit, unit + 125_000_000, RateFigure::Times(12, 1)), "0.0015 0.0015 0.0015 0.002 0");
    assert_eq!(rates(unit, unit + 20_100_000_000, RateFigure::Compounded(1, 2)), "0.01 0.01 0.01 0.01 0");
    // From 100 up the published figure has twelve digits, and the shown one as many decimals as asked for.
    assert_eq!(rates(3, 1_000, RateFigure::Rate), "332.333333333 332.3333333333 332.3333 332.333 332");
    assert_eq!(rates(2, 1_000_001, RateFigure::Rate), "499999.5 499999.5 499999.5 499999.5 500000");
    assert_eq!(rates(7, 7_000_006, RateFigure::Rate), "999999.857143 999999.8571428571 999999.8571 999999.857 1000000");
    let flows = UnitFlows { at_start: 7, payments: &[7_000_008], first_whole: 1, part: Part::NONE };
    assert_eq!(cost::irr_of_schedule(flows).unwrap().figure_to(RateFigure::Rate, 2), Err(RateError::CostOutOfRange));
}
