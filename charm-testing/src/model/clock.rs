//! The model's own time.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Model;

/// A moment of the model: it moves only when the model says so (a back-off waited for), never with the machine's
/// clock, so that one seed is one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Moment(Duration);

/// 2026-01-01T00:00:00Z, in seconds of Unix time: where every model's time starts.
const START: u64 = 1_767_225_600;

impl Moment {
    /// This moment moved by `delay`.
    #[must_use]
    pub fn after(self, delay: Duration) -> Self {
        Self(self.0.saturating_add(delay))
    }

    /// How long after the model's start this is.
    pub fn since_start(self) -> Duration {
        self.0
    }

    /// The moment of a number of seconds of Unix time; what lies before the model's start is its start.
    pub(crate) fn from_unix(seconds: u64) -> Self {
        Self(Duration::from_secs(seconds.saturating_sub(START)))
    }

    /// The same time of day so many months later; where that month is too short, the days run over into the next, as
    /// they do in Juju.
    pub(crate) fn months_later(self, months: u64) -> Self {
        let seconds = START.saturating_add(self.0.as_secs());
        let (year, month, day) = civil(seconds / 86_400);
        let month = month - 1 + months;
        let days = days_before(year + month / 12, month % 12 + 1) + day - 1;
        Self::from_unix(days * 86_400 + seconds % 86_400)
    }

    /// The moment as RFC 3339 has it: `2026-01-01T00:00:00Z`.
    pub(crate) fn rfc3339(self) -> String {
        self.to_string().replacen(' ', "T", 1)
    }
}

impl Model {
    /// Lets time pass. What becomes due by it runs at the next [`Model::next`]: retries, update-status, what secrets
    /// ask for.
    pub fn advance(&mut self, duration: Duration) {
        self.advance_to(self.now.after(duration));
    }

    /// Lets time pass until a moment; one that is over already changes nothing.
    pub fn advance_to(&mut self, moment: Moment) {
        self.now = self.now.max(moment);
        self.ring_alarms();
        self.end_leases();
    }
}

/// The days of each month.
fn months(year: u64) -> [u64; 12] {
    let leap = (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

/// The days from 1970-01-01 to the first of a month.
pub(crate) fn days_before(year: u64, month: u64) -> u64 {
    let years: u64 = (1970..year).map(|year| months(year).iter().sum::<u64>()).sum();
    years + months(year).iter().take(usize::try_from(month - 1).unwrap_or(0)).sum::<u64>()
}

impl fmt::Display for Moment {
    /// As Juju prints times for programs: `2026-01-01 00:00:00Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = START.saturating_add(self.0.as_secs());
        let (year, month, day) = civil(seconds / 86_400);
        let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        write!(f, "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}Z")
    }
}

/// Year, month and day of a number of days since 1970-01-01, counted year by year: models live for hours, not for
/// ages, so nothing cleverer is needed.
fn civil(mut days: u64) -> (u64, u64, u64) {
    let mut year = 1970;
    loop {
        let length = months(year).iter().sum();
        if days < length {
            break;
        }
        days -= length;
        year += 1;
    }
    let mut month = 1;
    for length in months(year) {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    (year, month, days + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_read_as_dates() {
        assert_eq!(Moment::default().to_string(), "2026-01-01 00:00:00Z");
        let later = Moment::default().after(Duration::from_secs((31 + 27) * 86_400 + 3_661));
        assert_eq!(later.to_string(), "2026-02-28 01:01:01Z");
        let leap_day = Moment::default().after(Duration::from_secs((365 * 2 + 31 + 28) * 86_400));
        assert_eq!(leap_day.to_string(), "2028-02-29 00:00:00Z");
        assert_eq!(leap_day.months_later(12).to_string(), "2029-03-01 00:00:00Z");
        assert_eq!(later.months_later(11).to_string(), "2027-01-28 01:01:01Z");
    }
}
