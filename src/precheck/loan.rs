//! The loan that is asked for, and the same loan with another principal or another number of instalments.

use crate::error::LoanError;
use crate::schedule::Schedule;
use crate::terms::LoanTerms;
use crate::wire::Wire;

/// A loan as its caller asks for it, with its schedule.
pub(crate) struct Loan<'t> {
    wire: Wire<'t>,
    pub terms: LoanTerms,
    pub schedule: Schedule,
}

impl<'t> Loan<'t> {
    /// # Errors
    /// Those of [`LoanTerms::from_wire`] and [`Schedule::of`].
    #[inline(never)]
    pub(crate) fn of(wire: Wire<'t>) -> Result<Loan<'t>, LoanError> {
        let terms = LoanTerms::from_wire(&wire)?;
        let schedule = Schedule::of(&terms)?;
        Ok(Loan { wire, terms, schedule })
    }

    /// Whether the terms fit another principal at all: a plan of principal parts fits its own sum only.
    pub(crate) fn has_free_principal(&self) -> bool {
        self.terms.principal_plan.is_empty()
    }

    /// The changed request goes through the same door as every other, with all its limits.
    pub(crate) fn with_principal(&self, principal: i64) -> Result<Loan<'t>, LoanError> {
        self.with("principal", Wire::Text(self.terms.currency().format(principal).into()))
    }

    pub(crate) fn with_instalment_count(&self, count: u32) -> Result<Loan<'t>, LoanError> {
        self.with("instalmentCount", Wire::Number(count.into()))
    }

    #[inline(never)]
    fn with(&self, name: &str, value: Wire<'t>) -> Result<Loan<'t>, LoanError> {
        let mut wire = self.wire.clone();
        if let Wire::Map(fields) = &mut wire {
            for (field, old) in fields.iter_mut() {
                if field == name {
                    *old = value.clone();
                }
            }
        }
        Loan::of(wire)
    }
}

/// The same problems, named as parts of the options.
pub(crate) fn in_options(mut error: LoanError) -> LoanError {
    for issue in &mut error.issues {
        let point = if issue.field.is_empty() { "" } else { "." };
        issue.field = ["options.terms", point, &issue.field].concat();
    }
    error
}
