//! What a bare text is taken for: `on` for a truth value, `0x10` for a number.

use crate::hook_command::number;

/// The type that Juju's reader gives to a bare scalar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Null,
    Bool,
    Int,
    Float,
    Timestamp,
    Text,
}

/// What each of the tags begins with.
pub(super) const TAG_PREFIX: &str = "tag:yaml.org,2002:";

impl Type {
    /// The type of a bare `text`.
    pub(super) fn of(text: &str) -> Self {
        Self::resolved(text, true)
    }

    /// The type of `text` that is tagged with another type than a time, which it then can't be.
    pub(super) fn of_timeless(text: &str) -> Self {
        Self::resolved(text, false)
    }

    fn resolved(text: &str, may_be_time: bool) -> Self {
        match text {
            "" | "~" | "null" | "Null" | "NULL" => return Self::Null,
            "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" | "n" | "N"
            | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => return Self::Bool,
            ".nan" | ".NaN" | ".NAN" | ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" | "-.inf"
            | "-.Inf" | "-.INF" => return Self::Float,
            _ => {}
        }
        match text.as_bytes()[0] {
            b'.' if is_real(text) => Self::Float,
            b'0'..=b'9' | b'+' | b'-' => {
                if may_be_time && is_timestamp(text) {
                    return Self::Timestamp;
                }
                let plain = text.replace('_', "");
                if is_integer(&plain) {
                    Self::Int
                } else if has_form_of_real(&plain) && is_real(&plain) {
                    Self::Float
                } else {
                    Self::Text
                }
            }
            _ => Self::Text,
        }
    }

    pub(super) fn from_tag(tag: &str) -> Option<Self> {
        Some(match tag.strip_prefix(TAG_PREFIX)? {
            "null" => Self::Null,
            "bool" => Self::Bool,
            "int" => Self::Int,
            "float" => Self::Float,
            "timestamp" => Self::Timestamp,
            "str" => Self::Text,
            _ => return None,
        })
    }

    /// The tag as messages show it.
    pub(super) fn short_tag(self) -> &'static str {
        match self {
            Self::Null => "!!null",
            Self::Bool => "!!bool",
            Self::Int => "!!int",
            Self::Float => "!!float",
            Self::Timestamp => "!!timestamp",
            Self::Text => "!!str",
        }
    }
}

/// A signed or unsigned integer of 64 bits, with no sign in the latter.
fn is_integer(plain: &str) -> bool {
    number::integer(plain).is_ok_and(|value| {
        i64::try_from(value).is_ok()
            || plain.starts_with(|c: char| c.is_ascii_digit()) && u64::try_from(value).is_ok()
    })
}

fn is_real(text: &str) -> bool {
    // What Rust takes besides (`inf`, `nan`) starts with neither a digit nor a dot.
    text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// No superfluous zero in front, digits after a dot, and a sign in an exponent.
fn has_form_of_real(plain: &str) -> bool {
    let skip_digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let unsigned = plain.strip_prefix(['+', '-']).unwrap_or(plain);
    let whole = skip_digits(unsigned);
    if unsigned.starts_with('0') && whole > 1 {
        return false;
    }
    let mut rest = &unsigned[whole..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let digits = skip_digits(fraction);
        if digits == 0 {
            return false;
        }
        rest = &fraction[digits..];
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let Some(digits) = exponent.strip_prefix(['+', '-']) else { return false };
        return !digits.is_empty() && skip_digits(digits) == digits.len();
    }
    rest.is_empty()
}

/// `2026-1-2`, with a time of day or without; a zone only where a `T` stands between the two.
fn is_timestamp(text: &str) -> bool {
    let mut rest = Rest(text);
    let date = rest.0.bytes().take_while(u8::is_ascii_digit).count() == 4 && rest.date();
    let zoned = rest.takes("T") || rest.takes("t");
    match date {
        false => false,
        true if zoned => rest.time() && rest.zone() && rest.0.is_empty(),
        true if rest.takes(" ") => {
            rest.0 = rest.0.trim_start_matches(' ');
            rest.time() && rest.0.is_empty()
        }
        true => rest.0.is_empty(),
    }
}

/// What is left to read of a text.
struct Rest<'a>(&'a str);

impl Rest<'_> {
    fn takes(&mut self, text: &str) -> bool {
        let rest = self.0.strip_prefix(text);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn number(&mut self, most_digits: usize) -> Option<u32> {
        let digits = self.0.bytes().take(most_digits).take_while(u8::is_ascii_digit).count();
        let (number, rest) = self.0.split_at(digits);
        self.0 = rest;
        number.parse().ok()
    }

    fn date(&mut self) -> bool {
        let (Some(year), true, Some(month), true, Some(day)) =
            (self.number(4), self.takes("-"), self.number(2), self.takes("-"), self.number(2))
        else {
            return false;
        };
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        (1..=days).contains(&day)
    }

    fn time(&mut self) -> bool {
        let (Some(0..24), true, Some(0..60), true, Some(0..60)) =
            (self.number(2), self.takes(":"), self.number(2), self.takes(":"), self.number(2))
        else {
            return false;
        };
        if self.0.starts_with(['.', ',']) && self.0[1..].starts_with(|c: char| c.is_ascii_digit()) {
            self.0 = self.0[1..].trim_start_matches(|c: char| c.is_ascii_digit());
        }
        true
    }

    fn zone(&mut self) -> bool {
        if self.takes("Z") {
            return true;
        }
        let digits = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        let zone = self.0;
        self.0 = "";
        (zone.starts_with('+') || zone.starts_with('-'))
            && zone.len() == 6
            && zone.get(1..3).is_some_and(digits)
            && zone.get(3..4) == Some(":")
            && zone.get(4..6).is_some_and(digits)
    }
}
