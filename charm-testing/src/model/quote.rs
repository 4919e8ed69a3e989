//! Texts as Juju's words quote them.

/// `text` between double quotes, escaped as Go's `%q` does.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{b}' => out.push_str("\\v"),
            '\0'..='\u{1f}' | '\u{7f}' => out.extend(["\\x".to_owned(), format!("{:02x}", u32::from(c))]),
            c if is_printable(c) => out.push(c),
            '\u{80}'..='\u{ffff}' => out.extend(["\\u".to_owned(), format!("{:04x}", u32::from(c))]),
            c => out.extend(["\\U".to_owned(), format!("{:08x}", u32::from(c))]),
        }
    }
    out.push('"');
    out
}

/// Whether it shows: what Rust's own escapes leave alone in the middle of a text.
fn is_printable(c: char) -> bool {
    c == '\'' || String::from_iter(['a', c]).escape_debug().count() == 2
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn what_does_not_show_is_escaped() {
        for (text, shown) in [
            ("", r#""""#),
            ("it's", r#""it's""#),
            ("a\"b\\", r#""a\"b\\""#),
            ("\u{7}\u{8}\u{c}\n\r\t\u{b}", r#""\a\b\f\n\r\t\v""#),
            ("\0\u{1f}\u{7f}", r#""\x00\x1f\x7f""#),
            ("é😀e\u{301}", "\"é😀e\u{301}\""),
            ("\u{a0}\u{2028}\u{e0001}", r#""\u00a0\u2028\U000e0001""#),
        ] {
            assert_eq!(quoted(text), shown);
        }
    }
}
