//! The item under `#[charm]`: a struct, or an impl block whose bodies stay unread.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt as _, quote};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Generics, ItemStruct, Path, Signature, Token, Type, Visibility, braced};

/// The item.
#[allow(clippy::large_enum_variant)] // one at a time, while a macro expands
#[derive(Debug)]
pub(crate) enum Item {
    Struct(ItemStruct),
    Impl(ItemImpl),
}

impl Item {
    pub(crate) fn parse(tokens: TokenStream) -> syn::Result<Self> {
        syn::parse2(tokens)
    }
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let ahead = input.fork();
        ahead.call(Attribute::parse_outer)?;
        if ahead.peek(Token![impl]) || ahead.peek(Token![unsafe]) && ahead.peek2(Token![impl]) {
            return input.parse().map(Self::Impl);
        }
        ahead.parse::<Visibility>()?;
        if ahead.peek(Token![struct]) {
            return input.parse().map(Self::Struct);
        }
        Err(ahead.error("`#[charm]` goes on the charm's struct, and on its impl blocks with handlers"))
    }
}

/// An impl block.
#[derive(Debug)]
pub(crate) struct ItemImpl {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) impl_token: Token![impl],
    pub(crate) generics: Generics,
    /// `impl Trait for Type`.
    pub(crate) of_trait: Option<Path>,
    pub(crate) self_type: Type,
    pub(crate) members: Vec<Member>,
}

/// What stands in the block.
#[derive(Debug)]
pub(crate) enum Member {
    Method(Box<Method>),
    /// Constants, types, macro calls: given back as they are.
    Other(TokenStream),
}

/// A method. Its body is never parsed: the compiler reports mistakes there better, and once.
#[derive(Debug)]
pub(crate) struct Method {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) signature: Signature,
    pub(crate) body: TokenTree,
}

impl Parse for ItemImpl {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        input.parse::<Option<Token![unsafe]>>()?;
        let impl_token = input.parse()?;
        // `impl<T> ..`, but not `impl <Type as Trait>::Out`, which no charm is.
        let mut generics: Generics = if input.peek(Token![<]) { input.parse()? } else { Generics::default() };
        let first: Type = input.parse()?;
        let (of_trait, self_type) = if input.parse::<Option<Token![for]>>()?.is_some() {
            let of_trait = match first {
                Type::Path(path) => Some(path.path),
                other => return Err(syn::Error::new_spanned(other, "expected a trait")),
            };
            (of_trait, input.parse()?)
        } else {
            (None, first)
        };
        generics.where_clause = input.parse()?;
        let content;
        braced!(content in input);
        let mut members = Vec::new();
        while !content.is_empty() {
            members.push(content.parse()?);
        }
        Ok(Self { attributes, impl_token, generics, of_trait, self_type, members })
    }
}

impl Parse for Member {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let ahead = input.fork();
        if !ahead.parse::<Start>().is_ok_and(|start| start.is_method) {
            return Ok(Self::Other(input.parse::<syn::ImplItem>()?.into_token_stream()));
        }
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        let signature = input.parse()?;
        let body: TokenTree = input.parse()?;
        Ok(Self::Method(Box::new(Method { attributes, visibility, signature, body })))
    }
}

/// The beginning of a member, looked at before it is decided how to parse it.
struct Start {
    is_method: bool,
}

impl Parse for Start {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        // `const fn`, `async fn`, `unsafe fn`, `extern "C" fn`: words before `fn`, but `const NAME` is none.
        while !input.is_empty() && !input.peek(Token![fn]) {
            let is_word = input.peek(Token![const])
                || input.peek(Token![async])
                || input.peek(Token![unsafe])
                || input.peek(Token![extern])
                || input.peek(syn::LitStr);
            if !is_word {
                break;
            }
            input.parse::<TokenTree>()?;
        }
        Ok(Self { is_method: input.peek(Token![fn]) })
    }
}

/// Whether an attribute is ours, by its last word: `#[on]`, `#[charm_runtime::on]`.
pub(crate) fn is_named(attribute: &Attribute, name: &str) -> bool {
    attribute.path().segments.last().is_some_and(|last| last.ident == name)
}

impl Method {
    /// Its attributes that the compiler is to see.
    pub(crate) fn others(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes
            .iter()
            .filter(|attribute| !is_named(attribute, "on") && !is_named(attribute, "status"))
    }

    /// Whether clippy would complain of the number of its arguments. Those of a handler are what it looks at, by type and
    /// in any order: nobody calls it with them in the wrong places.
    fn has_many_arguments(&self) -> bool {
        const CLIPPYS: usize = 7;
        let is_ours = self.others().count() < self.attributes.len();
        is_ours && self.signature.inputs.len() > CLIPPYS
    }

    /// Its `#[cfg(..)]`: what is generated for it stands under the same condition.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"))
    }
}

/// The block as it was written, without the attributes that are ours.
impl ToTokens for ItemImpl {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { attributes, impl_token, generics, of_trait, self_type, members } = self;
        let (generics, _, clause) = generics.split_for_impl();
        let of_trait = of_trait.as_ref().map(|of_trait| quote!(#of_trait for));
        tokens.append_all(
            quote!(#(#attributes)* #impl_token #generics #of_trait #self_type #clause { #(#members)* }),
        );
    }
}

impl ToTokens for Member {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Other(other) => tokens.append_all(other.clone()),
            Self::Method(method) => {
                let Method { visibility, signature, body, .. } = &**method;
                let attributes = method.others();
                let lint = method.has_many_arguments().then(|| quote!(#[allow(clippy::too_many_arguments)]));
                tokens.append_all(quote!(#(#attributes)* #lint #visibility #signature #body));
            }
        }
    }
}
