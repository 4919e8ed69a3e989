//! Secrets that a charm declares.

use std::fmt;
use std::time::Duration;

use super::content::SecretContent;
use super::info::{RotatePolicy, SecretOwner};
use crate::leader::Leader;
use crate::relation::Endpoint;
use crate::unit::Unit;

/// An own secret of the charm, as a type: `#[charm(secret(admin, content = .., owner = ..))]` on the struct makes
/// `secret::Admin`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a secret of this charm",
    note = "declare it on the charm's struct: `#[charm(secret(name, content = Content, owner = app))]` makes the type `secret::Name`"
)]
pub trait DeclaredSecret: 'static {
    /// What is in it.
    type Content: SecretContent;
    /// Who owns it: [`AppOwned`] or [`UnitOwned`].
    type Owner: Ownership;
    /// Its name, which is its label with Juju, or begins the label where there is one secret for each relation.
    const NAME: &'static str;
    /// What it is for, as `juju show-secret` tells it.
    const DESCRIPTION: Option<&'static str>;
    /// How often it is rotated.
    const ROTATE: RotatePolicy;
    /// How long a revision lives; `None` for ever.
    const EXPIRE: Option<Duration>;
}

/// A declared secret of which there is one.
#[diagnostic::on_unimplemented(
    message = "there is one `{Self}` for each relation",
    label = "one secret of many",
    note = "take `Secrets<..>`, and ask it for one: `secrets.of(&relation)`"
)]
pub trait SingleSecret: DeclaredSecret {}

/// A declared secret of which there is one for each relation of an endpoint (`per_relation = ..`).
#[diagnostic::on_unimplemented(
    message = "there is one `{Self}` alone",
    label = "not one for each relation",
    note = "take `Secret<..>`, or declare it with `per_relation = endpoint`"
)]
pub trait SecretPerRelation: DeclaredSecret {
    /// The endpoint.
    type Endpoint: Endpoint;
}

/// The owner of a declared secret, as a type: [`AppOwned`] or [`UnitOwned`].
pub trait Ownership: sealed::Sealed + 'static {
    /// The owner.
    const OWNER: SecretOwner;
    /// What has to be shown to write the secret.
    type Writer<'w>: fmt::Debug + Copy;
}

/// The application owns the secret: who writes it shows that this unit is the [`Leader`].
#[derive(Debug)]
pub enum AppOwned {}

/// The unit owns the secret: who writes it shows the [`Unit`], which every handler can take.
#[derive(Debug)]
pub enum UnitOwned {}

impl Ownership for AppOwned {
    const OWNER: SecretOwner = SecretOwner::Application;
    type Writer<'w> = &'w Leader<'w>;
}

impl Ownership for UnitOwned {
    const OWNER: SecretOwner = SecretOwner::Unit;
    type Writer<'w> = &'w Unit;
}

mod sealed {
    #[allow(unnameable_types, unreachable_pub)] // that nobody else can is its purpose
    pub trait Sealed {}
    impl Sealed for super::AppOwned {}
    impl Sealed for super::UnitOwned {}
}
