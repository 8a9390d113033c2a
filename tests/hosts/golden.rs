//! The golden vectors: calls of every kind, with the native engine's answers.

use crate::common::generate;
use crate::common::{EXPLAINED_FIGURES, loan_a, loan_a_with, merged, vectors};
use clearloan::request;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

/// Generated loans beside those worked by hand.
const GENERATED: u64 = 120;
/// Of each file of vectors, every so manieth case: enough to see each feature and each kind of error on each host.
const EVERY: usize = 4;

/// One call and what it answers, as a line of JSON.
struct Golden {
    lines: String,
    /// Answers by call: how many are results, how many errors.
    counts: BTreeMap<String, [u32; 2]>,
}

impl Golden {
    fn add(&mut self, call: &str, arguments: Value) -> Value {
        let answer = request::answer(&json!({ "call": call, "arguments": arguments }).to_string());
        let answer: Value = serde_json::from_str(&answer).expect("an answer is JSON");
        let counts = self.counts.entry(call.to_owned()).or_default();
        counts[usize::from(answer.get("ok").is_none())] += 1;
        let line = json!({ "call": call, "arguments": arguments, "answer": answer });
        writeln!(self.lines, "{line}").expect("a line");
        answer["ok"].clone()
    }
}

#[test]
fn what_the_native_engine_answers_is_written_down() {
    let mut golden = Golden { lines: String::new(), counts: BTreeMap::new() };
    golden.add("version", json!([]));
    quotes(&mut golden);
    disclosures(&mut golden);
    prechecks(&mut golden);
    replays(&mut golden);
    reminders(&mut golden);
    standalone(&mut golden);
    for call in [
        "quote",
        "fingerprint",
        "verify",
        "disclose",
        "usTolerance",
        "alipayCostDisclosure",
        "checkMarketing",
        "explain",
        "loadPolicy",
        "precheck",
        "healthScore",
        "replay",
        "remind",
        "hostCalendar",
        "subscribeMessages",
        "agenda",
    ] {
        let [results, errors] = golden.counts.get(call).copied().unwrap_or_default();
        assert!(results > 0 && errors > 0, "{call}: {results} results and {errors} errors");
    }
    // Written beside and then renamed, so that a reader never sees half a file.
    let path = format!("{}/golden.jsonl", env!("CARGO_TARGET_TMPDIR"));
    fs::write(format!("{path}.new"), golden.lines).expect("a file");
    fs::rename(format!("{path}.new"), path).expect("a new name");
}

fn quotes(golden: &mut Golden) {
    let worked = vectors("exact_fractions.json");
    let worked = worked["cases"].as_array().expect("cases").iter().step_by(EVERY).map(|case| case["terms"].clone());
    for terms in worked.chain((0..GENERATED).map(generate::terms)) {
        let quote = golden.add("quote", json!([terms]));
        golden.add("quote", json!([terms, { "instalments": false }]));
        golden.add("fingerprint", json!([terms]));
        if quote.is_object() {
            golden.add("verify", json!([quote]));
        }
    }
    let invalid = vectors("invalid_terms.json");
    for case in invalid["cases"].as_array().expect("cases").iter().step_by(EVERY) {
        for call in ["quote", "fingerprint"] {
            golden.add(call, json!([case["terms"]]));
        }
    }
    let mut tampered = golden.add("quote", json!([loan_a()]));
    tampered["schedule"]["instalments"][2]["interest"] = json!("50.51");
    golden.add("verify", json!([tampered]));
    golden.add("verify", json!([{ "cost": {} }]));
}

/// Terms with what the tables of the regimes show: fees of several payees, a discount, what default would cost.
fn rich_terms() -> Value {
    loan_a_with(json!({
        "instalmentCount": 12, "dueDay": 10, "principal": "20000.00", "interest": { "annual": "0.18" },
        "fees": [
            { "code": "service", "name": "服务费", "payee": "甲平台", "charge": { "rate": "0.01", "of": "principal" },
              "when": "disbursement", "settlement": "deducted" },
            { "code": "guarantee", "name": "担保费 <&>", "payee": "乙担保", "charge": { "rate": "0.002", "of": "openingBalance" },
              "when": "eachInstalment" },
        ],
        "benefits": [{ "kind": "interestDiscount", "factor": "0.8", "instalments": 3 }],
        "contingent": [{ "kind": "overdue", "rateFactor": "1.5", "graceDays": 3 }, { "kind": "misuse", "rateFactor": "2" },
                       { "kind": "earlyRepayment", "feeRate": "0.01", "minimum": "1.00", "freeAfterInstalment": 6 }],
        "lenders": [{ "name": "甲银行", "share": "0.7" }, { "name": "乙消费金融", "share": "0.3" }],
        "pricing": [{ "component": "funding", "rate": "0.04" }, { "component": "risk", "rate": "0.14" }],
    }))
}

fn disclosures(golden: &mut Golden) {
    let on = "2026-11-24";
    for terms in [rich_terms(), loan_a(), generate::terms(7), merged(loan_a(), json!({ "principal": null }))] {
        for regime in ["CN", "US", "EU", "UK", "IN", "MARS"] {
            for locale in ["zh-CN", "en"] {
                golden.add("disclose", json!([terms, { "regime": regime, "on": on, "locale": locale, "lender": 1 }]));
                golden.add("disclose", json!([terms, { "regime": regime, "on": on, "locale": locale }]));
            }
        }
        for figure in EXPLAINED_FIGURES.into_iter().chain(["weather"]) {
            for locale in [json!("zh-CN"), json!("en"), Value::Null] {
                golden.add("explain", json!([terms, figure, locale]));
            }
        }
        for apr in ["0.12", "0.1991", "x"] {
            golden.add("usTolerance", json!([terms, apr]));
        }
        golden.add("alipayCostDisclosure", json!([terms, { "on": on, "lender": "甲银行" }]));
        golden.add("alipayCostDisclosure", json!([terms, { "lender": "" }]));
    }
    for text in ["日息低至0.02%，年化利率7.3%", "零门槛 秒到账 利率低至3%", "按时还款，珍惜信用。😀", ""]
    {
        golden.add("checkMarketing", json!([text, on]));
    }
    golden.add("checkMarketing", json!([5, "2026-02-30"]));
}

fn policy(name: &str) -> Value {
    let path = format!("{}/policies/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&fs::read_to_string(path).expect("a policy")).expect("JSON")
}

fn prechecks(golden: &mut Golden) {
    let facts = json!({
        "age": 30, "student": false, "employment": "employed", "monthlyIncome": "12000.00", "monthlyObligations": "1000.00",
        "householdCredit": "0.00", "existingLoans": 0, "overdueNow": false, "overdueTimes": 0, "purpose": "renovation",
        "lenderType": "bank",
    });
    let credit = policy("consumer-credit");
    let changes = [
        json!({}),
        json!({ "age": 17 }),
        json!({ "student": true }),
        json!({ "monthlyIncome": "2000.00" }),
        json!({ "monthlyIncome": null }),
        json!({ "overdueNow": true }),
        json!({ "overdueTimes": 4 }),
        json!({ "existingLoans": 9 }),
        json!({ "purpose": "gambling" }),
        json!({ "age": "thirty", "weather": "fair" }),
    ];
    for change in changes {
        let facts = merged(facts.clone(), change);
        for options in [
            Value::Null,
            json!({ "on": "2026-11-24", "locale": "en" }),
            json!({ "terms": loan_a(), "on": "2026-11-24" }),
            json!({ "terms": merged(rich_terms(), json!({ "principal": "90000.00" })), "locale": "zh-CN" }),
        ] {
            golden.add("precheck", json!([credit, facts, options]));
        }
    }
    for name in ["consumer-credit", "dynamic-limit", "financial-health", "dmn-lending"] {
        golden.add("loadPolicy", json!([policy(name)]));
        golden.add("loadPolicy", json!([merged(policy(name), json!({ "result": null, "surprise": 1 }))]));
        golden.add("precheck", json!([merged(policy(name), json!({ "decisions": [] })), facts]));
    }
    golden.add("precheck", json!([{ "fingerprint": "00" }, facts]));
    let person = json!({
        "age": 35, "student": false, "monthlyIncome": "10000", "monthlySpending": "4000", "monthlyDebtPayments": "2000",
        "savings": "24000", "latePayments": 0, "creditLimit": "20000", "creditUsed": "6000",
        "netCashFlows": ["2000", "2000", "2000"],
    });
    for change in [
        json!({}),
        json!({ "age": 19, "student": true }),
        json!({ "netCashFlows": ["-9000", "9000", "-9000"], "savings": "0" }),
        json!({ "latePayments": 9 }),
        json!({ "savings": null }),
        json!({ "age": "x" }),
    ] {
        for options in [Value::Null, json!({ "locale": "en" }), json!({ "policy": policy("financial-health") })] {
            golden.add("healthScore", json!([merged(person.clone(), change.clone()), options]));
        }
    }
}

/// Histories of loan A: each kind of event alone, and all together.
fn histories() -> Vec<Value> {
    let payment = json!({ "kind": "payment", "date": "2026-12-24", "amount": "2562.81" });
    let prepayment =
        |keep: &str| json!({ "kind": "prepayment", "date": "2027-01-10", "amount": "2000.00", "keep": keep });
    let rate_change = json!({ "kind": "rateChange", "date": "2027-01-10", "interest": { "annual": "0.09" } });
    let deferral =
        |interest: &str| json!({ "kind": "deferral", "fromInstalment": 2, "instalments": 1, "interest": interest });
    let benefit = json!({ "kind": "benefit", "date": "2027-01-15",
                          "benefit": { "kind": "interestDiscount", "factor": "0.5" } });
    let all = json!({ "kind": "prepayment", "date": "2027-01-10", "amount": "all", "keep": "term" });
    vec![
        json!([]),
        json!([payment]),
        json!([payment, prepayment("term")]),
        json!([payment, prepayment("payment")]),
        json!([payment, all]),
        json!([payment, rate_change]),
        json!([payment, deferral("collect")]),
        json!([payment, deferral("capitalise"), benefit]),
        json!([payment, prepayment("term"), rate_change, benefit]),
        json!([{ "kind": "payment", "date": "2027-02-03", "amount": "1000.00" }]),
        json!([{ "kind": "payment", "date": "2026-01-01", "amount": "x" }, { "kind": "?" }]),
    ]
}

fn replays(golden: &mut Golden) {
    let late = json!({ "contingent": [{ "kind": "overdue", "rateFactor": "1.5", "compound": true },
                                      { "kind": "earlyRepayment", "feeRate": "0.01" }] });
    let equal_principal = json!({ "method": "equalPrincipal" });
    for terms in [loan_a(), loan_a_with(late), loan_a_with(equal_principal), rich_terms()] {
        for events in histories() {
            for as_of in ["2026-12-30", "2027-02-03", "2027-06-01"] {
                golden.add("replay", json!([terms, events, as_of]));
            }
        }
    }
    golden.add("replay", json!([loan_a(), [], "yesterday"]));
}

fn reminders(golden: &mut Golden) {
    let month_ends = loan_a_with(json!({ "disbursementDate": "2026-12-31", "dueDay": 31, "instalmentCount": 6 }));
    for terms in [loan_a(), month_ends.clone(), rich_terms()] {
        for options in [
            json!({ "today": "2027-01-10", "loanId": "A" }),
            json!({ "today": "2027-01-10", "loanId": "A", "locale": "en", "title": "Loan, \"kitchen\"; \\ 😀", "at": "09:00",
                    "payday": 15, "daysBefore": [7, 0], "utcOffset": "-03:30", "url": "https://lender.example/a?b=c" }),
            json!({ "today": "2027-13-10", "loanId": "", "at": "9" }),
        ] {
            for events in histories() {
                let plan = golden.add("remind", json!([terms, options, events]));
                if !plan.is_object() {
                    continue;
                }
                for host in ["wechat", "douyin", "alipay", "jd", "fax"] {
                    golden.add("hostCalendar", json!([plan, host]));
                    let fields = json!({ "thing1": "loan", "amount2": "amount", "date3": "dueDate" });
                    golden.add("subscribeMessages", json!([plan, host, [{ "id": "T1", "fields": fields }]]));
                }
            }
        }
    }
    let loans = json!([{ "loanId": "A", "terms": loan_a() }, { "loanId": "B", "terms": month_ends, "events": [] }]);
    for options in [
        json!({ "today": "2027-01-10" }),
        json!({ "today": "2027-01-10", "payday": 15 }),
        json!({ "today": "2027-01-31", "payday": 31 }),
        json!({ "today": "?", "payday": 0 }),
    ] {
        golden.add("agenda", json!([loans, options]));
    }
}

/// Offers, and figures for callers with numbers of their own.
fn standalone(golden: &mut Golden) {
    let grid = json!({ "principal": ["5000.00", "20000.00"], "instalmentCount": [6, 12], "annual": ["0.12", "0.24"] });
    for terms in [loan_a(), rich_terms(), json!({})] {
        golden.add("sweep", json!([terms, grid]));
        golden.add("compare", json!([[{ "id": "a", "terms": terms }, { "id": "b", "terms": loan_a() }]]));
    }
    for interest in [json!({ "flat": "0.006" }), json!({ "daily": "0.0005" }), json!({ "weekly": "1" })] {
        golden.add("translateRate", json!([merged(interest, json!({ "instalmentCount": 12 }))]));
    }
    for amounts in [json!(["-1000.00", "1100.00"]), json!(["-100", "60", "60"]), json!(["1", "2"]), json!("x")] {
        golden.add("irr", json!([amounts]));
        let flow = |(amount, date): (&Value, &str)| json!({ "date": date, "amount": amount });
        let days = ["2026-01-31", "2026-02-28", "2027-02-28"];
        let flows: Vec<Value> = amounts.as_array().into_iter().flatten().zip(days).map(flow).collect();
        golden.add("xirr", json!([flows, "actual/365"]));
    }
    for convention in ["actual/360", "actual/actual-isda", "30/360", "30E/360-isda", "periodic"] {
        golden.add("yearFraction", json!(["2027-12-20", "2028-02-29", convention, null]));
    }
    golden.add("tvm.pmt", json!(["0.01", 12, "20000", null, null]));
    golden.add("tvm.rate", json!([12, "-1833.60", "20000", "0", 0]));
    golden.add("tvm.nper", json!(["0", "0", "20000"]));
    golden.add("tvm.effective", json!(["0.12", 12]));
}
