//! The shapes of Juju's names, by hand: they are few, and a regular-expression engine would be built into
//! every charm's macro.

/// A name of a charm, an application or a storage: words of lowercase letters and digits joined by single
/// hyphens, the first starting with a letter, each other one holding a letter (Juju reads `web-2` as revision
/// 2 of `web`).
pub(crate) fn is_application(name: &str) -> bool {
    let mut words = name.split('-');
    let first = words.next().is_some_and(|word| is_lower_word(word) && starts_with_letter(word));
    first && words.all(|word| is_lower_word(word) && word.contains(|c: char| c.is_ascii_lowercase()))
}

/// A name of an endpoint: words of lowercase letters and digits joined by single `-` or `_`, the first
/// starting with a letter.
pub(crate) fn is_endpoint(name: &str) -> bool {
    starts_with_letter(name) && name.split(['-', '_']).all(is_lower_word)
}

/// A name of an action: lowercase letters, digits and hyphens, no hyphen first or last.
pub(crate) fn is_action(name: &str) -> bool {
    let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !name.is_empty() && name.chars().all(inner) && !name.starts_with('-') && !name.ends_with('-')
}

/// A name of a feature in `assumes`: at least two of lowercase letters, digits and hyphens, a letter first,
/// no hyphen last.
pub(crate) fn is_feature(name: &str) -> bool {
    name.len() >= 2 && starts_with_letter(name) && is_action(name)
}

/// Digits, and nothing else.
pub(crate) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

fn is_lower_word(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
}

fn starts_with_letter(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn applications() {
        for good in ["a", "web", "postgresql-k8s", "a1", "a-1b"] {
            assert!(is_application(good), "{good}");
        }
        for bad in ["", "1a", "web-2", "web_app", "Web", "-web", "web-", "we--b", "wéb"] {
            assert!(!is_application(bad), "{bad}");
        }
    }

    #[test]
    fn endpoints() {
        for good in ["db", "k8s-service", "prometheus_scrape", "a-1", "s3"] {
            assert!(is_endpoint(good), "{good}");
        }
        for bad in ["", "Db", "1db", "db-", "db--x", "db-_x", "_db", "d.b"] {
            assert!(!is_endpoint(bad), "{bad}");
        }
    }

    #[test]
    fn actions_and_features() {
        for good in ["a", "1", "rotate-now", "a--b", "s3-sync"] {
            assert!(is_action(good), "{good}");
        }
        for bad in ["", "foo_bar", "Foo", "-a", "a-", "a b"] {
            assert!(!is_action(bad), "{bad}");
        }
        assert!(is_feature("k8s-api") && !is_feature("a") && !is_feature("1a"));
    }
}
