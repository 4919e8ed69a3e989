//! `#[on(..)]` and `#[status]`, as written.

use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Attribute, Ident, LitStr, Meta, Path, Token, parenthesized};

/// `#[on(event, was = "old_name")]`.
#[derive(Debug)]
pub(crate) struct On {
    /// Where the attribute stands: for mistakes that are about it as a whole.
    pub(crate) span: Span,
    pub(crate) event: OnEvent,
    /// Names that the method had before.
    pub(crate) was: Vec<LitStr>,
}

/// The event that an attribute names.
#[derive(Debug)]
pub(crate) enum OnEvent {
    /// `install`, `relation_changed = "db"`.
    Named(EventName),
    /// `any`, `any(also(stop), except(update_status))`.
    Any { also: Vec<EventName>, except: Vec<EventName> },
}

/// `relation_changed = "db"`.
#[derive(Debug, Clone)]
pub(crate) struct EventName {
    pub(crate) word: Ident,
    pub(crate) subject: Option<SubjectName>,
}

/// What an event is about, as written.
#[derive(Debug, Clone)]
pub(crate) enum SubjectName {
    /// `"k8s-service"`, as `charmcraft.yaml` has it.
    Text(LitStr),
    /// `endpoint::K8sService`, the type that stands for it.
    Type(Path),
}

impl SubjectName {
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Text(text) => text.span(),
            Self::Type(path) => path.span(),
        }
    }
}

impl On {
    pub(crate) fn parse(attribute: &Attribute) -> syn::Result<Self> {
        let span = attribute.path().segments.last().map_or_else(Span::call_site, |last| last.ident.span());
        match &attribute.meta {
            Meta::List(list) if !list.tokens.is_empty() => {
                let (event, was) = attribute.parse_args_with(arguments)?;
                Ok(Self { span, event, was })
            }
            _ => Err(syn::Error::new(span, USAGE)),
        }
    }

    /// Whether it may have been meant for something that must be handled, misspelt or not: an action, or the rotation or
    /// expiry of a secret.
    pub(crate) fn is_perhaps_required(&self) -> bool {
        match &self.event {
            OnEvent::Any { .. } => false,
            OnEvent::Named(name) => {
                let word = name.word.to_string();
                ["act", "secret", "rot", "expir"].iter().any(|part| word.contains(part))
            }
        }
    }
}

const USAGE: &str = "which event?\n= help: write `#[on(install)]`, `#[on(relation_changed = \"db\")]`, `#[on(action = \"backup\")]` or `#[on(any)]`";

fn arguments(input: ParseStream<'_>) -> syn::Result<(OnEvent, Vec<LitStr>)> {
    if let Ok(text) = input.fork().parse::<LitStr>() {
        let word = text.value().replace('-', "_");
        let message = format!("an event is a name, not a string\n= help: write `#[on({word})]`");
        return Err(syn::Error::new(text.span(), message));
    }
    let event = if input.fork().call(Ident::parse_any)? == "any" {
        any(input)?
    } else {
        OnEvent::Named(input.parse()?)
    };
    let mut was = Vec::new();
    while !input.is_empty() {
        input.parse::<Token![,]>()?;
        if input.is_empty() {
            break;
        }
        let word = input.call(Ident::parse_any)?;
        if word != "was" {
            let message = format!(
                "`{word}` is no option of `#[on(..)]`\n= help: one attribute names one event; the only option is `was = \"old_name\"`"
            );
            return Err(syn::Error::new(word.span(), message));
        }
        input.parse::<Token![=]>()?;
        was.push(string(input, &word)?);
    }
    Ok((event, was))
}

fn any(input: ParseStream<'_>) -> syn::Result<OnEvent> {
    input.call(Ident::parse_any)?;
    let (mut also, mut except) = (Vec::new(), Vec::new());
    if input.peek(syn::token::Paren) {
        let content;
        parenthesized!(content in input);
        while !content.is_empty() {
            let word = content.call(Ident::parse_any)?;
            let list = match word.to_string().as_str() {
                "also" => &mut also,
                "except" => &mut except,
                other => {
                    let message = format!(
                        "`{other}` is no option of `any`\n= help: there is `also(stop, ..)` and `except(update_status, ..)`"
                    );
                    return Err(syn::Error::new(word.span(), message));
                }
            };
            if !content.peek(syn::token::Paren) {
                let message =
                    format!("`{word}` takes events in parentheses\n= help: write `{word}(stop, ..)`");
                return Err(syn::Error::new(word.span(), message));
            }
            let names;
            parenthesized!(names in content);
            list.extend(Punctuated::<EventName, Token![,]>::parse_terminated(&names)?);
            if !content.is_empty() {
                content.parse::<Token![,]>()?;
            }
        }
    }
    Ok(OnEvent::Any { also, except })
}

impl Parse for EventName {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if let Ok(text) = input.fork().parse::<LitStr>() {
            let word = text.value().replace('-', "_");
            let message = format!("an event is a name, not a string\n= help: write `{word}`");
            return Err(syn::Error::new(text.span(), message));
        }
        let word = input.call(Ident::parse_any)?;
        if input.peek(Token![-]) {
            let mut whole = word.to_string();
            while input.parse::<Option<Token![-]>>()?.is_some() {
                whole = format!("{whole}_{}", input.call(Ident::parse_any)?);
            }
            let message = format!("events are written with underscores here\n= help: write `{whole}`");
            return Err(syn::Error::new(word.span(), message));
        }
        if input.peek(syn::token::Paren) {
            let message = format!("write the name after an equals sign: `{word} = \"..\"`");
            return Err(syn::Error::new(word.span(), message));
        }
        let has_subject = input.parse::<Option<Token![=]>>()?.is_some();
        let subject = has_subject.then(|| subject(input, &word)).transpose()?;
        Ok(Self { word, subject })
    }
}

/// The name after `word =`, as a string or as a type.
fn subject(input: ParseStream<'_>, word: &Ident) -> syn::Result<SubjectName> {
    let is_type = input.peek(Ident::peek_any) || input.peek(Token![::]);
    let path = if is_type { input.fork().call(Path::parse_mod_style).ok() } else { None };
    // A bare word is more likely a string without its quotes.
    match path.filter(|path| path.segments.len() > 1) {
        Some(_) => Ok(SubjectName::Type(input.call(Path::parse_mod_style)?)),
        None => Ok(SubjectName::Text(string(input, word)?)),
    }
}

/// The string after `word =`.
fn string(input: ParseStream<'_>, word: &Ident) -> syn::Result<LitStr> {
    input.fork().parse::<LitStr>().map_err(|error| {
        let message = format!("expected a name in quotes\n= help: write `{word} = \"..\"`");
        syn::Error::new(error.span(), message)
    })?;
    input.parse()
}

/// `#[status]` or `#[status(app)]`.
#[derive(Debug)]
pub(crate) struct StatusAttribute {
    pub(crate) span: Span,
    pub(crate) is_app: bool,
}

impl StatusAttribute {
    pub(crate) fn parse(attribute: &Attribute) -> syn::Result<Self> {
        let span = attribute.path().segments.last().map_or_else(Span::call_site, |last| last.ident.span());
        let is_app = match &attribute.meta {
            Meta::Path(_) => false,
            _ => {
                let word: Ident = attribute.parse_args()?;
                if word != "app" {
                    let message = "`#[status]` finds the unit's status, `#[status(app)]` the application's";
                    return Err(syn::Error::new(word.span(), message));
                }
                true
            }
        };
        Ok(Self { span, is_app })
    }
}
