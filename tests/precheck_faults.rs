//! What is wrong with a policy is found when it is loaded, all of it, each by its place.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use clearloan::precheck::load_policy;
use common::wire;
use serde_json::{Value, json};

fn policy() -> Value {
    json!({
        "id": "test", "version": "1", "lender": "Test Bank", "operator": "lender",
        "inputs": [
            { "name": "age", "type": "integer", "purpose": "age", "required": true },
            { "name": "income", "type": "decimal", "purpose": "income", "required": true },
            { "name": "student", "type": "boolean", "purpose": "status", "required": true },
            { "name": "job", "type": "text", "values": ["EMPLOYED", "STUDENT"], "purpose": "job", "required": true },
            { "name": "since", "type": "date", "purpose": "history", "required": true },
            { "name": "spending", "type": "decimals", "purpose": "volatility", "required": true },
            { "name": "note", "type": "text", "purpose": "optional" }
        ],
        "decisions": [
            { "name": "outcome", "table": { "hit": "unique", "inputs": ["age"], "rules": [
                { "when": ["< 18"], "then": "\"ineligible\"", "reason": "too_young" },
                { "when": [">= 18"], "then": "\"eligible\"" }
            ] } }
        ],
        "result": { "outcome": "outcome" },
        "messages": { "too_young": { "zh-CN": "未满 18 岁", "en": "Under 18" } }
    })
}

/// "code at field" of every fault.
fn faults(policy: &Value) -> Vec<String> {
    match load_policy(&wire(policy)) {
        Ok(_) => Vec::new(),
        Err(error) => {
            for issue in &error.issues {
                assert!(!issue.message.en.is_empty() && !issue.message.zh_cn.is_empty(), "{issue:?}");
            }
            error.issues.iter().map(|issue| format!("{} at {}", issue.code, issue.field)).collect()
        }
    }
}

/// The faults of a table put before the outcome.
fn table_faults(table: Value) -> Vec<String> {
    let mut policy = policy();
    policy["decisions"].as_array_mut().expect("a list").insert(0, json!({ "name": "tested", "table": table }));
    faults(&policy)
}

/// The faults of a formula put before the outcome.
fn formula_faults(formula: &str) -> Vec<String> {
    let mut policy = policy();
    policy["decisions"].as_array_mut().expect("a list").insert(0, json!({ "name": "tested", "formula": formula }));
    faults(&policy)
}

fn unique(inputs: &[&str], whens: &[&[&str]]) -> Value {
    let rules: Vec<Value> = whens.iter().map(|when| json!({ "when": when, "then": "1" })).collect();
    json!({ "hit": "unique", "inputs": inputs, "rules": rules })
}

const NONE: [&str; 0] = [];

#[test]
fn a_sound_policy_loads() {
    assert_eq!(faults(&policy()), NONE);
    assert_eq!(load_policy(&wire(&policy())).expect("sound").fingerprint().len(), 64);
}

#[test]
fn the_shape_is_checked_like_all_input() {
    let mut wrong = policy();
    wrong["operater"] = json!("lender");
    wrong["version"] = json!(7);
    wrong["inputs"][0]["type"] = json!("int");
    wrong["validFrom"] = json!("2026-02-30");
    wrong["decisions"][0]["table"]["hit"] = json!("Unique");
    assert_eq!(
        faults(&wrong),
        [
            "not_one_of at decisions[0].table.hit",
            "not_one_of at inputs[0].type",
            "unknown_field at operater",
            "not_a_date at validFrom",
            "wrong_type at version"
        ]
    );
    assert_eq!(faults(&json!(null)), ["required at "]);
    assert_eq!(faults(&json!([])), ["wrong_type at "]);
}

#[test]
fn names_are_declared_once_and_before_they_are_read() {
    let mut wrong = policy();
    wrong["inputs"][1]["name"] = json!("age");
    wrong["inputs"][2]["name"] = json!("is student");
    wrong["inputs"][3]["name"] = json!("not");
    assert_eq!(
        faults(&wrong),
        ["duplicate_name at inputs[1].name", "not_a_name at inputs[2].name", "not_a_name at inputs[3].name"]
    );
    assert_eq!(table_faults(unique(&["aeg"], &[&["-"]])), ["unknown_name at decisions[0].table.inputs[0]"]);
    assert_eq!(formula_faults("income * shareMax"), ["unknown_name at decisions[0].formula"]);
    assert_eq!(formula_faults("median(spending)"), ["unknown_name at decisions[0].formula"]);
    // The outcome comes later, but does not depend on this one.
    assert_eq!(table_faults(unique(&["outcome"], &[&["-"]])), ["later_decision at decisions[0].table.inputs[0]"]);
    assert_eq!(formula_faults("tested + 1"), ["cycle at decisions[0].formula"]);
    let mut circle = policy();
    circle["decisions"] = json!([
        { "name": "a", "formula": "c + 1" },
        { "name": "b", "formula": "a + 1" },
        { "name": "c", "table": unique(&["b"], &[&["-"]]) },
        circle["decisions"][0]
    ]);
    assert_eq!(faults(&circle), ["cycle at decisions[0].formula"]);
}

#[test]
fn overlaps_of_a_unique_table_are_found_where_ranges_meet() {
    let at = |whens: &[&[&str]]| table_faults(unique(&["age"], whens));
    assert_eq!(at(&[&["< 18"], &[">= 18"]]), NONE);
    assert_eq!(at(&[&["<= 18"], &[">= 18"]]), ["overlap at decisions[0].table.rules[1]"]);
    assert_eq!(at(&[&["[0..18)"], &["18"], &["(18..200]"], &["< 0"], &["> 200"]]), NONE);
    // Whole numbers do not lie between 18 and 19; decimals do.
    assert_eq!(at(&[&["<= 18"], &[">= 19"]]), NONE);
    assert_eq!(at(&[&["< 19"], &["> 18"]]), NONE);
    assert_eq!(table_faults(unique(&["income"], &[&["< 19"], &["> 18"]])), ["overlap at decisions[0].table.rules[1]"]);
    assert_eq!(
        table_faults(unique(&["age", "student"], &[&["< 18", "-"], &[">= 18", "true"], &["-", "false"]])),
        ["overlap at decisions[0].table.rules[2]"]
    );
    assert_eq!(
        table_faults(unique(&["since"], &[&["<= @\"2026-01-01\""], &["> @\"2025-12-31\""]])),
        ["overlap at decisions[0].table.rules[1]"]
    );
    assert_eq!(table_faults(unique(&["since"], &[&["<= @\"2025-12-31\""], &["> @\"2025-12-31\""]])), NONE);
    assert_eq!(
        table_faults(unique(&["job"], &[&["\"EMPLOYED\""], &["not(\"STUDENT\")"], &["\"STUDENT\""]])),
        ["overlap at decisions[0].table.rules[1]"]
    );
    // The words say where.
    let mut wrong = policy();
    wrong["decisions"][0]["table"]["rules"][1]["when"] = json!(["> 16"]);
    let error = load_policy(&wire(&wrong)).expect_err("an overlap");
    assert!(error.issues[0].message.en.ends_with("this one and rule 1 both take age: 17"), "{error}");
}

#[test]
fn rules_of_an_any_table_may_overlap_where_they_agree() {
    let with = |second: &str| {
        table_faults(json!({ "hit": "any", "inputs": ["age"], "otherwise": "3", "rules": [
            { "when": ["< 18"], "then": "1" }, { "when": ["< 20"], "then": second }] }))
    };
    assert_eq!(with("1"), NONE);
    assert_eq!(with("2"), ["overlap at decisions[0].table.rules[1]"]);
}

#[test]
fn a_gap_is_a_fault_unless_otherwise_says_what_holds() {
    let at = |whens: &[&[&str]]| table_faults(unique(&["age"], whens));
    assert_eq!(at(&[&["< 18"], &["> 18"]]), ["gap at decisions[0].table"]);
    assert_eq!(at(&[&["[18..21]"], &["[22..25]"], &["< 18"], &["> 25"]]), NONE);
    assert_eq!(
        table_faults(unique(&["income"], &[&["[18..21]"], &["[22..25]"], &["< 18"], &["> 25"]])),
        ["gap at decisions[0].table"]
    );
    assert_eq!(table_faults(unique(&["job"], &[&["\"EMPLOYED\""], &["\"STUDENT\""]])), NONE);
    assert_eq!(table_faults(unique(&["job"], &[&["\"EMPLOYED\""]])), ["gap at decisions[0].table"]);
    assert_eq!(table_faults(unique(&["student"], &[&["true"]])), ["gap at decisions[0].table"]);
    // An optional fact may be missing: where no rule says what holds then, the answer will be that it is.
    assert_eq!(table_faults(unique(&["note"], &[&["\"a\""], &["not(\"a\")"]])), NONE);
    assert_eq!(table_faults(unique(&["note"], &[&["\"a\", null"], &["not(\"a\")"]])), NONE);
    let covered = unique(
        &["age", "student"],
        &[&["< 18", "-"], &["[18..60)", "true"], &["[18..60)", "false"], &[">= 60", "false"]],
    );
    assert_eq!(table_faults(covered.clone()), ["gap at decisions[0].table"]);
    let mut with_default = covered;
    with_default["otherwise"] = json!("0");
    assert_eq!(table_faults(with_default), NONE);
    for hit in ["collect", "sum", "count"] {
        let mut table = unique(&["age"], &[&["< 18"]]);
        table["hit"] = json!(hit);
        assert_eq!(table_faults(table), NONE, "{hit}");
    }
    // What an earlier decision can give is known.
    let mut chained = policy();
    chained["decisions"] = json!([
        { "name": "band", "table": { "hit": "first", "inputs": ["age"], "otherwise": "\"OLD\"",
            "rules": [{ "when": ["< 30"], "then": "\"YOUNG\"" }] } },
        { "name": "outcome", "table": { "hit": "unique", "inputs": ["band"], "rules": [
            { "when": ["\"YOUNG\""], "then": "\"eligible\"" }, { "when": ["\"OLD\""], "then": "\"refer\"" }] } }
    ]);
    assert_eq!(faults(&chained), NONE);
    let error = {
        let mut wrong = policy();
        wrong["decisions"][0]["table"]["rules"][1]["when"] = json!(["> 18"]);
        load_policy(&wire(&wrong)).expect_err("a gap")
    };
    assert!(error.issues[0].message.en.starts_with("no rule takes age: 18"), "{error}");
}

#[test]
fn rules_that_can_never_count_are_found() {
    assert_eq!(
        table_faults(unique(&["job"], &[&["\"EMPLOYED\""], &["\"STUDENT\""], &["\"EMPLOYD\""]])),
        ["unreachable_rule at decisions[0].table.rules[2].when[0]"]
    );
    assert_eq!(
        table_faults(unique(&["age"], &[&["-"], &["(18..19)"]])),
        ["unreachable_rule at decisions[0].table.rules[1].when[0]"]
    );
    let first = |whens: &[&[&str]]| {
        let mut table = unique(&["age", "student"], whens);
        table["hit"] = json!("first");
        table_faults(table)
    };
    assert_eq!(first(&[&["< 18", "-"], &["-", "true"], &["-", "-"]]), NONE);
    assert_eq!(
        first(&[&["< 18", "-"], &[">= 18", "true"], &["-", "false"], &["> 50", "-"]]),
        ["unreachable_rule at decisions[0].table.rules[3]"]
    );
    let priority = |order: &[&str]| {
        table_faults(json!({ "hit": "priority", "inputs": ["age"], "outputOrder": order, "rules": [
            { "when": ["-"], "then": "\"A\"" }, { "when": ["< 18"], "then": "\"B\"" }] }))
    };
    assert_eq!(priority(&["\"B\"", "\"A\""]), NONE);
    assert_eq!(priority(&["\"A\"", "\"B\""]), ["unreachable_rule at decisions[0].table.rules[1]"]);
    assert_eq!(priority(&["\"A\""]), ["inconsistent at decisions[0].table.outputOrder"]);
}

#[test]
fn cells_and_outputs_fit_their_types() {
    let cell = |input: &str, cell: &str| {
        let mut table = unique(&[input], &[&[cell]]);
        table["otherwise"] = json!("0");
        table_faults(table)
    };
    let at = |code: &str| vec![format!("{code} at decisions[0].table.rules[0].when[0]")];
    for (input, text) in [
        ("age", "\"18\""),
        ("age", "true"),
        ("student", "1"),
        ("job", "1"),
        ("since", "\"2026-01-01\""),
        ("job", "< \"M\""),
    ] {
        assert_eq!(cell(input, text), at("type_clash"), "{input} {text}");
    }
    for text in
        ["", "18 19", "[18..45", "18..45]", "<", "not(1", "not()", "1,", "\"a", "18abc", "[1;2]", "--1", "1.2.3"]
    {
        assert_eq!(cell("income", text), at("syntax"), "{text}");
    }
    assert_eq!(cell("income", "< limit"), at("not_a_literal"));
    assert_eq!(cell("income", "[45..18]"), at("empty_interval"));
    assert_eq!(cell("since", "date(\"2026-02-30\")"), at("not_a_date"));
    assert_eq!(cell("income", "99999999999999999999999999999999999999"), at("out_of_range"));
    assert_eq!(cell("spending", "-"), ["type_clash at decisions[0].table.inputs[0]"]);
    let outputs = |hit: &str, outputs: [&str; 2]| {
        table_faults(json!({ "hit": hit, "inputs": ["age"], "otherwise": outputs[1], "rules": [
            { "when": ["< 18"], "then": outputs[0] }] }))
    };
    assert_eq!(outputs("first", ["1", "\"a\""]), ["type_clash at decisions[0].table.otherwise"]);
    assert_eq!(outputs("sum", ["\"a\"", "1"]), ["type_clash at decisions[0].table.rules[0].then"]);
    assert_eq!(outputs("count", ["\"a\"", "\"b\""]), ["type_clash at decisions[0].table.otherwise"]);
    assert_eq!(outputs("first", ["LOW", "1"]), ["not_a_literal at decisions[0].table.rules[0].then"]);
    assert_eq!(outputs("first", ["null", "1"]), ["type_clash at decisions[0].table.rules[0].then"]);
    let short = json!({ "hit": "first", "inputs": ["age", "student"], "otherwise": "0",
                        "rules": [{ "when": ["-"], "then": "1" }] });
    assert_eq!(table_faults(short), ["inconsistent at decisions[0].table.rules[0].when"]);
}

#[test]
fn formulas_fit_their_types_and_their_grammar() {
    let at = |code: &str| vec![format!("{code} at decisions[0].formula")];
    for formula in [
        "income + job",
        "\"a\" + \"b\"",
        "if age then 1 else 2",
        "if student then 1 else \"a\"",
        "not(age)",
        "student and age",
        "-job",
        "job < \"M\"",
        "age = job",
        "age = since",
        "spending + 1",
        "mean(job)",
        "round(income, student)",
        "spending = spending",
        "student < true",
        "income + null",
    ] {
        assert_eq!(formula_faults(formula), at("type_clash"), "{formula}");
    }
    for formula in [
        "",
        "1 +",
        "(1",
        "1)",
        "if student then 1",
        "1 2",
        "1 < 2 < 3",
        "then",
        "age ==  1",
        "* 2",
        "a.b",
        "{}",
        "1 % 2",
    ] {
        assert_eq!(formula_faults(formula), at("syntax"), "{formula}");
    }
    assert_eq!(formula_faults("abs(1, 2)"), at("wrong_arguments"));
    assert_eq!(formula_faults("pmt(0.01, 12)"), at("wrong_arguments"));
    assert_eq!(formula_faults("mean()"), at("wrong_arguments"));
    assert_eq!(formula_faults("job = \"EMPLOYD\""), at("impossible_value"));
    assert_eq!(formula_faults("job = \"EMPLOYED\""), NONE);
    assert_eq!(formula_faults("if student then income / 2 else max(income, 1, mean(spending)) ** 2 - payment"), NONE);
    assert_eq!(formula_faults("note = null or since >= on"), NONE);
}

#[test]
fn the_result_names_decisions_of_the_right_kind() {
    let with = |change: Value| {
        let mut wrong = policy();
        wrong["decisions"].as_array_mut().expect("a list").push(json!({ "name": "half", "formula": "income / 2" }));
        wrong["decisions"]
            .as_array_mut()
            .expect("a list")
            .push(json!({ "name": "word", "formula": "if student then \"eligible\" else \"maybe\"" }));
        for (name, value) in change.as_object().expect("fields") {
            wrong["result"][name] = value.clone();
        }
        faults(&wrong)
    };
    assert_eq!(
        with(json!({ "limit": "half", "score": "half", "annual": "half", "parts": ["half"], "band": "word" })),
        NONE
    );
    assert_eq!(with(json!({ "outcome": "half" })), ["type_clash at result.outcome"]);
    assert_eq!(with(json!({ "outcome": "word" })), ["not_an_outcome at result.outcome"]);
    assert_eq!(with(json!({ "limit": "word" })), ["type_clash at result.limit"]);
    assert_eq!(with(json!({ "limit": "income" })), ["not_a_decision at result.limit"]);
    assert_eq!(with(json!({ "limit": "haft" })), ["unknown_name at result.limit"]);
    let mut wrong = policy();
    wrong["affordability"] = json!({ "income": "incme", "obligations": "job", "shareMax": "1.2" });
    assert_eq!(
        faults(&wrong),
        [
            "unknown_name at affordability.income",
            "type_clash at affordability.obligations",
            "out_of_range at affordability.shareMax"
        ]
    );
}

#[test]
fn all_faults_come_at_once() {
    let mut wrong = policy();
    wrong["decisions"] = json!([
        { "name": "a", "formula": "incme + 1" },
        { "name": "b", "table": { "hit": "first", "inputs": ["age"], "rules": [
            { "when": ["< x"], "then": "1" }, { "when": ["< 18", "-"], "then": "y" }] } },
        { "name": "outcome", "table": { "hit": "unique", "inputs": ["a"], "rules": [{ "when": ["-"], "then": "\"eligible\"" }] } }
    ]);
    wrong["messages"]["bad code"] = json!({ "en": "x" });
    assert_eq!(
        faults(&wrong),
        [
            "unknown_name at decisions[0].formula",
            "not_a_literal at decisions[1].table.rules[0].when[0]",
            "inconsistent at decisions[1].table.rules[1].when",
            "not_a_literal at decisions[1].table.rules[1].then",
            "not_a_code at messages.bad code"
        ]
    );
}
