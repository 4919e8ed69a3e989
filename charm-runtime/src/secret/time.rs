//! Times, as Juju writes them: RFC 3339.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::error::Error;

/// When a revision of a secret expires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Expiry {
    /// At this moment; fractions of a second are dropped.
    At(SystemTime),
    /// So long after Juju is told; whole seconds, at least one.
    In(Duration),
}

impl From<SystemTime> for Expiry {
    fn from(at: SystemTime) -> Self {
        Self::At(at)
    }
}

impl From<Duration> for Expiry {
    fn from(after: Duration) -> Self {
        Self::In(after)
    }
}

/// Go's durations count nanoseconds in 64 bits.
const LONGEST: Duration = Duration::from_secs(i64::MAX as u64 / 1_000_000_000);

impl Expiry {
    /// As `--expire` takes it. Fails for a moment before 1970 or after 9999, and for a time longer than 292 years.
    #[track_caller]
    pub(crate) fn argument(self) -> Result<String, Error> {
        match self {
            Self::At(at) => match rfc3339(at) {
                Some(text) => Ok(text),
                None => {
                    Err(Error::invalid("expiry of a secret", "it is not between the years 1970 and 9999"))
                }
            },
            Self::In(after) if after > LONGEST => {
                Err(Error::invalid("expiry of a secret", "Juju takes up to 292 years"))
            }
            Self::In(after) if after.as_secs() == 0 => {
                Err(Error::invalid("expiry of a secret", "it is less than a second away"))
            }
            Self::In(after) => Ok(format!("{}s", after.as_secs())),
        }
    }
}

const DAY: u64 = 86_400;

/// A moment in UTC, in whole seconds.
fn rfc3339(at: SystemTime) -> Option<String> {
    let seconds = at.duration_since(UNIX_EPOCH).ok()?.as_secs();
    let (days, second) = (seconds / DAY, seconds % DAY);
    let (year, month, day) = date_of(days)?;
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
}

/// The date of a day since 1970-01-01, by counting in years that begin in March, so that a leap day comes last.
fn date_of(days: u64) -> Option<(u64, u64, u64)> {
    // Days since 0000-03-01, in eras of 400 years, which are all of one length.
    let days = days.checked_add(719_468)?;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    (year <= 9999).then_some((year, month, day))
}

/// The day of a date since 1970-01-01; `None` before.
fn day_of(year: u64, month: u64, day: u64) -> Option<u64> {
    let year = if month <= 2 { year.checked_sub(1)? } else { year };
    let (era, year_of_era) = (year / 400, year % 400);
    let month = if month > 2 { month - 3 } else { month + 9 };
    let of_year = (153 * month + 2) / 5 + day - 1;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
    (era * 146_097 + of_era).checked_sub(719_468)
}

/// A moment as Juju prints it: `2026-11-22T10:00:00Z`, perhaps with a fraction or another zone.
pub(crate) fn parse(text: &str) -> Option<SystemTime> {
    let (date, time) = text.split_once(['T', 't'])?;
    let mut date = date.splitn(3, '-').map(digits);
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let zone_at = time.find(['Z', 'z', '+', '-'])?;
    let (time, zone) = time.split_at(zone_at);
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut time = time.splitn(3, ':').map(digits);
    let (hour, minute, second) = (time.next()??, time.next()??, time.next()??);
    let is_sound = (1..=12).contains(&month) && (1..=31).contains(&day) && year <= 9999;
    if !is_sound || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let nanoseconds: u32 = format!("{:0<9}", fraction.get(..9).unwrap_or(fraction)).parse().ok()?;
    let seconds = day_of(year, month, day)? * DAY + hour * 3600 + minute * 60 + second;
    let at = UNIX_EPOCH + Duration::new(seconds, nanoseconds);
    if zone.eq_ignore_ascii_case("z") {
        return Some(at);
    }
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let offset = Duration::from_secs(digits(hours)?.min(24) * 3600 + digits(minutes)?.min(60) * 60);
    if zone.starts_with('+') {
        at.checked_sub(offset)
    } else {
        at.checked_add(offset)
    }
}

fn digits(text: &str) -> Option<u64> {
    let is_sound = !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_sound.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seconds since 1970, checked against `date -u -d @…`.
    const MOMENTS: [(u64, &str); 9] = [
        (0, "1970-01-01T00:00:00Z"),
        (951_782_399, "2000-02-28T23:59:59Z"),
        (951_782_400, "2000-02-29T00:00:00Z"),
        (951_868_800, "2000-03-01T00:00:00Z"),
        (1_709_164_800, "2024-02-29T00:00:00Z"),
        (1_767_225_599, "2025-12-31T23:59:59Z"),
        (1_767_225_600, "2026-01-01T00:00:00Z"),
        (4_107_542_400, "2100-03-01T00:00:00Z"),
        (253_402_300_799, "9999-12-31T23:59:59Z"),
    ];

    #[test]
    fn moments_are_written_in_utc() {
        for (seconds, text) in MOMENTS {
            let at = UNIX_EPOCH + Duration::from_secs(seconds) + Duration::from_nanos(7);
            assert_eq!(Expiry::At(at).argument().unwrap(), text);
        }
    }

    #[test]
    fn moments_are_read_in_every_form() {
        for (seconds, text) in MOMENTS {
            assert_eq!(parse(text), Some(UNIX_EPOCH + Duration::from_secs(seconds)), "{text}");
        }
        let at = UNIX_EPOCH + Duration::from_secs(1_767_225_600);
        assert_eq!(parse("2026-01-01T02:00:00+02:00"), Some(at));
        assert_eq!(parse("2025-12-31T18:30:00-05:30"), Some(at));
        assert_eq!(parse("2026-01-01T00:00:00.25Z"), Some(at + Duration::from_millis(250)));
        assert_eq!(parse("2026-01-01T00:00:00.1234567891Z"), Some(at + Duration::from_nanos(123_456_789)));
        let wrong = [
            "",
            "2026",
            "2026-01-01",
            "2026-01-01T00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-01T00:00:00",
            "1969-12-31T23:59:59Z",
            "2026-01-01T00:00:00.xZ",
            "2026-01-01T00:00:00+02",
            "T",
            "--T::Z",
            "2026-01-00T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "0000-01-01T00:00:00Z",
        ];
        for text in wrong {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_day_is_its_date() {
        let mut expected = (1970, 1, 1);
        for day in 0..60_000 {
            assert_eq!(date_of(day), Some(expected));
            let (year, month, of_month) = expected;
            assert_eq!(day_of(year, month, of_month), Some(day));
            let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let length = match month {
                2 if is_leap => 29,
                2 => 28,
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            expected = match (of_month == length, month) {
                (false, _) => (year, month, of_month + 1),
                (true, 12) => (year + 1, 1, 1),
                (true, _) => (year, month + 1, 1),
            };
        }
    }

    #[test]
    fn what_juju_cannot_read_is_refused() {
        assert_eq!(Expiry::In(Duration::from_secs(90)).argument().unwrap(), "90s");
        assert_eq!(Expiry::In(Duration::from_millis(1999)).argument().unwrap(), "1s");
        for wrong in [
            Expiry::In(Duration::from_millis(999)),
            Expiry::In(Duration::MAX),
            Expiry::At(UNIX_EPOCH - Duration::from_secs(1)),
            Expiry::At(UNIX_EPOCH + Duration::from_secs(253_402_300_800)),
        ] {
            assert!(wrong.argument().is_err(), "{wrong:?}");
        }
    }
}
