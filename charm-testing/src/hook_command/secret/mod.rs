//! The commands for secrets.

mod content;
mod edit;
mod expiry;
mod grant;
mod read;

pub(crate) use content::check;
pub(super) use edit::{secret_add, secret_set};
pub(super) use grant::{secret_grant, secret_remove, secret_revoke};
pub(super) use read::{secret_get, secret_ids, secret_info_get};

use super::Failure;
use crate::model::{SecretId, quoted};

/// The secret that the first argument names.
fn required(args: &[String]) -> Result<SecretId, Failure> {
    let uri = args.first().ok_or_else(|| Failure::usage("missing secret URI"))?;
    SecretId::parse(uri).map_err(Failure::usage)
}

/// The secret that the first argument names, if there is one.
fn optional(args: &[String]) -> Result<Option<SecretId>, Failure> {
    let invalid = |uri: &str| Failure::usage(format!("secret URI {uri} not valid", uri = quoted(uri)));
    args.first().map(|uri| SecretId::parse(uri).map_err(|_| invalid(uri))).transpose()
}
