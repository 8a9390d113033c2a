//! Business days (工作日) and how a due date moves to one.

use super::{CivilDate, add_days, packed};
use crate::rules::china_calendar;
use chrono::{Datelike, Weekday};

/// The longest run of days without a business day that a roll crosses. China's longest is 9; a caller's own list that
/// closes more than this leaves the due date where it was.
const CLOSED_DAYS_MAX: i64 = 366;

/// Which days are worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// Monday to Friday.
    Weekends,
    /// China's, with its make-up working days; beyond the announced years Monday to Friday.
    China,
    /// Monday to Friday less `holidays`, and `workdays` in any case.
    Own {
        /// In ascending order.
        holidays: Vec<CivilDate>,
        /// In ascending order.
        workdays: Vec<CivilDate>,
    },
}

/// Which way a due date on a closed day moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Roll {
    /// To the next business day.
    Following,
    /// To the next, unless that lies in another month: then to the one before.
    ModifiedFollowing,
    /// To the business day before.
    Preceding,
}

impl Calendar {
    /// Whether banks work that day.
    #[must_use]
    pub fn is_business_day(&self, date: CivilDate) -> bool {
        let is_weekday = !matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        match self {
            Calendar::Weekends => is_weekday,
            Calendar::China if is_weekday => china_calendar::WEEKDAY_HOLIDAYS.binary_search(&packed(date)).is_err(),
            Calendar::China => china_calendar::WEEKEND_WORKING_DAYS.binary_search(&packed(date)).is_ok(),
            Calendar::Own { holidays, workdays } => {
                workdays.binary_search(&date).is_ok() || (is_weekday && holidays.binary_search(&date).is_err())
            }
        }
    }

    /// Whether the calendar knows that year's holidays.
    #[must_use]
    pub fn knows_year(&self, year: i32) -> bool {
        match self {
            Calendar::China => (china_calendar::YEAR_FIRST..=china_calendar::YEAR_LAST).contains(&year),
            Calendar::Weekends | Calendar::Own { .. } => true,
        }
    }

    /// The business day that a due date rolls to.
    #[must_use]
    pub fn roll(&self, date: CivilDate, roll: Roll) -> CivilDate {
        let nearest = |step: i64| {
            (0..=CLOSED_DAYS_MAX).map(|days| add_days(date, days * step)).find(|day| self.is_business_day(*day))
        };
        let rolled = match roll {
            Roll::Following => nearest(1),
            Roll::Preceding => nearest(-1),
            Roll::ModifiedFollowing => nearest(1).filter(|day| day.month() == date.month()).or_else(|| nearest(-1)),
        };
        rolled.unwrap_or(date)
    }
}
