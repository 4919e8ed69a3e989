//! Errors, collected: a mistake in one place must not hide the next.

use proc_macro2::Span;

/// The errors found so far.
#[derive(Debug, Default)]
pub(crate) struct Errors(Vec<syn::Error>);

impl Errors {
    pub(crate) fn push(&mut self, error: syn::Error) {
        self.0.push(error);
    }

    pub(crate) fn at(&mut self, span: Span, message: impl std::fmt::Display) {
        self.0.push(syn::Error::new(span, message));
    }

    /// How many there are: whether something was sound is seen by the difference.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// Takes the error out of a result.
    pub(crate) fn take<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.0.push(error)).ok()
    }

    /// Takes over all that was found elsewhere.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// One error per mistake: a `syn::Error` may hold several.
    pub(crate) fn into_vec(self) -> Vec<syn::Error> {
        self.0.into_iter().flatten().collect()
    }
}

/// A second line of help, in the form that the compiler aligns with its own.
pub(crate) fn help(message: impl std::fmt::Display, help: impl std::fmt::Display) -> String {
    format!("{message}\n= help: {help}")
}

/// `message`, and where one of the candidates is near, which was probably meant; else what there is.
pub(crate) fn suggest<'a>(
    message: impl std::fmt::Display,
    wrong: &str,
    candidates: impl Iterator<Item = &'a str> + Clone,
) -> String {
    if let Some(near) = charm_meta::did_you_mean(wrong, candidates.clone()) {
        return help(message, format_args!("did you mean `{near}`?"));
    }
    let all: Vec<String> = candidates.map(|candidate| format!("`{candidate}`")).collect();
    if all.is_empty() {
        message.to_string()
    } else {
        help(message, format_args!("there is {}", all.join(", ")))
    }
}
