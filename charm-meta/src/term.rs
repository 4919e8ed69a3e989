//! Terms that an operator must agree to before deploying.

use crate::field::Field;
use crate::grammar::is_number;

/// The term as written, complaining if it is none: `[owner/]name[/revision]`.
pub(crate) fn read(field: &Field<'_>) -> Option<String> {
    let term = field.text()?;
    if !is_term(&term) {
        field.complain(
            "a term is `name`, `owner/name`, `name/revision` or `owner/name/revision`, in lowercase",
        );
    }
    Some(term)
}

fn is_term(term: &str) -> bool {
    let term = term.split_once(':').map_or(term, |(_, term)| term);
    match term.split('/').collect::<Vec<_>>().as_slice() {
        [name] => is_name(name),
        [name, revision] if is_number(revision) => is_name(name),
        [owner, name] => !owner.is_empty() && is_name(name),
        [owner, name, revision] => !owner.is_empty() && is_name(name) && is_number(revision),
        _ => false,
    }
}

/// Lowercase letters and digits with single hyphens between them, at least two, the first a letter.
fn is_name(name: &str) -> bool {
    let mut words = name.split('-');
    name.len() >= 2
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && words.all(|word| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms() {
        for good in ["lorem-ipsum", "lorem/1", "owner/lorem", "owner/lorem/2", "cs:owner/lorem/2", "t3"] {
            assert!(is_term(good), "{good}");
        }
        for bad in
            ["", "a", "Lorem", "lorem_ipsum", "lorem--x", "-x", "x-", "/lorem", "a/b/c/d", "owner/lorem/x"]
        {
            assert!(!is_term(bad), "{bad}");
        }
    }
}
