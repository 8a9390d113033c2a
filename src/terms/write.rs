//! The normalised terms as JSON: every default filled in, options that were not given left out, fields in sorted order
//! (semantics.md section 11).

use super::decode::{ALLOCATIONS, ROUNDING_MODES};
use super::{
    Accrual, Benefit, BusinessDays, Charge, Contingent, Fee, FeeBase, FeeTiming, InterestRate, Interval, LoanTerms,
    Penalty, Remainder, RepaymentMethod, Settlement,
};
use crate::date::{self, Calendar, CivilDate, DayCount, Roll};
use crate::json::Json;
use rust_decimal::Decimal;

impl LoanTerms {
    /// Writes the normalised terms. Reading them again gives the same terms.
    pub fn write(&self, json: &mut Json) {
        let money = |amount: i64| self.currency.format(amount);
        json.object(|json| {
            json.field("accrual").text(accrual_name(self.accrual));
            json.field("allocation").array(|json| {
                for allocation in self.allocation {
                    json.item().text(name_in(&ALLOCATIONS, allocation));
                }
            });
            if self.balloon > 0 {
                json.field("balloon").text(&money(self.balloon));
            }
            write_list(json, "benefits", &self.benefits, |json, benefit| write_benefit(json, benefit, &money));
            if let Some(business_days) = &self.business_days {
                write_business_days(json.field("businessDays"), business_days);
            }
            write_list(json, "contingent", &self.contingent, |json, item| write_contingent(json, item, &money));
            json.field("currency").text(self.currency.code());
            json.field("disbursementDate").text(&date::format(self.disbursement_date));
            if let Some(due_day) = self.due_day {
                json.field("dueDay").integer(i64::from(due_day));
            }
            json.field("every").object(|json| match self.every {
                Interval::Months(months) => json.field("months").integer(i64::from(months)),
                Interval::Weeks(weeks) => json.field("weeks").integer(i64::from(weeks)),
                Interval::Days(days) => json.field("days").integer(i64::from(days)),
            });
            write_list(json, "fees", &self.fees, |json, fee| write_fee(json, fee, &money));
            if let Some(first_due_date) = self.first_due_date {
                json.field("firstDueDate").text(&date::format(first_due_date));
            }
            json.field("instalmentCount").integer(i64::from(self.instalment_count));
            write_interest(json.field("interest"), self.interest);
            if self.interest_only_instalments > 0 {
                json.field("interestOnlyInstalments").integer(i64::from(self.interest_only_instalments));
            }
            write_list(json, "lenders", &self.lenders, |json, lender| {
                write_option(json, "licence", lender.licence.as_deref());
                json.field("name").text(&lender.name);
                json.field("share").text(&plain(lender.share));
            });
            json.field("method").text(name_in(&RepaymentMethod::NAMES, self.method));
            write_list(json, "pricing", &self.pricing, |json, part| {
                json.field("component").text(&part.component);
                json.field("rate").text(&plain(part.rate));
            });
            json.field("principal").text(&money(self.principal));
            if !self.principal_plan.is_empty() {
                json.field("principalPlan").array(|json| {
                    for amount in &self.principal_plan {
                        json.item().text(&money(*amount));
                    }
                });
            }
            json.field("rounding").object(|json| {
                if let Some(unit) = self.instalment_unit {
                    json.field("instalmentUnit").text(&money(unit));
                }
                json.field("mode").text(name_in(&ROUNDING_MODES, self.rounding_mode));
                json.field("remainder").text(match self.remainder {
                    Remainder::Last => "last",
                    Remainder::First => "first",
                });
            });
            write_list(json, "steps", &self.steps, |json, step| {
                json.field("fromInstalment").integer(i64::from(step.from_instalment));
                write_interest(json.field("interest"), step.interest);
            });
        });
    }
}

/// A rate without trailing zeros.
fn plain(rate: Decimal) -> String {
    rate.normalize().to_string()
}

fn name_in<T: PartialEq>(names: &[(&'static str, T)], value: T) -> &'static str {
    names.iter().find(|(_, named)| *named == value).map_or("", |(name, _)| name)
}

fn accrual_name(accrual: Accrual) -> &'static str {
    match accrual {
        Accrual::Periodic => "periodic",
        Accrual::DayCount(day_count) => name_in(&DayCount::NAMES, day_count),
    }
}

/// A list of objects; an empty one is left out, as an option not given.
fn write_list<T>(json: &mut Json, name: &str, items: &[T], write: impl Fn(&mut Json, &T)) {
    if items.is_empty() {
        return;
    }
    json.field(name).array(|json| {
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

fn write_amount(json: &mut Json, name: &str, amount: Option<i64>, money: &dyn Fn(i64) -> String) {
    if let Some(amount) = amount {
        json.field(name).text(&money(amount));
    }
}

fn write_interest(json: &mut Json, interest: InterestRate) {
    json.object(|json| match interest {
        InterestRate::Annual(rate) => json.field("annual").text(&plain(rate)),
        InterestRate::Monthly(rate) => json.field("monthly").text(&plain(rate)),
        InterestRate::Daily { rate, days_per_year } => {
            json.field("daily").text(&plain(rate));
            json.field("daysPerYear").integer(i64::from(days_per_year));
        }
        InterestRate::Flat(rate) => json.field("flat").text(&plain(rate)),
    });
}

fn write_business_days(json: &mut Json, business_days: &BusinessDays) {
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
            json.item().text(&date::format(*day));
        }
    });
}

fn write_fee(json: &mut Json, fee: &Fee, money: &dyn Fn(i64) -> String) {
    json.field("charge").object(|json| match fee.charge {
        Charge::Amount(amount) => json.field("amount").text(&money(amount)),
        Charge::Rate { rate, of } => {
            json.field("of").text(match of {
                FeeBase::Principal => "principal",
                FeeBase::OpeningBalance => "openingBalance",
                FeeBase::Instalment => "instalment",
            });
            json.field("rate").text(&plain(rate));
        }
    });
    json.field("code").text(&fee.code);
    json.field("inCost").boolean(fee.in_cost);
    write_option(json, "name", fee.name.as_deref());
    write_option(json, "payee", fee.payee.as_deref());
    json.field("settlement").text(match fee.settlement {
        Settlement::Paid => "paid",
        Settlement::Deducted => "deducted",
        Settlement::Financed => "financed",
    });
    json.field("when").text(match fee.when {
        FeeTiming::Disbursement => "disbursement",
        FeeTiming::EachInstalment => "eachInstalment",
        FeeTiming::FirstInstalment => "firstInstalment",
        FeeTiming::LastInstalment => "lastInstalment",
    });
}

fn write_benefit(json: &mut Json, benefit: &Benefit, money: &dyn Fn(i64) -> String) {
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
            write_amount(json, "cap", *cap, money);
            json.field("factor").text(&plain(*factor));
            if let Some(instalments) = instalments {
                json.field("instalments").integer(i64::from(*instalments));
            }
            json.field("kind").text("interestDiscount");
        }
        Benefit::FeeWaiver { fee, cap } => {
            write_amount(json, "cap", *cap, money);
            json.field("fee").text(fee);
            json.field("kind").text("feeWaiver");
        }
    }
}

fn write_contingent(json: &mut Json, item: &Contingent, money: &dyn Fn(i64) -> String) {
    match item {
        Contingent::Overdue { penalty, grace_days, compound, payee } => {
            json.field("compound").boolean(*compound);
            if let Penalty::DailyRate(rate) = penalty {
                json.field("dailyRate").text(&plain(*rate));
            }
            json.field("graceDays").integer(i64::from(*grace_days));
            json.field("kind").text("overdue");
            write_option(json, "payee", payee.as_deref());
            if let Penalty::RateFactor(factor) = penalty {
                json.field("rateFactor").text(&plain(*factor));
            }
        }
        Contingent::Misuse { rate_factor, payee } => {
            json.field("kind").text("misuse");
            write_option(json, "payee", payee.as_deref());
            json.field("rateFactor").text(&plain(*rate_factor));
        }
        Contingent::EarlyRepayment { fee_rate, minimum, free_after_instalment, payee } => {
            json.field("feeRate").text(&plain(*fee_rate));
            if let Some(instalment) = free_after_instalment {
                json.field("freeAfterInstalment").integer(i64::from(*instalment));
            }
            json.field("kind").text("earlyRepayment");
            write_amount(json, "minimum", *minimum, money);
            write_option(json, "payee", payee.as_deref());
        }
    }
}
