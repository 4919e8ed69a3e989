//! Who else reads an own secret.

use super::declared::DeclaredSecret;
use super::info::SecretInfo;
use super::own::{Secret, Writer};
use crate::error::Error;
use crate::halt::Halt;
use crate::relation::{Endpoint, Relation, RelationId};

impl<S: DeclaredSecret> Secret<S> {
    /// Lets the remote application of a relation read it, as long as the relation is there. Nothing is sent for what
    /// has been granted before.
    ///
    /// Juju keeps one grant for an application, over one relation: to one that reads the secret over another relation
    /// nothing is granted here. Granting over a relation what is taken back over another in the same dispatch is an
    /// error which ends a handler that hands it on by `?` with a [`Halt::Waiting`]; a later dispatch can grant it.
    ///
    /// An application that has units with grants of their own can't be granted it: revoke those first, which may be in
    /// the same dispatch.
    #[track_caller]
    pub fn grant<E: Endpoint>(&self, _writer: Writer<'_, S>, relation: &Relation<E>) -> Result<(), Error> {
        self.allow(relation, None)
    }

    /// Lets one remote unit of a relation read it, such as `webapp/0`. Otherwise as [`grant`](Self::grant).
    #[track_caller]
    pub fn grant_unit<E: Endpoint>(
        &self,
        _writer: Writer<'_, S>,
        relation: &Relation<E>,
        unit: &str,
    ) -> Result<(), Error> {
        self.allow(relation, Some(unit))
    }

    /// Takes a grant back: the remote application reads no further revision. What it was granted over another relation
    /// it keeps.
    #[track_caller]
    pub fn revoke<E: Endpoint>(&self, _writer: Writer<'_, S>, relation: &Relation<E>) -> Result<(), Error> {
        self.forbid(relation, None)
    }

    /// Takes the grant of one remote unit back.
    #[track_caller]
    pub fn revoke_unit<E: Endpoint>(
        &self,
        _writer: Writer<'_, S>,
        relation: &Relation<E>,
        unit: &str,
    ) -> Result<(), Error> {
        self.forbid(relation, Some(unit))
    }

    #[track_caller]
    fn allow<E: Endpoint>(&self, relation: &Relation<E>, unit: Option<&str>) -> Result<(), Error> {
        let info = self.made()?;
        let to = (RelationId::clone(relation.id()), unit.map(str::to_owned));
        match self.standing(&info, relation, unit)? {
            Standing::Here => self.edit(&info, |edit| {
                edit.grants.remove(&to);
            }),
            Standing::Elsewhere => {}
            Standing::Nowhere => self.edit(&info, |edit| {
                edit.grants.insert(to, true);
            }),
            Standing::TakenBack(other) => {
                let problem = format!(
                    "it is taken back over {other} in this dispatch, and Juju would take it back over {} too: grant it in a later one",
                    relation.id()
                );
                let halt = Halt::Waiting(format!("{self} is granted over {} later", relation.id()));
                return Err(Error::invalid(self.to_string(), problem).halting(halt));
            }
        }
        Ok(())
    }

    #[track_caller]
    fn forbid<E: Endpoint>(&self, relation: &Relation<E>, unit: Option<&str>) -> Result<(), Error> {
        let info = self.made()?;
        // Juju takes it back whatever relation it was granted over.
        if !matches!(self.standing(&info, relation, unit)?, Standing::Elsewhere) {
            let to = (RelationId::clone(relation.id()), unit.map(str::to_owned));
            self.edit(&info, |edit| {
                edit.grants.insert(to, false);
            });
        }
        Ok(())
    }

    /// How who is meant stands to the secret, as far as Juju tells (from 3.6) and as is staged.
    #[track_caller]
    fn standing<E: Endpoint>(
        &self,
        info: &SecretInfo,
        relation: &Relation<E>,
        unit: Option<&str>,
    ) -> Result<Standing, Error> {
        let staged = self.juju.secret_edit(&info.id).map(|edit| edit.grants).unwrap_or_default();
        let mut others = Vec::new();
        for ((other, its_unit), is_grant) in staged {
            if other != **relation.id() && its_unit.as_deref() == unit {
                others.push((other, is_grant));
            }
        }
        if info.access.is_empty() && others.is_empty() {
            return Ok(Standing::Nowhere);
        }
        let Some(remote) = relation.remote_app_name()? else { return Ok(Standing::Nowhere) };
        let app = self.juju.app_name()?;
        let mut standing = Standing::Nowhere;
        for access in info.access.iter().filter(|access| access.is_to(&remote, unit)) {
            match access.is_over(app, relation.id(), &remote) {
                Some(true) => return Ok(Standing::Here),
                Some(false) => standing = Standing::Elsewhere,
                // In words that are not known: as if it were not there, which at worst says it twice.
                None => {}
            }
        }
        for (other, is_grant) in others {
            if self.juju.remote_app(&other)?.as_ref() == Some(&remote) {
                standing = if is_grant { Standing::Elsewhere } else { Standing::TakenBack(other) };
            }
        }
        Ok(standing)
    }
}

/// How an application, or a unit, stands to an own secret.
enum Standing {
    /// It reads it over this relation.
    Here,
    /// It reads it over another one, or is about to.
    Elsewhere,
    Nowhere,
    /// It read it over another one, over which that is about to be taken back.
    TakenBack(RelationId),
}
