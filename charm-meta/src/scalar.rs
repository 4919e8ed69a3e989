//! What a plain scalar means: YAML 1.1, because charmcraft reads it so (PyYAML) and Juju too (yaml.v2).

use crate::yaml::Value;

/// The value of a scalar without quotes.
///
/// `yes`, `no`, `on` and `off` are booleans, `017` is fifteen, `1_000` a thousand and `10:30` six hundred and
/// thirty (of minutes, say). Whole numbers beyond 64 bits become floats.
pub(crate) fn resolve(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Value::Bool(true),
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Value::Bool(false),
        _ => whole(text).or_else(|| float(text)).unwrap_or_else(|| Value::String(text.to_owned())),
    }
}

fn whole(text: &str) -> Option<Value> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let digits = digits.replace('_', "");
    let number = if let Some(binary) = digits.strip_prefix("0b") {
        radix(binary, 2)
    } else if let Some(hex) = digits.strip_prefix("0x") {
        radix(hex, 16)
    } else if digits.contains(':') {
        sexagesimal(&digits)
    } else if digits.len() > 1 && digits.starts_with('0') {
        radix(digits.strip_prefix("0o").unwrap_or(&digits), 8)
    } else {
        radix(&digits, 10)
    }?;
    let number = i128::from(sign) * number;
    #[allow(clippy::cast_precision_loss)] // Beyond 64 bits only the size matters: it is out of every bound.
    Some(i64::try_from(number).map_or(Value::Float(number as f64), Value::Int))
}

/// The digits as a number. Too many of them give the largest one, which is out of bounds for everybody.
fn radix(digits: &str, radix: u32) -> Option<i128> {
    let all_digits = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    all_digits.then(|| i128::from_str_radix(digits, radix).unwrap_or(i128::MAX))
}

fn sexagesimal(digits: &str) -> Option<i128> {
    let mut places = digits.split(':');
    let mut number =
        places.next().filter(|first| !first.starts_with('0')).and_then(|first| radix(first, 10))?;
    for place in places {
        let value = radix(place, 10).filter(|value| *value < 60 && place.len() <= 2)?;
        number = number.checked_mul(60)?.checked_add(value)?;
    }
    Some(number)
}

fn float(text: &str) -> Option<Value> {
    match text {
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => return Some(Value::Float(f64::INFINITY)),
        "-.inf" | "-.Inf" | "-.INF" => return Some(Value::Float(f64::NEG_INFINITY)),
        ".nan" | ".NaN" | ".NAN" => return Some(Value::Float(f64::NAN)),
        _ => {}
    }
    let number_like = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'))
        && text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E' | '_'));
    number_like.then(|| text.replace('_', "").parse().ok().map(Value::Float)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_are_yaml_1_1() {
        let text = |text: &str| Value::String(text.to_owned());
        for (written, meant) in [
            ("", Value::Null),
            ("~", Value::Null),
            ("yes", Value::Bool(true)),
            ("Off", Value::Bool(false)),
            ("y", text("y")),
            ("0", Value::Int(0)),
            ("-12", Value::Int(-12)),
            ("1_000", Value::Int(1000)),
            ("017", Value::Int(15)),
            ("0o17", Value::Int(15)),
            ("0x1f", Value::Int(31)),
            ("0b101", Value::Int(5)),
            ("08", Value::Float(8.0)),
            ("10:30", Value::Int(630)),
            ("08:30", text("08:30")),
            ("10:99", text("10:99")),
            ("9223372036854775807", Value::Int(i64::MAX)),
            ("-9223372036854775809", Value::Float(-9_223_372_036_854_775_808.0)),
            ("1.5", Value::Float(1.5)),
            ("-.5", Value::Float(-0.5)),
            ("1e3", Value::Float(1000.0)),
            ("-99999999999999999999999999999999999999999", Value::Float(-(2.0_f64.powi(127)))),
            ("-.inf", Value::Float(f64::NEG_INFINITY)),
            ("22.04", Value::Float(22.04)),
            ("1.2.3", text("1.2.3")),
            ("1-3", text("1-3")),
            ("2024-01-01", text("2024-01-01")),
            ("-", text("-")),
            ("e", text("e")),
            ("hello", text("hello")),
        ] {
            assert_eq!(resolve(written), meant, "{written}");
        }
    }
}
