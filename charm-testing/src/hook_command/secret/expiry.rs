//! `--expire`: a moment, or how long from now.

use std::time::Duration;

use crate::model::{Moment, days_before, quoted};

/// Reads RFC 3339, the same without a zone (then UTC), or a duration as Go writes it (`1h30m`).
pub(super) fn parse(text: &str, now: Moment) -> Result<Moment, String> {
    if let Some(moment) = moment(text) {
        return Ok(moment);
    }
    match duration(text) {
        None => Err(format!("expire time or duration {text} not valid", text = quoted(text))),
        Some((_, true) | (Duration::ZERO, _)) => {
            Err(format!("negative expire duration {text} not valid", text = quoted(text)))
        }
        Some((duration, false)) => Ok(now.after(duration)),
    }
}

/// `2026-01-01T00:00:00`, with `Z` or an offset or neither. Parts of a second are dropped.
fn moment(text: &str) -> Option<Moment> {
    let number = |range: std::ops::Range<usize>| {
        let digits = text.get(range)?;
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<u64>().ok())?
    };
    let marked = text
        .get(..19)?
        .bytes()
        .zip(b"0000-00-00T00:00:00")
        .all(|(byte, mark)| if *mark == b'0' { byte.is_ascii_digit() } else { byte == *mark });
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
    let in_range = (1970..=9999).contains(&year)
        && (1..=12).contains(&month)
        && day >= 1
        && days_before(year, month) + day <= days_before(year + month / 12, month % 12 + 1)
        && hour < 24
        && minute < 60
        && second < 60;
    if !marked || !in_range {
        return None;
    }
    let local = (days_before(year, month) + day - 1) * 86_400 + hour * 3600 + minute * 60 + second;
    let zone = text.get(19..)?;
    let zone = match zone.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => zone,
    };
    let start = text.len() - zone.len();
    let unix = match (zone, zone.bytes().next()) {
        ("" | "Z", _) => local,
        (_, Some(sign @ (b'+' | b'-'))) if zone.len() == 6 && zone.get(3..4) == Some(":") => {
            let offset = number(start + 1..start + 3)? * 3600 + number(start + 4..start + 6)? * 60;
            if sign == b'+' { local.saturating_sub(offset) } else { local + offset }
        }
        _ => return None,
    };
    Some(Moment::from_unix(unix))
}

/// A duration and whether it is negative: numbers, each with its unit.
fn duration(text: &str) -> Option<(Duration, bool)> {
    let negative = text.starts_with('-');
    let mut rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    if rest == "0" {
        return Some((Duration::ZERO, negative));
    }
    if rest.is_empty() {
        return None;
    }
    let mut total = Duration::ZERO;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..end].parse().ok()?;
        rest = &rest[end..];
        let end = rest.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(rest.len());
        let seconds = match &rest[..end] {
            "ns" => 1e-9,
            "us" | "µs" | "μs" => 1e-6,
            "ms" => 1e-3,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            _ => return None,
        };
        total = total.checked_add(Duration::try_from_secs_f64(number * seconds).ok()?)?;
        rest = &rest[end..];
    }
    Some((total, negative))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, String> {
        parse(text, Moment::default()).map(|moment| moment.to_string())
    }

    #[test]
    fn moments_and_durations_are_read() {
        for (text, moment) in [
            ("2026-02-28T23:59:59Z", "2026-02-28 23:59:59Z"),
            ("2026-12-31T23:59:59", "2026-12-31 23:59:59Z"),
            ("2028-02-29T00:00:00.123+02:00", "2028-02-28 22:00:00Z"),
            ("2026-03-01T00:00:00-00:30", "2026-03-01 00:30:00Z"),
            ("24h", "2026-01-02 00:00:00Z"),
            ("1h30m", "2026-01-01 01:30:00Z"),
            ("1.5h", "2026-01-01 01:30:00Z"),
            ("90000ms", "2026-01-01 00:01:30Z"),
            // Gone already: it expires at once.
            ("2020-01-01T00:00:00Z", "2026-01-01 00:00:00Z"),
        ] {
            assert_eq!(read(text), Ok(moment.to_owned()), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "x",
            "1",
            "1d",
            "h",
            "1h1",
            "-",
            "2026-13-01T00:00:00",
            "2026-02-29T00:00:00",
            "2026-01-01",
            "1hé",
            "2026-01-01T00:00:00é",
            "2026-01-01T00:00:00+0100",
            "99999999999999999999h",
        ] {
            assert_eq!(read(text), Err(format!("expire time or duration {text:?} not valid")));
        }
        for text in ["-1h", "0", "0s"] {
            assert_eq!(read(text), Err(format!("negative expire duration {text:?} not valid")));
        }
    }
}
