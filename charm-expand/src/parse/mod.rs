//! What was written.

mod endpoint;
mod field;
mod item;
mod on;
mod secret;

pub(crate) use endpoint::Binding;
pub(crate) use field::StoredField;
pub(crate) use field::is_ours;
pub(crate) use item::{Item, ItemImpl, Member, Method, is_named};
pub(crate) use on::{EventName, On, OnEvent, StatusAttribute, SubjectName};
pub(crate) use secret::SecretDeclaration;
