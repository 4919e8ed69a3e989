//! "Did you mean …?"

/// How alike two names must be, by Jaro–Winkler, to be worth suggesting: one slip in a short word passes,
/// another word with the same beginning does not.
const ALIKE: f64 = 0.8;

/// The candidate that `wrong` was probably meant to be.
///
/// A candidate that differs only by case or by `_` for `-` always wins, since that is how Rust's names differ
/// from Juju's.
pub fn did_you_mean<'a>(wrong: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = folded(wrong);
    let mut best: Option<(f64, &'a str)> = None;
    for candidate in candidates {
        let folded = folded(candidate);
        if folded == wrong {
            return Some(candidate);
        }
        let likeness = strsim::jaro_winkler(&wrong, &folded);
        if likeness > ALIKE && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn folded(name: &str) -> String {
    name.to_lowercase().replace('_', "-")
}

/// `; did you mean `…`?` ready to follow a complaint, or nothing.
pub(crate) fn hint<'a>(wrong: &str, candidates: impl Iterator<Item = &'a str>) -> String {
    did_you_mean(wrong, candidates).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips_and_leaves_strangers() {
        let known = ["database", "k8s-service", "ingress"];
        let meant = |wrong| did_you_mean(wrong, known.into_iter());
        assert_eq!(meant("databse"), Some("database"));
        assert_eq!(meant("k8s_service"), Some("k8s-service"));
        assert_eq!(meant("Ingress"), Some("ingress"));
        assert_eq!(meant("certificates"), None);
        assert_eq!(did_you_mean("x", [].into_iter()), None);
    }

    #[test]
    fn the_other_spelling_wins_over_a_likeness() {
        assert_eq!(did_you_mean("a_b", ["a_bb", "a-b"].into_iter()), Some("a-b"));
    }
}
