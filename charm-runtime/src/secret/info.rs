//! What Juju knows of an own secret beside its content.

use std::fmt;
use std::time::SystemTime;

use serde_json::Value;

use super::id::SecretId;
use super::time;
use crate::relation::RelationId;
use crate::value::{optional_text, text, unexpected};

/// Who owns a secret, and so who may write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SecretOwner {
    /// The application: its leader writes the secret, all of its units read it.
    #[default]
    Application,
    /// The unit that made it, alone.
    Unit,
}

impl SecretOwner {
    /// Juju's word: `application` or `unit`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Unit => "unit",
        }
    }
}

/// How often Juju sends secret-rotate. Juju sends it again every five minutes until the secret has a new revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[allow(missing_docs)] // Juju's own words
pub enum RotatePolicy {
    #[default]
    Never,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Quarterly,
    Yearly,
}

impl RotatePolicy {
    /// Juju's word, such as `monthly`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Hourly => "hourly",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Quarterly => "quarterly",
            Self::Yearly => "yearly",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        let all = [
            Self::Never,
            Self::Hourly,
            Self::Daily,
            Self::Weekly,
            Self::Monthly,
            Self::Quarterly,
            Self::Yearly,
        ];
        all.into_iter().find(|policy| policy.name() == name)
    }
}

/// What `secret-info-get` tells of an own secret.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SecretInfo {
    /// Its id.
    pub id: SecretId,
    /// Its newest revision; the first is 1.
    pub revision: u64,
    /// The owner's label for it.
    pub label: Option<String>,
    /// Who owns it.
    pub owner: SecretOwner,
    /// What it is for.
    pub description: Option<String>,
    /// How often it is rotated; `None` for a policy that this version doesn't know.
    pub rotate: Option<RotatePolicy>,
    /// When its newest revision expires.
    pub expires: Option<SystemTime>,
    /// When it is to be rotated next.
    pub rotates: Option<SystemTime>,
    /// Who else may read it (Juju 3.6 and later).
    pub access: Vec<SecretAccess>,
}

impl SecretInfo {
    /// Of a secret that has just been added.
    pub(crate) fn of_new(
        id: SecretId,
        label: &str,
        owner: SecretOwner,
        description: Option<String>,
        rotate: RotatePolicy,
    ) -> Self {
        let (label, rotate) = (Some(label.to_owned()), Some(rotate));
        let (expires, rotates, access) = (None, None, Vec::new());
        Self { id, revision: 1, label, owner, description, rotate, expires, rotates, access }
    }
}

/// One grant of a secret, in Juju's tags.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SecretAccess {
    /// To whom: `application-web`, `unit-web-0`.
    pub target: String,
    /// For how long: `relation-db.admin#web.db`, as long as that relation is there.
    pub scope: String,
    /// As what: `view`.
    pub role: String,
}

impl SecretAccess {
    /// Whether it is a grant to the remote application, or to one of its units, over whatever relation.
    pub(crate) fn is_to(&self, remote: &str, unit: Option<&str>) -> bool {
        let target = match unit {
            Some(unit) => format!("unit-{}", unit.replace('/', "-")),
            None => format!("application-{remote}"),
        };
        self.role == "view" && self.target == target
    }

    /// Whether it ends with this relation, to that remote application; `None` where Juju's words for it are others.
    pub(crate) fn is_over(&self, app: &str, relation: &RelationId, remote: &str) -> Option<bool> {
        let ends = self.scope.strip_prefix("relation-")?;
        let own_end = format!("{app}.{}", relation.endpoint());
        // A peer relation has one.
        let Some((one, other)) = ends.split_once('#') else { return Some(ends == own_end) };
        let is_remote = |end: &str| end.split_once('.').is_some_and(|(name, _)| name == remote);
        Some((one == own_end && is_remote(other)) || (other == own_end && is_remote(one)))
    }
}

impl SecretInfo {
    /// The one secret among those printed, by their ids.
    pub(crate) fn read(answer: &Value) -> Result<Self, String> {
        let mut printed = answer.as_object().into_iter().flatten();
        match (printed.next(), printed.next()) {
            (Some((id, one)), None) => Self::read_one(id, one),
            _ => Err("it tells of no secret, or of several".to_owned()),
        }
    }

    fn read_one(id: &str, printed: &Value) -> Result<Self, String> {
        let is_some =
            |name: &str| Ok::<_, String>(optional_text(printed, name)?.filter(|text| !text.is_empty()));
        let moment = |name: &str| match is_some(name)? {
            None => Ok(None),
            Some(text) => time::parse(&text).map(Some).ok_or_else(|| unexpected(name)),
        };
        let mut access = Vec::new();
        match &printed["access"] {
            Value::Null => {}
            Value::Array(grants) => {
                for grant in grants {
                    access.push(SecretAccess {
                        target: text(grant, "target")?,
                        scope: optional_text(grant, "scope")?.unwrap_or_default(),
                        role: optional_text(grant, "role")?.unwrap_or_default(),
                    });
                }
            }
            _ => return Err(unexpected("access")),
        }
        Ok(Self {
            id: SecretId::parse(id).ok_or("the secret's id is of another form")?,
            revision: printed["revision"].as_u64().ok_or_else(|| unexpected("revision"))?,
            label: is_some("label")?,
            owner: match text(printed, "owner")?.as_str() {
                "application" => SecretOwner::Application,
                "unit" => SecretOwner::Unit,
                _ => return Err("the owner is neither `application` nor `unit`".to_owned()),
            },
            description: is_some("description")?,
            rotate: match is_some("rotation")? {
                None => Some(RotatePolicy::Never),
                Some(policy) => RotatePolicy::parse(&policy),
            },
            expires: moment("expiry")?,
            rotates: moment("rotates")?,
            access,
        })
    }
}

impl fmt::Display for SecretOwner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for RotatePolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_is_known_by_both_ends_of_its_relation() {
        let relation = RelationId::parse("database:7").unwrap();
        let access = |target: &str, scope: &str| SecretAccess {
            target: target.into(),
            scope: scope.into(),
            role: "view".into(),
        };
        let is_of = |access: SecretAccess, unit| {
            access.is_to("web", unit) && access.is_over("pg", &relation, "web") == Some(true)
        };
        assert!(is_of(access("application-web", "relation-web.db#pg.database"), None));
        assert!(is_of(access("application-web", "relation-pg.database#web.db"), None));
        assert!(is_of(access("unit-web-0", "relation-pg.database#web.db"), Some("web/0")));
        for (target, scope) in [
            ("application-other", "relation-pg.database#web.db"),
            ("application-web", "relation-pg.admin#web.db"),
            ("application-web", "relation-pg.database#other.db"),
            ("application-web", "model-x"),
            ("unit-web-0", "relation-pg.database#web.db"),
        ] {
            assert!(!is_of(access(target, scope), None), "{target} {scope}");
        }
    }
}
