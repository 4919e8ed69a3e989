//! The options of `#[charm(..)]`.

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::{Ident, LitInt, LitStr, Path, Token, Type, parenthesized};

use crate::diagnostics::{Errors, suggest};
use crate::parse::{Binding, SecretDeclaration};

/// Where the metadata comes from, as written.
#[derive(Debug, Clone)]
pub(crate) enum MetadataOption {
    /// `charmcraft.yaml` beside `Cargo.toml`.
    Default,
    /// `metadata = "path"`, from the source file's directory.
    Path(LitStr),
    /// `metadata_str = ".."`, the text itself.
    Text(LitStr),
    /// Not to be made out, which has been reported.
    Mistaken,
}

/// What struct and impl block have in common.
#[derive(Debug)]
pub(crate) struct ImplOptions {
    pub(crate) metadata: MetadataOption,
    /// The path to the runtime.
    pub(crate) runtime: Path,
}

/// On a struct.
#[derive(Debug)]
pub(crate) struct StructOptions {
    pub(crate) common: ImplOptions,
    /// `endpoint(database, remote = ..)`: the types of databags.
    pub(crate) endpoints: Vec<Binding>,
    /// `config = Settings`: what the author makes of the options.
    pub(crate) config: Option<Path>,
    /// `option(log_level = LogLevel)`: what the author makes of single ones.
    pub(crate) options: Vec<OptionType>,
    /// `log = debug`: what is logged from this level up.
    pub(crate) log: Option<Ident>,
    /// `secret(admin, ..)`: the charm's own secrets.
    pub(crate) secrets: Vec<SecretDeclaration>,
    /// `state = sled`: where the state lives, for charms with containers.
    pub(crate) state: Option<Ident>,
    /// `state_version = 1`: the version of the stored fields.
    pub(crate) state_version: Option<LitInt>,
    /// `migrate = function`: brings older versions to it.
    pub(crate) migrate: Option<Path>,
}

/// `log_level = LogLevel`, in `option(..)`.
#[derive(Debug)]
pub(crate) struct OptionType {
    pub(crate) option: Ident,
    pub(crate) ty: Type,
}

impl Parse for OptionType {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let option: Ident = input.call(syn::ext::IdentExt::parse_any)?;
        input.parse::<Token![=]>()?;
        Ok(Self { option, ty: input.parse()? })
    }
}

const LOG_LEVELS: [&str; 5] = ["error", "warn", "info", "debug", "trace"];
const STORES: [&str; 1] = ["sled"];

enum Value {
    /// A mistake in one is not to hide the other options.
    Endpoint(syn::Result<Binding>),
    Options(syn::Result<Punctuated<OptionType, Token![,]>>),
    Secret(Box<SecretDeclaration>),
    Text(LitStr),
    Name(Path),
    Number(LitInt),
    /// In another form than any option has: the option's name decides what is said of it.
    Other,
}

struct Pair {
    name: Ident,
    value: Value,
}

impl Parse for Pair {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        // `crate` is a keyword.
        let name: Ident = input.call(syn::ext::IdentExt::parse_any)?;
        if name == "endpoint" && input.peek(syn::token::Paren) {
            let content;
            parenthesized!(content in input);
            let binding = Binding::parse(&content);
            if binding.is_err() {
                content.parse::<TokenStream>()?;
            }
            return Ok(Self { name, value: Value::Endpoint(binding) });
        }
        if name == "option" && input.peek(syn::token::Paren) {
            let content;
            parenthesized!(content in input);
            let options = Punctuated::parse_terminated(&content);
            if options.is_err() {
                content.parse::<TokenStream>()?;
            }
            return Ok(Self { name, value: Value::Options(options) });
        }
        if name == "secret" && input.peek(syn::token::Paren) {
            return Ok(Self { name, value: Value::Secret(Box::new(input.parse()?)) });
        }
        let value = if input.peek(syn::token::Paren) {
            let content;
            parenthesized!(content in input);
            content.parse::<TokenStream>()?;
            Value::Other
        } else if input.is_empty() || input.peek(Token![,]) {
            Value::Other
        } else {
            Value::after_equals(input)?
        };
        Ok(Self { name, value })
    }
}

impl Value {
    fn after_equals(input: ParseStream<'_>) -> syn::Result<Self> {
        input.parse::<Token![=]>()?;
        Ok(if input.peek(LitStr) {
            Value::Text(input.parse()?)
        } else if input.peek(LitInt) {
            Value::Number(input.parse()?)
        } else {
            Value::Name(input.call(Path::parse_mod_style)?)
        })
    }
}

impl ImplOptions {
    pub(crate) fn parse(attribute: TokenStream, errors: &mut Errors) -> Self {
        StructOptions::parse_some(attribute, &["metadata", "metadata_str", "crate"], errors).common
    }
}

impl StructOptions {
    pub(crate) fn parse(attribute: TokenStream, errors: &mut Errors) -> Self {
        let known = [
            "metadata",
            "metadata_str",
            "config",
            "crate",
            "endpoint",
            "log",
            "migrate",
            "option",
            "secret",
            "state",
            "state_version",
        ];
        let options = Self::parse_some(attribute, &known, errors);
        match (&options.state_version, &options.migrate) {
            (Some(version), None) => {
                let message = "a version needs the function that brings older state to it: `migrate = path::to::function`";
                errors.at(version.span(), message);
            }
            (None, Some(migrate)) => {
                let message = "nothing says which version this migrates to: `state_version = 1`";
                errors.push(syn::Error::new_spanned(migrate, message));
            }
            _ => {}
        }
        options
    }

    fn parse_some(attribute: TokenStream, known: &[&str], errors: &mut Errors) -> Self {
        let runtime = syn::parse_quote!(::charm_runtime);
        let common = ImplOptions { metadata: MetadataOption::Default, runtime };
        let mut options = Self {
            common,
            endpoints: Vec::new(),
            config: None,
            options: Vec::new(),
            log: None,
            secrets: Vec::new(),
            state: None,
            state_version: None,
            migrate: None,
        };
        let pairs = Punctuated::<Pair, Token![,]>::parse_terminated.parse2(attribute);
        let mut seen: Vec<String> = Vec::new();
        for Pair { name, value } in errors.take(pairs).unwrap_or_default() {
            let word = name.to_string();
            if seen.contains(&word) {
                errors.at(name.span(), format_args!("`{word}` is given twice"));
                continue;
            }
            if !known.contains(&word.as_str()) {
                let message = format!("`#[charm]` has no option `{word}` here");
                errors.at(name.span(), suggest(message, &word, known.iter().copied()));
                continue;
            }
            let value = match value {
                Value::Endpoint(binding) => {
                    options.endpoints.extend(errors.take(binding));
                    continue;
                }
                Value::Options(types) => {
                    options.options.extend(errors.take(types).unwrap_or_default());
                    continue;
                }
                Value::Secret(mut secret) => {
                    errors.append(secret.take_mistakes());
                    match options.secrets.iter().find(|other| other.is_same(&secret)) {
                        Some(other) => {
                            let message = format!("there is a secret `{}` already", other.name);
                            errors.at(secret.name.span(), message);
                        }
                        None => options.secrets.push(*secret),
                    }
                    continue;
                }
                value => value,
            };
            if let Err(message) = options.set(&word, value) {
                errors.at(name.span(), message);
            }
            seen.push(word);
            let has = |word: &str| seen.iter().any(|seen| seen == word);
            if name.to_string().starts_with("metadata") && has("metadata") && has("metadata_str") {
                errors.at(name.span(), "`metadata` and `metadata_str` exclude each other");
            }
        }
        options
    }

    fn set(&mut self, word: &str, value: Value) -> Result<(), String> {
        match (word, value) {
            ("metadata", Value::Text(path)) => self.common.metadata = MetadataOption::Path(path),
            ("metadata_str", Value::Text(text)) => self.common.metadata = MetadataOption::Text(text),
            ("metadata" | "metadata_str", _) => {
                self.common.metadata = MetadataOption::Mistaken;
                return Err(format!("`{word}` takes a string: `{word} = \"..\"`"));
            }
            ("endpoint", _) => {
                return Err(
                    "`endpoint` takes types: `endpoint(database, remote = .., local = ..)`".to_owned()
                );
            }
            ("config", Value::Name(path)) => self.config = Some(path),
            ("config", Value::Other) => {
                return Err(
                    "`config` takes a type made of all options: `config = Settings`; those of single ones are given in `option(log_level = LogLevel)`"
                        .to_owned(),
                );
            }
            ("config", _) => return Err("`config` takes a type: `config = Settings`".to_owned()),
            ("option", _) => {
                return Err("`option` takes types: `option(log_level = LogLevel)`".to_owned());
            }
            ("secret", _) => {
                return Err(
                    "`secret` takes a declaration: `secret(name, content = Type, owner = app)`".to_owned()
                );
            }
            ("crate", Value::Name(path)) => self.common.runtime = absolute(path),
            ("crate", _) => return Err("`crate` takes a path: `crate = charm_runtime`".to_owned()),
            ("log", Value::Name(path)) => self.log = Some(one_of(word, &path, &LOG_LEVELS)?),
            ("state", Value::Name(path)) => {
                // Kept even if there is no such store: it has been said where the state is to live.
                self.state = path.segments.last().map(|last| last.ident.clone());
                one_of(word, &path, &STORES)?;
            }
            ("state_version", Value::Number(number)) => {
                number.base10_parse::<u32>().map_err(|error| error.to_string())?;
                self.state_version = Some(number);
            }
            ("state_version", _) => return Err("`state_version` takes a number".to_owned()),
            ("migrate", Value::Name(path)) => self.migrate = Some(path),
            (_, _) => return Err(format!("`{word}` takes a name, without quotes: `{word} = ..`")),
        }
        Ok(())
    }
}

/// A bare name is a crate's: generated code stands in modules of its own, where it would not be found.
pub(crate) fn absolute(path: Path) -> Path {
    let starts_at_root =
        path.leading_colon.is_some() || path.segments.first().is_some_and(|first| first.ident == "crate");
    if starts_at_root { path } else { syn::parse_quote!(::#path) }
}

fn one_of(word: &str, path: &Path, known: &[&str]) -> Result<Ident, String> {
    let name = path.get_ident().filter(|name| known.iter().any(|known| name == known));
    name.cloned().ok_or_else(|| {
        let wrong = path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        suggest(format_args!("`{word}` can't be `{wrong}`"), &wrong, known.iter().copied())
    })
}
