//! Which root counts, roots that touch or lie at a limit, and ties.

use clearloan::cost::{self, RateError};

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
