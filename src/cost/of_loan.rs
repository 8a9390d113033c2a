//! The cost of a loan (综合融资成本): every annual figure of its schedule, each named after its method.

use super::itemised::Itemised;
use super::{
    LoanFlows, Part, Precision, RateError, RateFigure, Root, UnitFlows, UnitPeriod, effective_of_schedule, irr_near,
};
use crate::date;
use crate::error::LoanError;
use crate::json::Json;
use crate::money::Factor;
use crate::rate::PublishedRate;
use crate::schedule::Schedule;
use crate::terms::{InterestRate, Interval, LoanTerms, Position, RepaymentMethod};
use chrono::Datelike;

/// The rates of a loan (semantics.md section 8), each rounded to 10 decimals from its exact root. They see what the
/// borrower receives and pays because of the loan: fees outside the cost are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// The internal rate of a period: of one interval; for a bullet loan, of its term.
    pub irr_per_period: PublishedRate,
    /// 年化利率（单利）: the rate per period times the periods of a year.
    pub simple_annual: PublishedRate,
    /// 年化利率（复利）: (1 + the rate per period)^periods − 1.
    pub compound_annual: PublishedRate,
    /// Effective, by actual days over 365, with due dates as rolled.
    pub xirr: PublishedRate,
    /// The annual percentage rate of Regulation Z, Appendix J, actuarial method: nominal, due dates not rolled.
    pub us_apr: PublishedRate,
    /// The annual percentage rate of charge of 2008/48/EC and its successor, also the United Kingdom's: effective, due
    /// dates not rolled.
    pub eu_aprc: PublishedRate,
    /// 各息费项目折算年化后加总: each item annualised by itself, then added up.
    pub itemised: Itemised,
}

impl Cost {
    /// The cost of a schedule that was made of these terms.
    ///
    /// # Errors
    /// `no_sign_change` where fees leave nothing to receive, `cost_out_of_range` above 10^6.
    ///
    /// # Example
    /// ```
    /// let wire: clearloan::wire::Wire = serde_json::from_str(
    ///     r#"{ "principal": "10000.00", "interest": { "annual": "0.12" }, "method": "equalInstalment",
    ///          "instalmentCount": 4, "disbursementDate": "2026-11-24", "firstDueDate": "2027-01-10" }"#,
    /// )?;
    /// let terms = clearloan::LoanTerms::from_wire(&wire)?;
    /// let cost = clearloan::cost::Cost::of(&terms, &clearloan::Schedule::of(&terms)?)?;
    /// assert_eq!(cost.us_apr.to_string(), "0.1197871464");
    /// assert_eq!(cost.eu_aprc.to_string(), "0.1269682512");
    /// assert_eq!(cost.itemised.items[0].code, "interest");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(terms: &LoanTerms, schedule: &Schedule) -> Result<Cost, LoanError> {
        Cost::with(terms, schedule, Precision::Published)
    }

    /// The same with every rate rounded to so many decimals, ten at most, from its exact root: as laws want rates shown. Only
    /// the total of the items is a sum, here of what is rounded here.
    ///
    /// # Errors
    /// Those of [`Cost::of`].
    pub(crate) fn to_decimals(terms: &LoanTerms, schedule: &Schedule, decimals: u32) -> Result<Cost, LoanError> {
        Cost::with(terms, schedule, Precision::Decimals(decimals))
    }

    fn with(terms: &LoanTerms, schedule: &Schedule, precision: Precision) -> Result<Cost, LoanError> {
        Reckoning::of(terms, schedule, precision).cost().map_err(|error| error.at(""))
    }

    /// Writes the rates, fields in sorted order.
    pub fn write(&self, json: &mut Json) {
        json.object(|json| {
            self.compound_annual.write(json.field("compoundAnnual"));
            self.eu_aprc.write(json.field("euAprc"));
            self.irr_per_period.write(json.field("irrPerPeriod"));
            self.itemised.write(json.field("itemised"));
            self.simple_annual.write(json.field("simpleAnnual"));
            self.us_apr.write(json.field("usApr"));
            self.xirr.write(json.field("xirr"));
        });
    }
}

/// What the rates of a loan are reckoned from. Most loans need few roots: where two laws place every payment alike, one
/// root serves both; and each search begins at a root that is known to lie near.
pub(super) struct Reckoning<'a> {
    pub terms: &'a LoanTerms,
    pub schedule: &'a Schedule,
    /// What the borrower pays because of the loan, row by row.
    pub payments: Vec<i64>,
    /// Where the terms place the first payment, besides whole periods.
    part: Part,
    precision: Precision,
}

impl<'a> Reckoning<'a> {
    fn of(terms: &'a LoanTerms, schedule: &'a Schedule, precision: Precision) -> Self {
        let payments = schedule.instalments.iter().map(|row| row.payment - row.outside_cost).collect();
        let Factor { numerator, denominator } = schedule.first_position.fraction;
        let part = Part::new(numerator as u32, denominator as u32).unwrap_or(Part::NONE);
        Reckoning { terms, schedule, payments, part, precision }
    }

    fn cost(self) -> Result<Cost, RateError> {
        let root =
            irr_near(self.unit_flows(self.schedule.cost_at_disbursement, &self.payments), self.contract_theta())?;
        let year_theta = root.theta() * self.periods_per_year();
        let simple_annual = self.nominal(&root)?;
        let (numerator, denominator) = self.per_year();
        let compound_annual = root.figure_with(RateFigure::Compounded(numerator, denominator), self.precision)?;
        let (us_apr, eu_aprc) = self.by_law(&root, simple_annual, compound_annual, year_theta)?;
        let irr_per_period = root.figure_with(RateFigure::Rate, self.precision)?;
        let xirr = self.xirr(year_theta)?;
        let itemised = Itemised::of(self, simple_annual)?;
        Ok(Cost { irr_per_period, simple_annual, compound_annual, xirr, us_apr, eu_aprc, itemised })
    }

    /// Flows one period apart, placed as the terms place the payments.
    fn unit_flows<'f>(&self, at_start: i64, payments: &'f [i64]) -> UnitFlows<'f> {
        UnitFlows { at_start, payments, first_whole: self.schedule.first_position.whole, part: self.part }
    }

    /// The rate per period times the periods of a year.
    fn nominal(&self, root: &Root) -> Result<PublishedRate, RateError> {
        let (numerator, denominator) = self.per_year();
        root.figure_with(RateFigure::Times(numerator, denominator), self.precision)
    }

    /// The same of flows of their own, looked for from `start` on.
    #[inline(never)]
    pub fn nominal_of(&self, at_start: i64, payments: &[i64], start: f64) -> Result<PublishedRate, RateError> {
        self.nominal(&irr_near(self.unit_flows(at_start, payments), start)?)
    }

    /// 12 ÷ months, 52 ÷ weeks, 365 ÷ days, or a term's inverse: all are small.
    fn per_year(&self) -> (u64, u64) {
        let per_year = self.schedule.periods_per_year;
        (per_year.numerator as u64, per_year.denominator as u64)
    }

    fn periods_per_year(&self) -> f64 {
        let (numerator, denominator) = self.per_year();
        numerator as f64 / denominator as f64
    }

    /// ln(1 + the contract's rate per period): without fees and with interest on the balance the root is this, but for the
    /// rounding of amounts. Only a place to start from.
    pub fn contract_theta(&self) -> f64 {
        let (rate, per_year) = match self.terms.interest {
            InterestRate::Annual(rate) => (rate, 1.0),
            InterestRate::Monthly(rate) => (rate, 12.0),
            InterestRate::Daily { rate, days_per_year } => (rate, f64::from(days_per_year)),
            InterestRate::Flat(rate) => (rate, self.periods_per_year()),
        };
        let scale = (0..rate.scale()).fold(1.0, |scale, _| scale * 10.0);
        libm::log1p(rate.mantissa() as i64 as f64 / scale * per_year / self.periods_per_year())
    }

    /// The rates of the United States and of Europe.
    fn by_law(
        &self,
        root: &Root,
        simple_annual: PublishedRate,
        compound_annual: PublishedRate,
        year_theta: f64,
    ) -> Result<(PublishedRate, PublishedRate), RateError> {
        let every = self.terms.every;
        let has_several = self.payments.iter().filter(|&&payment| payment != 0).nth(1).is_some();
        let is_simple = has_several && UnitPeriod::of(every) != UnitPeriod::Year;
        let is_compound = self.is_by_whole_intervals();
        let mut rates = (simple_annual, compound_annual);
        if !(is_simple && is_compound) {
            let due_dates: Vec<_> = self.schedule.instalments.iter().map(|row| row.unrolled_due_date).collect();
            let flows = LoanFlows {
                at_start: self.schedule.cost_at_disbursement,
                disbursement_date: self.schedule.disbursement_date,
                payments: &self.payments,
                due_dates: &due_dates,
                every,
            };
            if !is_simple {
                rates.0 = flows.us_apr_with(root, self.precision)?;
            }
            if !is_compound {
                rates.1 = flows.eu_aprc_with(root, year_theta, self.precision)?;
            }
        }
        Ok(rates)
    }

    /// Whether every payment certainly lies whole intervals of months or weeks after the disbursement, so that the time of
    /// the directive is the number of intervals: the European rate is then the compound one. Where this says no, the dates
    /// themselves are asked.
    fn is_by_whole_intervals(&self) -> bool {
        let (terms, schedule) = (self.terms, self.schedule);
        // A bullet loan's period is its term, whatever its dates.
        if schedule.first_position != Position::ONE || terms.method == RepaymentMethod::Bullet {
            return false;
        }
        match terms.every {
            Interval::Months(_) => {
                let is_counted_from_disbursement = terms.first_due_date.is_none() && terms.due_day.is_none();
                let day = terms.disbursement_date.day();
                // A day that every month has is never cut. On another day the first period may be 30 days, a month of
                // Appendix J that is none of the directive's.
                is_counted_from_disbursement
                    || (day <= 28
                        && terms.due_day.is_none_or(|due_day| due_day == day)
                        && terms.first_due_date.is_none_or(|first| first.day() == day))
            }
            Interval::Weeks(_) => true,
            Interval::Days(_) => false,
        }
    }

    fn xirr(&self, year_theta: f64) -> Result<PublishedRate, RateError> {
        let rows = &self.schedule.instalments;
        let mut days = Vec::with_capacity(rows.len());
        if self.terms.business_days.is_none() {
            // Nothing is rolled: each period ends on its due date.
            let mut sum = 0;
            days.extend(rows.iter().map(|row| {
                sum += row.days;
                sum
            }));
        } else {
            // Checked terms put every due date after the disbursement.
            let days_to = |due_date| date::days_between(self.schedule.disbursement_date, due_date).max(0) as u32;
            days.extend(rows.iter().map(|row| days_to(row.due_date)));
        }
        let root =
            effective_of_schedule(self.schedule.cost_at_disbursement, &self.payments, &days, 365, year_theta / 365.0)?;
        root.figure_with(RateFigure::Rate, self.precision)
    }
}
