//! The model's own time.

use std::fmt;
use std::time::Duration;

/// A moment of the model: it moves only when the model says so (a back-off waited for), never with the machine's
/// clock, so that one seed is one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
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
    let leap = |year: u64| (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    let mut year = 1970;
    loop {
        let length = if leap(year) { 366 } else { 365 };
        if days < length {
            break;
        }
        days -= length;
        year += 1;
    }
    let february = if leap(year) { 29 } else { 28 };
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
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
    }
}
