//! `secret(admin, content = Credentials, owner = app, rotate = monthly)` in `#[charm(..)]`.

use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitInt, LitStr, Token, Type, parenthesized};

use crate::diagnostics::{Errors, help, suggest};

/// A secret of the charm's own.
#[derive(Debug)]
pub(crate) struct SecretDeclaration {
    /// As written, a Rust name.
    pub(crate) name: Ident,
    pub(crate) content: Option<Type>,
    pub(crate) is_of_unit: bool,
    /// The policy as the runtime's type has it: `Monthly`.
    pub(crate) rotate: Option<&'static str>,
    /// In seconds.
    pub(crate) expire: Option<u64>,
    pub(crate) description: Option<LitStr>,
    /// An endpoint: its name, or with `_` for what a Rust name can't hold.
    pub(crate) per_relation: Option<(String, Span)>,
    /// What is wrong with it. There is something to go on all the same, so that it is said once.
    mistakes: Errors,
}

const OPTIONS: [&str; 6] = ["content", "owner", "rotate", "expire", "description", "per_relation"];
const OWNERS: [&str; 2] = ["app", "unit"];
const POLICIES: [(&str, &str); 6] = [
    ("hourly", "Hourly"),
    ("daily", "Daily"),
    ("weekly", "Weekly"),
    ("monthly", "Monthly"),
    ("quarterly", "Quarterly"),
    ("yearly", "Yearly"),
];
const SECONDS: [(&str, u64); 4] = [("minutes", 60), ("hours", 3600), ("days", 86_400), ("weeks", 604_800)];

impl SecretDeclaration {
    /// Its name with Juju, which is its label or begins it.
    pub(crate) fn label(&self) -> String {
        self.name.unraw().to_string().replace('_', "-")
    }

    pub(crate) fn take_mistakes(&mut self) -> Errors {
        std::mem::take(&mut self.mistakes)
    }

    fn set(&mut self, word: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
        let written = word.to_string();
        input.parse::<Token![=]>()?;
        match written.as_str() {
            "content" => self.content = Some(input.parse()?),
            "owner" => {
                let owner = input.call(Ident::parse_any)?;
                self.is_of_unit = owner == "unit";
                one_of("owner", &owner, &OWNERS)?;
            }
            "rotate" => {
                let policy = input.call(Ident::parse_any)?;
                if policy == "never" {
                    let message =
                        help("a secret that is never rotated says nothing of it", "leave `rotate` out");
                    return Err(syn::Error::new(policy.span(), message));
                }
                one_of("rotate", &policy, &POLICIES.map(|(word, _)| word))?;
                self.rotate = POLICIES.iter().find(|(word, _)| policy == word).map(|(_, name)| *name);
            }
            "expire" => self.expire = Some(duration(input)?),
            "description" => {
                let text: LitStr = input.parse()?;
                if text.value().trim().is_empty() {
                    return Err(syn::Error::new(
                        text.span(),
                        "Juju takes no empty description: leave it out",
                    ));
                }
                self.description = Some(text);
            }
            _ if input.peek(LitStr) => {
                let name: LitStr = input.parse()?;
                self.per_relation = Some((name.value(), name.span()));
            }
            _ => {
                let name = input.call(Ident::parse_any)?;
                self.per_relation = Some((name.unraw().to_string(), name.span()));
            }
        }
        Ok(())
    }
}

impl Parse for SecretDeclaration {
    /// What follows the word `secret`.
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let parenthesis = input.cursor().span();
        let content;
        parenthesized!(content in input);
        let mut mistakes = Errors::default();
        let usage = help(
            "which secret?",
            "write `secret(name, content = Type, owner = app)`, the name without quotes",
        );
        let name = if content.peek(LitStr) {
            let text: LitStr = content.parse()?;
            mistakes.at(text.span(), usage);
            let name = charm_meta::name::field_name(&text.value());
            Ident::new(if charm_meta::name::is_keyword(&name) { "_unnamed" } else { &name }, text.span())
        } else if content.is_empty() {
            return Err(syn::Error::new(parenthesis, usage));
        } else {
            content.call(Ident::parse_any).map_err(|error| syn::Error::new(error.span(), usage))?
        };
        let mut declaration = Self {
            name,
            content: None,
            is_of_unit: false,
            rotate: None,
            expire: None,
            description: None,
            per_relation: None,
            mistakes,
        };
        let span = declaration.name.span();
        if charm_meta::name::type_name(&declaration.label()) == "_unnamed"
            || declaration
                .label()
                .chars()
                .any(|c| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
        {
            let message = "a secret's name is lowercase letters, digits and underscores";
            declaration.mistakes.at(span, message);
        }
        let mut seen: Vec<String> = Vec::new();
        while !content.is_empty() {
            content.parse::<Token![,]>()?;
            if content.is_empty() {
                break;
            }
            let word = content.call(Ident::parse_any)?;
            let written = word.to_string();
            let set = if !OPTIONS.contains(&written.as_str()) {
                let message = format!("a secret has no option `{written}`");
                Err(syn::Error::new(word.span(), suggest(message, &written, OPTIONS.into_iter())))
            } else if seen.contains(&written) {
                Err(syn::Error::new(word.span(), format!("`{written}` is given twice")))
            } else {
                declaration.set(&word, &content)
            };
            seen.push(written);
            if let Err(error) = set {
                declaration.mistakes.push(error);
                // What follows on the same word is passed over.
                while !content.is_empty() && !content.peek(Token![,]) {
                    content.parse::<proc_macro2::TokenTree>()?;
                }
            }
        }
        for (option, example) in [
            ("content", "`content = Credentials`, a type with `#[derive(SecretContent)]`"),
            ("owner", "`owner = app`, which the leader writes, or `owner = unit`"),
        ] {
            if !seen.iter().any(|seen| seen == option) {
                let message =
                    help(format_args!("a secret's `{option}` is missing"), format_args!("write {example}"));
                declaration.mistakes.at(span, message);
            }
        }
        Ok(declaration)
    }
}

fn one_of(option: &str, word: &Ident, known: &[&str]) -> syn::Result<()> {
    let written = word.to_string();
    if known.contains(&written.as_str()) {
        return Ok(());
    }
    let message = suggest(format_args!("`{option}` can't be `{written}`"), &written, known.iter().copied());
    Err(syn::Error::new(word.span(), message))
}

/// `days(90)`, in seconds.
fn duration(input: ParseStream<'_>) -> syn::Result<u64> {
    let span = input.span();
    let usage = || syn::Error::new(span, help("how long does a revision live?", "write it as `days(90)`"));
    let unit: Ident = input.parse().map_err(|_| usage())?;
    if !input.peek(syn::token::Paren) {
        return Err(usage());
    }
    let content;
    parenthesized!(content in input);
    let units = SECONDS.map(|(word, _)| word);
    one_of("expire", &unit, &units)?;
    let number: LitInt = content.parse().map_err(|_| usage())?;
    let count: u32 = number.base10_parse()?;
    let seconds = SECONDS.iter().find(|(word, _)| unit == word).map_or(1, |(_, seconds)| *seconds);
    // Juju counts in nanoseconds, up to 292 years.
    match u64::from(count).checked_mul(seconds).filter(|total| (1..=9_223_372_036).contains(total)) {
        Some(total) => Ok(total),
        None => {
            Err(syn::Error::new(number.span(), "a revision lives for at least a minute, and up to 292 years"))
        }
    }
}
