//! Numbers as Go reads and prints them.

/// A float as YAML gets it: the shortest digits, and an exponent from a million on or below a ten-thousandth.
pub(crate) fn general(value: f64) -> String {
    if value.is_nan() {
        return ".nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "+.inf" } else { "-.inf" }.to_owned();
    }
    with_exponent(value, |exponent| !(-4..6).contains(&exponent))
}

/// A float as JSON gets it: an exponent only where JavaScript would use one.
pub(crate) fn json(value: f64) -> String {
    with_exponent(value, |exponent| !(-6..21).contains(&exponent)).replace("e-0", "e-")
}

/// Prints the shortest digits that read back as `value`, with an exponent of at least two digits if `wanted` says so.
fn with_exponent(value: f64, wanted: impl Fn(i32) -> bool) -> String {
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if value == 0.0 || !wanted(exponent) {
        return value.to_string();
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

/// A whole number as Go reads one in any base: `0x1f`, `0o17`, `017`, `0b1`, `1_000`. The error is Go's reason.
pub(crate) fn integer(text: &str) -> Result<i128, &'static str> {
    const WRONG: &str = "invalid syntax";
    let (negative, unsigned) = match text.strip_prefix(['+', '-']) {
        Some(unsigned) => (text.starts_with('-'), unsigned),
        None => (false, text),
    };
    let (radix, digits) = match unsigned.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &unsigned[2..]),
        [b'0', b'o' | b'O', ..] => (8, &unsigned[2..]),
        [b'0', b'b' | b'B', ..] => (2, &unsigned[2..]),
        [b'0', _, ..] => (8, &unsigned[1..]),
        _ => (10, unsigned),
    };
    // Between two digits, or behind the mark of the base, may stand one `_`.
    let grouped = digits.len() < unsigned.len() || !digits.starts_with('_');
    if !grouped || digits.ends_with('_') || digits.contains("__") {
        return Err(WRONG);
    }
    let digits = digits.replace('_', "");
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return Err(WRONG);
    }
    let number = i128::from_str_radix(&digits, radix).map_err(|_| "value out of range")?;
    Ok(if negative { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_print_as_in_go() {
        for (value, yaml, as_json) in [
            (0.0, "0", "0"),
            (8000.0, "8000", "8000"),
            (100_000.0, "100000", "100000"),
            (1e6, "1e+06", "1000000"),
            (1_234_567.0, "1.234567e+06", "1234567"),
            (-2.5, "-2.5", "-2.5"),
            (1e21, "1e+21", "1e+21"),
            (0.0001, "0.0001", "0.0001"),
            (0.000_01, "1e-05", "0.00001"),
            (1e-7, "1e-07", "1e-7"),
        ] {
            assert_eq!((general(value).as_str(), json(value).as_str()), (yaml, as_json));
        }
    }

    #[test]
    fn whole_numbers_are_read_as_in_go() {
        for (text, number) in [
            ("0", 0),
            ("-12", -12),
            ("+7", 7),
            ("0x1F", 31),
            ("0o17", 15),
            ("017", 15),
            ("0b11", 3),
            ("1_000", 1000),
            ("0x_f", 15),
        ] {
            assert_eq!(integer(text), Ok(number), "{text}");
        }
        for text in ["", "-", "x", "08", "1.0", "1e3", "_1", "1_", "1__0", "0x", "--1", "1 "] {
            assert_eq!(integer(text), Err("invalid syntax"), "{text}");
        }
        assert_eq!(integer(&"9".repeat(50)), Err("value out of range"));
    }
}
