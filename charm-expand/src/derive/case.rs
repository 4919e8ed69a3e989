//! How keys are made of the names of fields.

use syn::LitStr;

use crate::diagnostics::suggest;

/// A way to join words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Camel,
    Kebab,
    Lower,
    Pascal,
    ScreamingKebab,
    ScreamingSnake,
    Snake,
    Upper,
}

/// As `serde` names them.
const CASES: [(&str, Case); 8] = [
    ("camelCase", Case::Camel),
    ("kebab-case", Case::Kebab),
    ("lowercase", Case::Lower),
    ("PascalCase", Case::Pascal),
    ("SCREAMING-KEBAB-CASE", Case::ScreamingKebab),
    ("SCREAMING_SNAKE_CASE", Case::ScreamingSnake),
    ("snake_case", Case::Snake),
    ("UPPERCASE", Case::Upper),
];

impl Case {
    pub(super) fn parse(name: &LitStr) -> syn::Result<Self> {
        let written = name.value();
        let known = CASES.iter().find(|(known, _)| *known == written);
        known.map(|(_, case)| *case).ok_or_else(|| {
            let message = format!("`rename_all` can't be `{written}`");
            let known = CASES.iter().map(|(known, _)| *known);
            syn::Error::new(name.span(), suggest(message, &written, known))
        })
    }

    /// The key of a field, whose name is in snake_case.
    pub(super) fn apply(self, name: &str) -> String {
        match self {
            Self::Camel => {
                let pascal = Self::Pascal.apply(name);
                let mut letters = pascal.chars();
                let first = letters.next().map(|first| first.to_ascii_lowercase());
                first.into_iter().chain(letters).collect()
            }
            Self::Kebab => name.replace('_', "-"),
            Self::Lower | Self::Snake => name.to_owned(),
            Self::Pascal => name
                .split('_')
                .flat_map(|word| {
                    let mut letters = word.chars();
                    let first = letters.next().map(|first| first.to_ascii_uppercase());
                    first.into_iter().chain(letters)
                })
                .collect(),
            Self::ScreamingKebab => name.to_ascii_uppercase().replace('_', "-"),
            Self::ScreamingSnake | Self::Upper => name.to_ascii_uppercase(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_each_case() {
        for (name, expected) in [
            ("camelCase", "tlsCaCert"),
            ("kebab-case", "tls-ca-cert"),
            ("lowercase", "tls_ca_cert"),
            ("PascalCase", "TlsCaCert"),
            ("SCREAMING-KEBAB-CASE", "TLS-CA-CERT"),
            ("SCREAMING_SNAKE_CASE", "TLS_CA_CERT"),
            ("snake_case", "tls_ca_cert"),
            ("UPPERCASE", "TLS_CA_CERT"),
        ] {
            let case = Case::parse(&LitStr::new(name, proc_macro2::Span::call_site())).unwrap();
            assert_eq!(case.apply("tls_ca_cert"), expected, "{name}");
        }
    }
}
