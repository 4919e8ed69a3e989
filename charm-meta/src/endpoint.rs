//! Endpoints: where a charm's relations end.

use crate::field::Field;
use crate::grammar::is_endpoint;

/// The part that a charm plays in an endpoint's relations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Role {
    /// Declared below `provides`.
    Provides,
    /// Declared below `requires`.
    Requires,
    /// Declared below `peers`: between the units of one application.
    Peers,
}

impl Role {
    pub(crate) const ALL: [Self; 3] = [Self::Provides, Self::Requires, Self::Peers];

    /// The key in charmcraft.yaml: `provides`, `requires`, `peers`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Provides => "provides",
            Self::Requires => "requires",
            Self::Peers => "peers",
        }
    }
}

/// Which units of the other side a unit sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Scope {
    /// All of them.
    #[default]
    Global,
    /// Only those on the same machine, as between a subordinate and its principal.
    Container,
}

/// An endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Endpoint {
    /// The charm's part.
    pub role: Role,
    /// What is spoken over it; two endpoints can be related if they name the same.
    pub interface: String,
    /// How many relations it takes at most; nothing if any number. Juju reads 0 as any number.
    pub limit: Option<u32>,
    /// Which remote units are seen.
    pub scope: Scope,
    /// Whether the charm works without it. Juju does not look at it.
    pub optional: bool,
}

const KEYS: &[&str] = &["interface", "limit", "scope", "optional"];
const SCOPES: &[(&str, Scope)] = &[("global", Scope::Global), ("container", Scope::Container)];
const NAMELESS: &str = "an endpoint names its interface; write `interface: …`";

impl Endpoint {
    /// Reads `name: interface` or `name: {interface: …}`. What is reserved is left to
    /// [`Self::check_reserved`].
    pub(crate) fn read(field: &Field<'_>, role: Role) -> Option<Self> {
        check_shape(field);
        if let Some(interface) = field.as_text() {
            let interface = interface.to_owned();
            field.filled(NAMELESS)?;
            return Some(Self { role, interface, limit: None, scope: Scope::Global, optional: false });
        }
        field.check_slips(KEYS);
        let interface = field.require("interface", NAMELESS).and_then(|interface| interface.filled(NAMELESS));
        let limit = field.get_some("limit").and_then(|limit| read_limit(&limit));
        let scope = field.get("scope").and_then(|scope| scope.choice(SCOPES)).unwrap_or_default();
        let optional = field.get("optional").and_then(|optional| optional.boolean()).unwrap_or_default();
        Some(Self { role, interface: interface?, limit, scope, optional })
    }

    /// Checks the names of endpoint and interface against those that Juju keeps for itself.
    pub(crate) fn check_reserved(&self, field: &Field<'_>, charm: &str, subordinate: bool) {
        let name = field.name();
        let of_juju = charm.starts_with("juju-");
        let attaches = subordinate && self.role == Role::Requires && self.scope == Scope::Container;
        if is_reserved(name) && !of_juju && !attaches {
            field.complain_of_key(
                "Juju keeps `juju` and names that start with `juju-` for itself; choose another name",
            );
        }
        // Every charm may require what Juju provides, such as `juju-info`.
        if is_reserved(&self.interface) && !of_juju && self.role != Role::Requires {
            field.nearest("interface").complain(format!(
                "only Juju provides the interface `{}`; choose another name",
                self.interface
            ));
        }
    }
}

fn check_shape(field: &Field<'_>) {
    let name = field.name();
    if !is_endpoint(name) {
        field.complain_of_key(format!(
            "`{name}` is no endpoint's name, so no relation could be made with it; \
             use words of a-z and 0-9 joined by single hyphens, the first starting with a letter"
        ));
    }
}

fn read_limit(field: &Field<'_>) -> Option<u32> {
    let limit = field.whole()?;
    let Ok(limit) = u32::try_from(limit) else {
        field.complain("a limit is a number of relations, so from 0 (any) to 4294967295");
        return None;
    };
    (limit != 0).then_some(limit)
}

/// Whether Juju keeps the name for itself.
pub(crate) fn is_reserved(name: &str) -> bool {
    name == "juju" || name.starts_with("juju-")
}
