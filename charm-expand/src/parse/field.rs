//! The fields of the charm's struct.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::spanned::Spanned as _;
use syn::{Attribute, Field, Ident, LitStr, Token, Type};

use super::item::is_named;
use crate::diagnostics::{Errors, suggest};
use crate::expand::names::local;

/// `#[charm(stored, was = "old")]` on a field.
#[derive(Debug, Default)]
pub(crate) struct FieldAttribute {
    stored: bool,
    was: Vec<LitStr>,
}

/// A field that is state.
#[derive(Debug)]
pub(crate) struct StoredField {
    name: Ident,
    /// Where its type stands, which is what may be wrong with it.
    pub(crate) span: Span,
    pub(crate) was: Vec<LitStr>,
    /// `#[cfg(..)]`.
    pub(crate) conditions: Vec<Attribute>,
}

impl StoredField {
    /// The field, if it is state; what is wrong with its attribute is reported.
    pub(crate) fn of(field: &Field, errors: &mut Errors) -> Option<Self> {
        let mut attribute = FieldAttribute::default();
        let mut has_any = false;
        for written in field.attrs.iter().filter(|written| is_ours(written)) {
            has_any = true;
            let parsed = written.parse_args_with(|input: ParseStream<'_>| attribute.parse(input));
            errors.take(parsed);
        }
        let is_stored = attribute.stored || is_stored_type(&field.ty);
        if !is_stored {
            if has_any {
                errors.at(
                    field.ident.as_ref().map_or_else(|| field.ty.span(), Ident::span),
                    "only stored fields have options: fields of type `Stored<T>` or `StoredMap<K, V>`",
                );
            }
            return None;
        }
        match &field.ident {
            Some(name) => Some(Self {
                name: name.clone(),
                span: field.ty.span(),
                was: attribute.was,
                conditions: field
                    .attrs
                    .iter()
                    .filter(|other| other.path().is_ident("cfg"))
                    .cloned()
                    .collect(),
            }),
            None => {
                errors.push(syn::Error::new_spanned(
                    &field.ty,
                    "a stored field needs a name: it is stored under it",
                ));
                None
            }
        }
    }

    /// The field as the generated code reaches it, on the span of its type.
    pub(crate) fn place(&self) -> TokenStream {
        let mut name = self.name.clone();
        name.set_span(self.span);
        // Beside a token of another origin the compiler would point at the whole struct.
        let mut this = local("self");
        this.set_span(self.span.resolved_at(this.span()));
        quote_spanned!(self.span=> #this.#name)
    }

    /// The name that the field is stored under.
    pub(crate) fn key(&self) -> String {
        self.name.unraw().to_string()
    }
}

/// `#[charm(..)]` on a field is for us; the compiler would take it for an attribute macro.
pub(crate) fn is_ours(attribute: &Attribute) -> bool {
    is_named(attribute, "charm")
}

impl FieldAttribute {
    fn parse(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        while !input.is_empty() {
            let word = input.call(Ident::parse_any)?;
            match word.to_string().as_str() {
                "stored" => self.stored = true,
                "was" => {
                    input.parse::<Token![=]>()?;
                    self.was.push(input.parse()?);
                }
                other => {
                    let message = format!("a field has no option `{other}`");
                    let message = suggest(message, other, ["stored", "was"].into_iter());
                    return Err(syn::Error::new(word.span(), message));
                }
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(())
    }
}

/// By the name it is written with; an alias says `#[charm(stored)]`, and one that doesn't is an error when it is used.
fn is_stored_type(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == "Stored" || last.ident == "StoredMap")
}
