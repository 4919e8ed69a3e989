//! `#[derive(ActionResults)]`: each field is a result of an action.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::meta::ParseNestedMeta;
use syn::spanned::Spanned as _;
use syn::{Attribute, Data, DeriveInput, Fields, LitStr, Path, Type};

use crate::diagnostics::{Errors, help, suggest};
use crate::expand::names::{local, runtime};

/// What no part of a result's key may be, not even below another: Juju writes those itself when an action ends.
const RESERVED: [&str; 4] = ["stdout", "stdout-encoding", "stderr", "stderr-encoding"];
/// The result that Juju takes, and then writes over.
const OVERWRITTEN: &str = "return-code";

pub(crate) fn action_results(input: TokenStream, errors: &mut Errors) -> TokenStream {
    let Some(input) = errors.take(syn::parse2::<DeriveInput>(input)) else { return TokenStream::new() };
    let crate_path = crate_path(&input.attrs, errors);
    let runtime = runtime();
    let reports: Vec<TokenStream> = fields(&input, errors).iter().map(Field::report).collect();
    let unused = reports.is_empty().then(|| quote!(let _ = results;));
    let name = &input.ident;
    let (generics, arguments, clause) = input.generics.split_for_impl();
    quote! {
        #[allow(clippy::all, clippy::pedantic, unused_qualifications)]
        const _: () = {
            use #crate_path::__private as #runtime;

            #[automatically_derived]
            impl #generics #runtime::ActionResults for #name #arguments #clause {
                fn report(&self, results: &#runtime::Results<'_>) -> #runtime::Result<(), #runtime::Error> {
                    #unused
                    #(#reports)*
                    #runtime::Result::Ok(())
                }
            }
        };
    }
}

/// Calls `set` for each option in the `#[results(..)]` among the attributes.
fn each(
    attributes: &[Attribute],
    errors: &mut Errors,
    mut set: impl FnMut(&str, &ParseNestedMeta<'_>) -> syn::Result<()>,
) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("results")) {
        let parsed = attribute.parse_nested_meta(|meta| {
            let word = meta.path.get_ident().map(Ident::to_string).unwrap_or_default();
            set(&word, &meta)
        });
        errors.take(parsed);
    }
}

fn unknown(meta: &ParseNestedMeta<'_>, of: &str, word: &str, known: &[&str]) -> syn::Error {
    let message = format!("`#[results]` has no option `{word}` on {of}");
    syn::Error::new(meta.path.span(), suggest(message, word, known.iter().copied()))
}

fn crate_path(attributes: &[Attribute], errors: &mut Errors) -> Path {
    let mut path = syn::parse_quote!(::charm_runtime);
    each(attributes, errors, |word, meta| {
        if word != "crate" {
            return Err(unknown(meta, "the struct", word, &["crate"]));
        }
        path = crate::options::absolute(meta.value()?.call(Path::parse_mod_style)?);
        Ok(())
    });
    path
}

/// A field, and what is said of it.
struct Field<'f> {
    name: &'f Ident,
    ty: &'f Type,
    key: String,
    is_displayed: bool,
    conditions: Vec<&'f Attribute>,
}

/// The fields that are sound; what is wrong with the others, or with the item, is reported.
fn fields<'f>(input: &'f DeriveInput, errors: &mut Errors) -> Vec<Field<'f>> {
    let named = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => Some(&fields.named),
            Fields::Unit => return Vec::new(),
            Fields::Unnamed(_) => None,
        },
        Data::Enum(_) | Data::Union(_) => None,
    };
    let Some(named) = named else {
        let message = "an action's results are a struct with named fields: they are its keys";
        errors.at(input.ident.span(), message);
        return Vec::new();
    };
    let mut fields: Vec<Field<'f>> = Vec::new();
    for field in named {
        let Some((field, span)) = Field::of(field, errors) else { continue };
        match complaint(&field, &fields) {
            Some(complaint) => errors.at(span, complaint),
            None => fields.push(field),
        }
    }
    fields
}

/// What is wrong with a field's key, beside those of the fields before it.
fn complaint(field: &Field<'_>, before: &[Field<'_>]) -> Option<String> {
    let key = &field.key;
    if !key.split('.').all(is_key_part) {
        return Some(help(
            format_args!(
                "`{key}` is no key of a result: one is lowercase letters, digits and hyphens, parts joined by dots, no hyphen at an end"
            ),
            "give it another: `#[results(key = \"..\")]`",
        ));
    }
    let reserved = key.split('.').find(|part| RESERVED.contains(part) || key == OVERWRITTEN);
    if let Some(part) = reserved {
        let of_it = if part == key { String::new() } else { format!(", a part of `{key}`,") };
        return Some(help(
            format_args!("Juju keeps the result `{part}`{of_it} for what it says of every action"),
            "give it another key: `#[results(key = \"..\")]`",
        ));
    }
    let is_below = |key: &str, above: &str| key.strip_prefix(above).is_some_and(|rest| rest.starts_with('.'));
    let other = before
        .iter()
        .find(|other| other.key == *key || is_below(key, &other.key) || is_below(&other.key, key))?;
    Some(if other.key == *key {
        format!("`{key}` is the key of the field `{}` already", other.name)
    } else {
        let other = (&other.key, other.name);
        format!(
            "`{key}` and `{}`, the key of the field `{}`, exclude each other: one is a part of the other",
            other.0, other.1
        )
    })
}

fn is_key_part(part: &str) -> bool {
    let is_sound = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = part.as_bytes();
    bytes.first().is_some_and(|byte| is_sound(*byte))
        && bytes.last().is_some_and(|byte| is_sound(*byte))
        && bytes.iter().all(|byte| is_sound(*byte) || *byte == b'-')
}

impl<'f> Field<'f> {
    /// The field, and where its key comes from.
    fn of(field: &'f syn::Field, errors: &mut Errors) -> Option<(Self, Span)> {
        let name = field.ident.as_ref()?;
        let mut key: Option<LitStr> = None;
        let mut is_displayed = false;
        each(&field.attrs, errors, |word, meta| {
            match word {
                "key" => key = Some(meta.value()?.parse()?),
                "display" => is_displayed = true,
                _ => return Err(unknown(meta, "a field", word, &["display", "key"])),
            }
            Ok(())
        });
        let (key, span) = match &key {
            Some(key) => (key.value(), key.span()),
            None => (name.unraw().to_string().replace('_', "-"), name.span()),
        };
        let conditions = field.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect();
        Some((Self { name, ty: &field.ty, key, is_displayed, conditions }, span))
    }

    /// The statement that adds it, on the span of its type, which is what may be wrong with it.
    fn report(&self) -> TokenStream {
        let Self { name, ty, key, is_displayed, conditions } = self;
        let span = ty.span();
        let mut place = (*name).clone();
        place.set_span(span);
        let (this, results) = (local("self"), local("results"));
        if *is_displayed {
            return quote_spanned!(span=> #(#conditions)* #results.set(#key, &#this.#place)?;);
        }
        quote_spanned!(span=> #(#conditions)* #results.add::<#ty>(#key, &#this.#place)?;)
    }
}
