//! The normalised terms as JSON: every default filled in, options that were not given left out, fields in sorted order
//! (semantics.md section 11).

use super::decode::{ALLOCATIONS, ROUNDING_MODES};
use super::{
    Accrual, Benefit, BusinessDays, Charge, Contingent, Fee, FeeBase, FeeTiming, InterestRate, Interval, Lender,
    LoanTerms, Penalty, PricingComponent, RateStep, Remainder, RepaymentMethod, Settlement,
};
use crate::date::{self, Calendar, CivilDate, DayCount, Roll};
use crate::json::Json;
use crate::money::Currency;
use rust_decimal::Decimal;

impl LoanTerms {
    /// Writes the normalised terms. Reading them again gives the same terms.
    pub fn write(&self, json: &mut Json) {
        let currency = self.currency;
        json.object(|json| {
            json.field("accrual").text(accrual_name(self.accrual));
            json.field("allocation").array(|json| {
                for allocation in self.allocation {
                    json.item().text(name_in(&ALLOCATIONS, allocation));
                }
            });
            if self.balloon > 0 {
                currency.write(self.balloon, json.field("balloon"));
            }
            write_list(json, "benefits", &self.benefits, |json, benefit| write_benefit(json, benefit, currency));
            if let Some(business_days) = &self.business_days {
                write_business_days(json.field("businessDays"), business_days);
            }
            write_list(json, "contingent", &self.contingent, |json, item| write_contingent(json, item, currency));
            json.field("currency").text(self.currency.code());
            date::write(self.disbursement_date, json.field("disbursementDate"));
            if let Some(due_day) = self.due_day {
                json.field("dueDay").integer(i64::from(due_day));
            }
            json.field("every").object(|json| match self.every {
                Interval::Months(months) => json.field("months").integer(i64::from(months)),
                Interval::Weeks(weeks) => json.field("weeks").integer(i64::from(weeks)),
                Interval::Days(days) => json.field("days").integer(i64::from(days)),
            });
            write_list(json, "fees", &self.fees, |json, fee| write_fee(json, fee, currency));
            if let Some(first_due_date) = self.first_due_date {
                date::write(first_due_date, json.field("firstDueDate"));
            }
            json.field("instalmentCount").integer(i64::from(self.instalment_count));
            write_interest(json.field("interest"), self.interest);
            if self.interest_only_instalments > 0 {
                json.field("interestOnlyInstalments").integer(i64::from(self.interest_only_instalments));
            }
            write_list(json, "lenders", &self.lenders, write_lender);
            json.field("method").text(method_name(self.method));
            write_list(json, "pricing", &self.pricing, write_pricing);
            currency.write(self.principal, json.field("principal"));
            if !self.principal_plan.is_empty() {
                self.write_principal_plan(json.field("principalPlan"));
            }
            json.field("rounding").object(|json| {
                if let Some(unit) = self.instalment_unit {
                    currency.write(unit, json.field("instalmentUnit"));
                }
                json.field("mode").text(name_in(&ROUNDING_MODES, self.rounding_mode));
                json.field("remainder").text(remainder_name(self.remainder));
            });
            write_list(json, "steps", &self.steps, write_step);
        });
    }

    pub(super) fn write_principal_plan(&self, json: &mut Json) {
        json.array(|json| {
            for amount in &self.principal_plan {
                self.currency.write(*amount, json.item());
            }
        });
    }
}

/// A rate without trailing zeros. None has more than 12 decimals or is above 1,000, so that its digits fit.
pub(super) fn write_rate(rate: Decimal, json: &mut Json) {
    let (mut digits, mut decimals) = (rate.mantissa() as i64, rate.scale());
    debug_assert_eq!(i128::from(digits), rate.mantissa());
    while decimals > 0 && digits % 10 == 0 {
        digits /= 10;
        decimals -= 1;
    }
    json.decimal(digits, decimals);
}

/// How each part of the terms is called in the contract.
pub(super) fn name_in<T: PartialEq>(names: &[(&'static str, T)], value: T) -> &'static str {
    names.iter().find(|(_, named)| *named == value).map_or("", |(name, _)| name)
}

pub(super) fn accrual_name(accrual: Accrual) -> &'static str {
    match accrual {
        Accrual::Periodic => "periodic",
        Accrual::DayCount(day_count) => name_in(&DayCount::NAMES, day_count),
    }
}

pub(super) fn method_name(method: RepaymentMethod) -> &'static str {
    name_in(&RepaymentMethod::NAMES, method)
}

pub(super) fn remainder_name(remainder: Remainder) -> &'static str {
    match remainder {
        Remainder::Last => "last",
        Remainder::First => "first",
    }
}

pub(super) fn base_name(base: FeeBase) -> &'static str {
    match base {
        FeeBase::Principal => "principal",
        FeeBase::OpeningBalance => "openingBalance",
        FeeBase::Instalment => "instalment",
    }
}

pub(super) fn settlement_name(settlement: Settlement) -> &'static str {
    match settlement {
        Settlement::Paid => "paid",
        Settlement::Deducted => "deducted",
        Settlement::Financed => "financed",
    }
}

pub(super) fn timing_name(timing: FeeTiming) -> &'static str {
    match timing {
        FeeTiming::Disbursement => "disbursement",
        FeeTiming::EachInstalment => "eachInstalment",
        FeeTiming::FirstInstalment => "firstInstalment",
        FeeTiming::LastInstalment => "lastInstalment",
    }
}

/// A list of objects; an empty one is left out, as an option not given.
fn write_list<T>(json: &mut Json, name: &str, items: &[T], write: impl Fn(&mut Json, &T)) {
    if items.is_empty() {
        return;
    }
    write_items(json.field(name), items, write);
}

pub(super) fn write_items<T>(json: &mut Json, items: &[T], write: impl Fn(&mut Json, &T)) {
    json.array(|json| {
        for item in items {
            json.item().object(|json| write(json, item));
        }
    });
}

fn write_option(json: &mut Json, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        json.field(name).text(value);
    }
}

fn write_amount(json: &mut Json, name: &str, amount: Option<i64>, currency: Currency) {
    if let Some(amount) = amount {
        currency.write(amount, json.field(name));
    }
}

fn write_interest(json: &mut Json, interest: InterestRate) {
    json.object(|json| match interest {
        InterestRate::Annual(rate) => write_rate(rate, json.field("annual")),
        InterestRate::Monthly(rate) => write_rate(rate, json.field("monthly")),
        InterestRate::Daily { rate, days_per_year } => {
            write_rate(rate, json.field("daily"));
            json.field("daysPerYear").integer(i64::from(days_per_year));
        }
        InterestRate::Flat(rate) => write_rate(rate, json.field("flat")),
    });
}

pub(super) fn write_lender(json: &mut Json, lender: &Lender) {
    write_option(json, "licence", lender.licence.as_deref());
    json.field("name").text(&lender.name);
    write_rate(lender.share, json.field("share"));
}

pub(super) fn write_pricing(json: &mut Json, part: &PricingComponent) {
    json.field("component").text(&part.component);
    write_rate(part.rate, json.field("rate"));
}

pub(super) fn write_step(json: &mut Json, step: &RateStep) {
    json.field("fromInstalment").integer(i64::from(step.from_instalment));
    write_interest(json.field("interest"), step.interest);
}

pub(super) fn write_business_days(json: &mut Json, business_days: &BusinessDays) {
    json.object(|json| {
        json.field("accrue").boolean(business_days.accrue);
        match &business_days.calendar {
            Calendar::Weekends => json.field("calendar").text("weekends"),
            Calendar::China => json.field("calendar").text("CN"),
            Calendar::Own { holidays, workdays } => json.field("calendar").object(|json| {
                write_days(json.field("holidays"), holidays);
                if !workdays.is_empty() {
                    write_days(json.field("workdays"), workdays);
                }
            }),
        }
        json.field("roll").text(match business_days.roll {
            Roll::Following => "following",
            Roll::ModifiedFollowing => "modifiedFollowing",
            Roll::Preceding => "preceding",
        });
    });
}

fn write_days(json: &mut Json, days: &[CivilDate]) {
    json.array(|json| {
        for day in days {
            date::write(*day, json.item());
        }
    });
}

fn write_fee(json: &mut Json, fee: &Fee, currency: Currency) {
    json.field("charge").object(|json| match fee.charge {
        Charge::Amount(amount) => currency.write(amount, json.field("amount")),
        Charge::Rate { rate, of } => {
            json.field("of").text(base_name(of));
            write_rate(rate, json.field("rate"));
        }
    });
    json.field("code").text(&fee.code);
    json.field("inCost").boolean(fee.in_cost);
    write_option(json, "name", fee.name.as_deref());
    write_option(json, "payee", fee.payee.as_deref());
    json.field("settlement").text(settlement_name(fee.settlement));
    json.field("when").text(timing_name(fee.when));
}

pub(super) fn write_benefit(json: &mut Json, benefit: &Benefit, currency: Currency) {
    match benefit {
        Benefit::InterestFreeInstalments(instalments) => {
            json.field("instalments").integer(i64::from(*instalments));
            json.field("kind").text("interestFree");
        }
        Benefit::InterestFreeDays(days) => {
            json.field("days").integer(i64::from(*days));
            json.field("kind").text("interestFree");
        }
        Benefit::InterestDiscount { factor, instalments, cap } => {
            write_amount(json, "cap", *cap, currency);
            write_rate(*factor, json.field("factor"));
            if let Some(instalments) = instalments {
                json.field("instalments").integer(i64::from(*instalments));
            }
            json.field("kind").text("interestDiscount");
        }
        Benefit::FeeWaiver { fee, cap } => {
            write_amount(json, "cap", *cap, currency);
            json.field("fee").text(fee);
            json.field("kind").text("feeWaiver");
        }
    }
}

pub(super) fn write_contingent(json: &mut Json, item: &Contingent, currency: Currency) {
    match item {
        Contingent::Overdue { penalty, grace_days, compound, payee } => {
            json.field("compound").boolean(*compound);
            if let Penalty::DailyRate(rate) = penalty {
                write_rate(*rate, json.field("dailyRate"));
            }
            json.field("graceDays").integer(i64::from(*grace_days));
            json.field("kind").text("overdue");
            write_option(json, "payee", payee.as_deref());
            if let Penalty::RateFactor(factor) = penalty {
                write_rate(*factor, json.field("rateFactor"));
            }
        }
        Contingent::Misuse { rate_factor, payee } => {
            json.field("kind").text("misuse");
            write_option(json, "payee", payee.as_deref());
            write_rate(*rate_factor, json.field("rateFactor"));
        }
        Contingent::EarlyRepayment { fee_rate, minimum, free_after_instalment, payee } => {
            write_rate(*fee_rate, json.field("feeRate"));
            if let Some(instalment) = free_after_instalment {
                json.field("freeAfterInstalment").integer(i64::from(*instalment));
            }
            json.field("kind").text("earlyRepayment");
            write_amount(json, "minimum", *minimum, currency);
            write_option(json, "payee", payee.as_deref());
        }
    }
}
