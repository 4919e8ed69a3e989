//! What `#[derive(..)]` does, one file for each trait.

mod case;
mod databag;

pub(crate) use databag::databag;
