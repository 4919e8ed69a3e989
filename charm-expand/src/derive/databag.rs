//! `#[derive(Databag)]`: each field is a key of a databag.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::meta::ParseNestedMeta;
use syn::spanned::Spanned as _;
use syn::{Attribute, Data, DeriveInput, Fields, GenericArgument, LitStr, Path, PathArguments, Type};

use super::case::Case;
use crate::diagnostics::{Errors, suggest};
use crate::expand::names::{local, runtime};

/// The longest key, in bytes, that Juju reads from a command's standard input.
const LONGEST_KEY: usize = 1000;

pub(crate) fn databag(input: TokenStream, errors: &mut Errors) -> TokenStream {
    let Some(input) = errors.take(syn::parse2::<DeriveInput>(input)) else { return TokenStream::new() };
    let options = StructOptions::of(&input.attrs, errors);
    let body = match fields(&input, &options, errors) {
        Some(fields) => body(&fields),
        None => fallback(),
    };
    let (name, crate_path, runtime) = (&input.ident, &options.runtime, runtime());
    let (generics, arguments, clause) = input.generics.split_for_impl();
    quote! {
        #[allow(clippy::all, clippy::pedantic, unused_qualifications)]
        const _: () = {
            use #crate_path::__private as #runtime;

            #[automatically_derived]
            impl #generics #runtime::Databag for #name #arguments #clause { #body }
        };
    }
}

/// The options of the struct, `#[databag(..)]` above it.
struct StructOptions {
    runtime: Path,
    raw: bool,
    rename_all: Case,
}

impl StructOptions {
    fn of(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut options =
            Self { runtime: syn::parse_quote!(::charm_runtime), raw: false, rename_all: Case::Kebab };
        each(attributes, errors, |word, meta| {
            match word {
                "raw" => options.raw = true,
                "rename_all" => {
                    let case: LitStr = meta.value()?.parse()?;
                    options.rename_all = Case::parse(&case)?;
                }
                "crate" => options.runtime = crate::options::absolute(meta.value()?.parse()?),
                _ => return unknown(meta, "the struct", word, &["raw", "rename_all", "crate"]),
            }
            Ok(())
        });
        options
    }
}

/// A field, and what is said of it.
struct Field {
    name: Ident,
    ty: Type,
    key: String,
    raw: bool,
    default: bool,
}

/// Calls `set` for each option in the `#[databag(..)]` among the attributes.
fn each(
    attributes: &[Attribute],
    errors: &mut Errors,
    mut set: impl FnMut(&str, &ParseNestedMeta<'_>) -> syn::Result<()>,
) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("databag")) {
        let parsed = attribute.parse_nested_meta(|meta| {
            // `crate` is a keyword.
            let word = meta.path.get_ident().map(Ident::to_string).unwrap_or_default();
            set(&word, &meta)
        });
        errors.take(parsed);
    }
}

fn unknown(meta: &ParseNestedMeta<'_>, of: &str, word: &str, known: &[&str]) -> syn::Result<()> {
    let message = format!("`#[databag]` has no option `{word}` on {of}");
    Err(syn::Error::new(meta.path.span(), suggest(message, word, known.iter().copied())))
}

/// The fields; `None` where no databag can be made of the item, or one of them is mistaken, which has been reported.
fn fields(input: &DeriveInput, options: &StructOptions, errors: &mut Errors) -> Option<Vec<Field>> {
    if !input.generics.params.is_empty() {
        let message = "a databag can't be generic: both sides must know what stands in it";
        errors.push(syn::Error::new_spanned(&input.generics, message));
        return None;
    }
    let named = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => Some(&fields.named),
            Fields::Unit => return Some(Vec::new()),
            Fields::Unnamed(_) => None,
        },
        Data::Enum(_) | Data::Union(_) => None,
    };
    let Some(named) = named else {
        let message = "a databag is a struct with named fields: they are its keys";
        errors.at(input.ident.span(), message);
        return None;
    };
    let mut fields: Vec<Field> = Vec::new();
    let mut is_sound = true;
    for field in named {
        let Some((field, key_span)) = Field::of(field, options, errors) else {
            is_sound = false;
            continue;
        };
        let complaint = if let Some(other) = fields.iter().find(|other| other.key == field.key) {
            Some(format!("the key `{}` is that of the field `{}` already", field.key, other.name))
        } else if field.key.is_empty() {
            Some("a key can't be empty".to_owned())
        } else if field.key.len() > LONGEST_KEY {
            Some(format!("the key has {} bytes, and Juju reads keys of up to {LONGEST_KEY}", field.key.len()))
        } else {
            None
        };
        if let Some(complaint) = complaint {
            errors.at(key_span, complaint);
            is_sound = false;
        }
        fields.push(field);
    }
    is_sound.then_some(fields)
}

impl Field {
    /// The field, and where its key comes from.
    fn of(
        field: &syn::Field,
        options: &StructOptions,
        errors: &mut Errors,
    ) -> Option<(Self, proc_macro2::Span)> {
        let name = field.ident.clone()?;
        let (mut raw, mut default) = (options.raw, false);
        let mut rename: Option<LitStr> = None;
        let before = errors.count();
        each(&field.attrs, errors, |word, meta| {
            match word {
                "raw" => raw = true,
                "default" => default = true,
                "rename" => rename = Some(meta.value()?.parse()?),
                _ => return unknown(meta, "a field", word, &["raw", "default", "rename"]),
            }
            Ok(())
        });
        let (key, span) = match &rename {
            Some(rename) => (rename.value(), rename.span()),
            None => (options.rename_all.apply(&name.unraw().to_string()), name.span()),
        };
        let is_sound = errors.count() == before;
        is_sound.then(|| (Self { name, ty: field.ty.clone(), key, raw, default }, span))
    }

    /// The expression that reads it from `entries`, on the span of its type.
    fn read(&self) -> TokenStream {
        let (runtime, Self { ty, key, .. }) = (runtime(), self);
        let (span, entries) = (ty.span(), local("entries"));
        if self.raw
            && let Some(inner) = optional(ty)
        {
            return quote_spanned!(span=> <#inner as #runtime::RawValue>::read(#entries, #key)?);
        }
        let form = format_ident!("{}", if self.raw { "RawValue" } else { "JsonValue" }, span = span);
        let absent = if self.default {
            quote_spanned!(span=> <#ty as #runtime::Default>::default())
        } else {
            quote_spanned! {span=>
                return #runtime::Result::Err(#runtime::EntryError::missing(#key))
            }
        };
        quote_spanned! {span=>
            match <#ty as #runtime::#form>::read(#entries, #key)? {
                #runtime::Option::Some(value) => value,
                #runtime::Option::None => #absent,
            }
        }
    }

    /// The expression for what is written of it.
    fn write(&self) -> TokenStream {
        let (runtime, Self { name, ty, key, .. }) = (runtime(), self);
        let span = ty.span();
        let place = {
            let mut name = name.clone();
            name.set_span(span);
            let this = local("self");
            quote_spanned!(span=> #this.#name)
        };
        if !self.raw {
            return quote_spanned!(span=> <#ty as #runtime::JsonValue>::write(&#place, #key)?);
        }
        if let Some(inner) = optional(ty) {
            return quote_spanned! {span=>
                match &#place {
                    #runtime::Option::Some(value) => <#inner as #runtime::RawValue>::write(value, #runtime::Option::None),
                    #runtime::Option::None => #runtime::Option::None,
                }
            };
        }
        let default = if self.default {
            quote_spanned!(span=> #runtime::Option::Some(&<#ty as #runtime::Default>::default()))
        } else {
            quote_spanned!(span=> #runtime::Option::None)
        };
        quote_spanned!(span=> <#ty as #runtime::RawValue>::write(&#place, #default))
    }
}

/// The `T` of what is written as `Option<T>`. Plain text has no form for an alias of it, which the compiler then says.
fn optional(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(inner) if arguments.args.len() == 1 => Some(inner),
        _ => None,
    }
}

fn body(fields: &[Field]) -> TokenStream {
    let runtime = runtime();
    let reads = fields.iter().map(|field| {
        let (name, read) = (&field.name, field.read());
        quote!(#name: #read)
    });
    let writes = fields.iter().map(|field| {
        let (key, write) = (&field.key, field.write());
        quote!(written.insert(<#runtime::String as #runtime::From<&str>>::from(#key), #write);)
    });
    let unused = fields.is_empty().then(|| quote!(let _ = entries;));
    let mutable = (!fields.is_empty()).then(|| quote!(mut));
    quote! {
        fn from_entries(
            entries: &#runtime::BTreeMap<#runtime::String, #runtime::String>,
        ) -> #runtime::Result<Self, #runtime::EntryError> {
            #unused
            #runtime::Result::Ok(Self { #(#reads),* })
        }

        fn to_entries(&self) -> #runtime::Result<#runtime::Entries, #runtime::EntryError> {
            let #mutable written = #runtime::Entries::new();
            #(#writes)*
            #runtime::Result::Ok(written)
        }
    }
}

/// For what can't be a databag: enough that nothing else complains.
fn fallback() -> TokenStream {
    let runtime = runtime();
    quote! {
        fn from_entries(
            _: &#runtime::BTreeMap<#runtime::String, #runtime::String>,
        ) -> #runtime::Result<Self, #runtime::EntryError> {
            #runtime::Result::Err(#runtime::EntryError::missing(""))
        }

        fn to_entries(&self) -> #runtime::Result<#runtime::Entries, #runtime::EntryError> {
            #runtime::Result::Ok(#runtime::Entries::new())
        }
    }
}
