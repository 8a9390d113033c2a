//! The text of a vector file: read from the disk, or, where there is none (as wasm in a browser), from inside the test.

/// The text of the file of that name in tests/vectors.
#[cfg(not(target_arch = "wasm32"))]
pub fn vector_text(name: &str) -> String {
    let path = format!("{}/tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[cfg(target_arch = "wasm32")]
macro_rules! inside {
    ($name:expr, [$($file:literal),* $(,)?]) => {
        match $name {
            $($file => include_str!(concat!("../vectors/", $file)).to_owned(),)*
            other => panic!("{other} is not inside the wasm tests: add it to tests/common/vector_text.rs"),
        }
    };
}

/// The text of the file of that name in tests/vectors.
#[cfg(target_arch = "wasm32")]
pub fn vector_text(name: &str) -> String {
    inside!(
        name,
        [
            "china_calendar.json",
            "cn_pboc_2021_3.json",
            "daycount_30_360_isda.json",
            "daycount_act360_act365_spreadsheet.json",
            "daycount_act_act_isda_icma_afb.json",
            "eu_98_7_ec_annex_iii.json",
            "eu_ccd_time_intervals_swd2012_128.json",
            "eu_mcd_aprc_examples_2015.json",
            "exact_fractions.json",
            "excel_ms_docs_financial.json",
            "hard_irr.json",
            "in_rbi_kfs_2024.json",
            "openformula_odf_financial.json",
            "peer_curo.json",
            "peer_ec_aprc.json",
            "peer_fineract_schedules.json",
            "peer_loan_creator_schedules.json",
            "peer_npf_tvm.json",
            "peer_pyxirr_daycount.json",
            "peer_pyxirr_periodic.json",
            "peer_pyxirr_xirr.json",
            "peer_quantlib_businessday.json",
            "peer_quantlib_daycount.json",
            "peer_regz_appj.json",
            "uk_apr_single_payment.json",
            "us_regz_appendix_j.json",
            "us_regz_other_implementations.json",
        ]
    )
}
