//! Numbers as Go prints them.

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
}
