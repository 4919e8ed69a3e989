//! The one rule between Juju's names and Rust's.
//!
//! Juju's names are words of ASCII letters and digits, joined by `-` (mostly), `_` or `.`. A Rust name is
//! made of the same words: joined by `_` for fields and constants, each with a capital first letter for
//! types. Whatever is neither letter nor digit separates words and is not seen again, so two names can meet
//! in one; [`Metadata::clashes`](crate::Metadata::clashes) finds those.

/// The name of a type: `k8s-service` becomes `K8sService`, `3scale` becomes `_3scale`.
pub fn type_name(name: &str) -> String {
    let mut rust = String::new();
    for word in words(name) {
        let mut letters = word.chars();
        rust.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        rust.push_str(letters.as_str());
    }
    identifier(rust)
}

/// The name of a field, a function or a module: `external-hostname` becomes `external_hostname`.
///
/// It may be a keyword ([`is_keyword`]): how to escape one is up to the caller.
pub fn field_name(name: &str) -> String {
    identifier(words(name).collect::<Vec<_>>().join("_").to_ascii_lowercase())
}

/// The name of a value of an `enum`: as of a type, and `Empty` for a text without a character.
pub fn variant_name(value: &str) -> String {
    if value.is_empty() { "Empty".to_owned() } else { type_name(value) }
}

/// The name of the type that an action's parameter becomes: `RotateTarget` for `target` of `rotate`, and
/// `RotateParams` for all of them.
pub fn parameter_type(action: &str, path: &[&str]) -> String {
    let path = if path.is_empty() { "params".to_owned() } else { path.join("-") };
    type_name(&format!("{action}-{path}"))
}

/// The name of a constant: `k8s-service` becomes `K8S_SERVICE`.
pub fn constant_name(name: &str) -> String {
    field_name(name).to_ascii_uppercase()
}

/// Whether `name` is a keyword in Rust 2024, so that it is no identifier as it stands.
///
/// All of these may be written raw (`r#type`), except `crate`, `self`, `super` and `Self`.
pub fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

/// What starts with a digit, or is nothing at all, is no identifier: a leading `_` makes it one.
fn identifier(words: String) -> String {
    match words.chars().next() {
        None => "_unnamed".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("_{words}"),
        Some(_) => words,
    }
}

/// The strict and the reserved keywords of edition 2024.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do",
    "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual",
    "where", "while", "yield",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_rule_for_all() {
        for (name, type_, field, constant) in [
            ("db", "Db", "db", "DB"),
            ("k8s-service", "K8sService", "k8s_service", "K8S_SERVICE"),
            ("external-hostname", "ExternalHostname", "external_hostname", "EXTERNAL_HOSTNAME"),
            ("prometheus_scrape", "PrometheusScrape", "prometheus_scrape", "PROMETHEUS_SCRAPE"),
            ("3scale", "_3scale", "_3scale", "_3SCALE"),
            ("logLevel", "LogLevel", "loglevel", "LOGLEVEL"),
            ("nvidia.com/gpu", "NvidiaComGpu", "nvidia_com_gpu", "NVIDIA_COM_GPU"),
            ("-a--b-", "AB", "a_b", "A_B"),
            ("type", "Type", "type", "TYPE"),
            ("größe", "GrE", "gr_e", "GR_E"),
            ("-", "_unnamed", "_unnamed", "_UNNAMED"),
        ] {
            assert_eq!(
                (type_name(name).as_str(), field_name(name).as_str(), constant_name(name).as_str()),
                (type_, field, constant)
            );
        }
    }

    #[test]
    fn types_and_values_of_parameters() {
        assert_eq!(parameter_type("rotate-all", &[]), "RotateAllParams");
        assert_eq!(parameter_type("rotate", &["target", "3rd_host"]), "RotateTarget3rdHost");
        assert_eq!(["", "sha-256", "2"].map(variant_name), ["Empty", "Sha256", "_2"]);
    }

    #[test]
    fn keywords() {
        assert!(is_keyword("type") && is_keyword("gen") && is_keyword("self"));
        assert!(!is_keyword("types") && !is_keyword("union"));
        assert!(KEYWORDS.is_sorted());
    }
}
