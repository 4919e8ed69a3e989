//! `#[derive(SecretContent)]`: each field is a key of a secret.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::meta::ParseNestedMeta;
use syn::spanned::Spanned as _;
use syn::{Attribute, Data, DeriveInput, Fields, LitStr, Path, Type};

use crate::diagnostics::{Errors, help, suggest};
use crate::expand::names::{local, runtime};

pub(crate) fn secret_content(input: TokenStream, errors: &mut Errors) -> TokenStream {
    let Some(input) = errors.take(syn::parse2::<DeriveInput>(input)) else { return TokenStream::new() };
    let mut crate_path: Path = syn::parse_quote!(::charm_runtime);
    each(&input.attrs, errors, |word, meta| match word {
        "crate" => {
            crate_path = crate::options::absolute(meta.value()?.parse()?);
            Ok(())
        }
        _ => unknown(meta, "the struct", word, "crate"),
    });
    // Generic structs are reported; an implementation for them would be a second complaint.
    let fields = fields(&input, errors);
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let (runtime, name) = (runtime(), &input.ident);
    let shown = name.unraw().to_string();
    let spoken = spoken(&shown);
    let (to_raw, from_raw) = match &fields {
        Some(fields) => conversions(fields),
        // What was reported is enough.
        None => (quote!(::core::unreachable!()), quote!(::core::unreachable!())),
    };
    let labels = fields.iter().flatten().map(|field| field.name.unraw().to_string());
    quote! {
        #[allow(clippy::all, clippy::pedantic, unused_qualifications)]
        const _: () = {
            use #crate_path::__private as #runtime;

            #[automatically_derived]
            impl #runtime::SecretContent for #name {
                const NAME: &'static str = #spoken;

                fn to_raw(&self) -> #runtime::RawSecret {
                    #to_raw
                }

                fn from_raw(raw: &#runtime::RawSecret) -> #runtime::Result<Self, #runtime::Error> {
                    let _ = raw;
                    #from_raw
                }
            }

            #[automatically_derived]
            impl ::core::fmt::Debug for #name {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.debug_struct(#shown)#(.field(#labels, &#runtime::Redacted))*.finish()
                }
            }
        };
    }
}

/// The bodies of `to_raw` and `from_raw`.
fn conversions(fields: &[Field]) -> (TokenStream, TokenStream) {
    let (runtime, this, raw) = (runtime(), local("self"), local("raw"));
    let writes = fields.iter().map(|Field { name, key, ty }| {
        quote_spanned!(ty.span()=> <#ty as #runtime::SecretField>::write(&#this.#name, #key, &mut #raw);)
    });
    let to_raw = quote! {
        #[allow(unused_mut)]
        let mut raw = #runtime::RawSecret::new();
        #(#writes)*
        raw
    };
    let reads = fields.iter().map(|Field { name, key, ty }| {
        quote_spanned!(ty.span()=> #name: <#ty as #runtime::SecretField>::read(#key, #raw)?)
    });
    (to_raw, quote!(#runtime::Result::Ok(Self { #(#reads),* })))
}

/// A field, and its key.
struct Field {
    name: Ident,
    key: String,
    ty: Type,
}

/// The fields; `None` where the item has none that could be keys, which has been reported.
fn fields(input: &DeriveInput, errors: &mut Errors) -> Option<Vec<Field>> {
    if !input.generics.params.is_empty() {
        let message = "a secret's content can't be generic: whoever reads it must know what is in it";
        errors.push(syn::Error::new_spanned(&input.generics, message));
        return None;
    }
    let named = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => Some(&fields.named),
            Fields::Unnamed(_) | Fields::Unit => None,
        },
        Data::Enum(_) | Data::Union(_) => None,
    };
    let Some(named) = named else {
        errors.at(input.ident.span(), "a secret's content is a struct with named fields: they are its keys");
        return None;
    };
    let mut fields: Vec<Field> = Vec::new();
    for field in named {
        let Some(name) = &field.ident else { continue };
        let mut rename: Option<LitStr> = None;
        each(&field.attrs, errors, |word, meta| match word {
            "rename" => {
                rename = Some(meta.value()?.parse()?);
                Ok(())
            }
            _ => unknown(meta, "a field", word, "rename"),
        });
        let (key, span) = match &rename {
            Some(key) => (key.value(), key.span()),
            None => (name.unraw().to_string().replace('_', "-"), name.span()),
        };
        check(&key, span, rename.is_some(), &fields, errors);
        fields.push(Field { name: name.clone(), key, ty: field.ty.clone() });
    }
    Some(fields)
}

fn check(key: &str, span: Span, is_named: bool, before: &[Field], errors: &mut Errors) {
    if let Some(other) = before.iter().find(|other| other.key == key) {
        errors.at(span, format_args!("the key `{key}` is that of the field `{}` already", other.name));
    } else if !is_key(key) {
        let message = format!("`{key}` is no key of a secret");
        let rule = "it has at least three lowercase letters and digits, the first a letter, and single hyphens between them";
        let advice = if is_named {
            rule.to_owned()
        } else {
            format!("{rule}: name one by `#[secret(rename = \"..\")]`")
        };
        errors.at(span, help(message, advice));
    }
}

/// Juju's rule, `^([a-z](?:-?[a-z0-9]){2,})$`.
fn is_key(key: &str) -> bool {
    let is_word = |c: &char| c.is_ascii_lowercase() || c.is_ascii_digit();
    key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().filter(is_word).count() >= 3
        && key.chars().all(|c| is_word(&c) || c == '-')
        && !key.ends_with('-')
        && !key.contains("--")
}

/// A type's name as a person would say it: `DatabaseUser` is a `database user`.
fn spoken(name: &str) -> String {
    let mut words = String::new();
    let mut before = None;
    for letter in name.chars() {
        if letter.is_uppercase() && before.is_some_and(|before: char| before.is_lowercase()) {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
        before = Some(letter);
    }
    words
}

/// Calls `set` for each option in the `#[secret(..)]` among the attributes.
fn each(
    attributes: &[Attribute],
    errors: &mut Errors,
    mut set: impl FnMut(&str, &ParseNestedMeta<'_>) -> syn::Result<()>,
) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("secret")) {
        let parsed = attribute.parse_nested_meta(|meta| {
            let word = meta.path.get_ident().map(Ident::to_string).unwrap_or_default();
            set(&word, &meta)
        });
        errors.take(parsed);
    }
}

fn unknown(meta: &ParseNestedMeta<'_>, of: &str, word: &str, known: &str) -> syn::Result<()> {
    let message = format!("`#[secret]` has no option `{word}` on {of}");
    Err(syn::Error::new(meta.path.span(), suggest(message, word, std::iter::once(known))))
}
