//! What `#[derive(..)]` does, one file for each trait.

mod action_results;
mod case;
mod databag;
mod secret;

pub(crate) use action_results::action_results;
pub(crate) use databag::databag;
pub(crate) use secret::secret_content;
