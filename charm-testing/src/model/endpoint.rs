//! Endpoints, and which two of them make a relation.

use std::fmt;

use charm_meta::{Role, Scope};

use super::Model;
use super::application::{Application, unknown_application};
use super::error::ModelError;
use super::life::Life;
use super::relation::{End, IMPLICIT, Relation, RelationId};

/// An endpoint that an operator may have meant.
#[derive(Clone)]
struct Candidate {
    end: End,
    role: Role,
    interface: String,
    limit: Option<u32>,
    scope: Scope,
    subordinate: bool,
}

/// A providing and a requiring endpoint that fit each other.
struct Pair {
    provider: Candidate,
    requirer: Candidate,
}

impl Pair {
    /// The two in their order, if a relation between them can be.
    fn of(one: &Candidate, other: &Candidate) -> Option<Self> {
        // Juju has no relation of an application with itself.
        if one.interface != other.interface || one.end.application == other.end.application {
            return None;
        }
        let (provider, requirer) = match (one.role, other.role) {
            (Role::Provides, Role::Requires) => (one.clone(), other.clone()),
            (Role::Requires, Role::Provides) => (other.clone(), one.clone()),
            _ => return None,
        };
        Some(Self { provider, requirer })
    }

    fn candidates(&self) -> [&Candidate; 2] {
        [&self.provider, &self.requirer]
    }

    fn is_implicit(&self) -> bool {
        self.provider.end.endpoint == IMPLICIT
    }

    /// One end with container scope gives it to the relation.
    fn is_container_scoped(&self) -> bool {
        self.candidates().iter().any(|candidate| candidate.scope == Scope::Container)
    }

    fn has_subordinate(&self) -> bool {
        self.candidates().iter().any(|candidate| candidate.subordinate)
    }
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.provider.end, self.requirer.end)
    }
}

/// The endpoints that `name` (`app` or `app:endpoint`) can mean, without those that relate only to peers.
fn candidates(application: &Application, endpoint: Option<&str>) -> Vec<Candidate> {
    let end = |endpoint: &str| End { application: application.name.clone(), endpoint: endpoint.to_owned() };
    let subordinate = application.is_subordinate();
    let declared = application.charm.metadata.endpoints.iter().map(|(name, endpoint)| Candidate {
        end: end(name),
        role: endpoint.role,
        interface: endpoint.interface.clone(),
        limit: endpoint.limit,
        scope: endpoint.scope,
        subordinate,
    });
    // Every charm provides this one without saying so.
    let implicit = Candidate {
        end: end(IMPLICIT),
        role: Role::Provides,
        interface: IMPLICIT.to_owned(),
        limit: None,
        scope: Scope::Global,
        subordinate,
    };
    let meant = |candidate: &Candidate| endpoint.is_none_or(|endpoint| endpoint == candidate.end.endpoint);
    declared.chain([implicit]).filter(|candidate| candidate.role != Role::Peers && meant(candidate)).collect()
}

impl Model {
    /// Relates two applications. Each end is `app:endpoint`, or `app` where only one pair of endpoints fits. If one of
    /// the ends has container scope, so has the relation, and one of the applications must be a subordinate: as soon as
    /// a unit of the other one enters the relation, it gets a subordinate unit.
    pub fn integrate(&mut self, first: &str, second: &str) -> Result<RelationId, ModelError> {
        let pair = self.match_ends(first, second)?;
        self.check_not_related(&pair)?;
        for candidate in pair.candidates() {
            let end = &candidate.end;
            if let Some(application) = self.applications.get(&end.application) {
                application.check_alive()?;
            }
            let used = self.relations_of(&end.application);
            let used = used.filter(|relation| relation.ends().any(|other| other == end)).count();
            if candidate.limit.is_some_and(|limit| used >= limit as usize) {
                return Err(ModelError::new(format!(
                    "establishing a new relation for {end} would exceed its maximum relation limit of {used}: remove a \
                     relation or raise `limit` in charmcraft.yaml"
                )));
            }
        }
        let id = self.new_relation_id();
        let container_scoped = pair.is_container_scoped();
        let Pair { provider, requirer } = pair;
        let relation = Relation::new(id, provider.interface, provider.end, Some(requirer.end));
        self.put_relation(Relation { container_scoped, ..relation });
        Ok(id)
    }

    fn match_ends(&self, first: &str, second: &str) -> Result<Pair, ModelError> {
        let (firsts, seconds) = (self.ends_named(first)?, self.ends_named(second)?);
        let all = firsts.iter().flat_map(|one| seconds.iter().filter_map(|other| Pair::of(one, other)));
        // Without a subordinate nothing would share a machine.
        let (mut pairs, strangers): (Vec<Pair>, Vec<Pair>) =
            all.partition(|pair| !pair.is_container_scoped() || pair.has_subordinate());
        // One pair that the charms name wins over `juju-info`, which fits everywhere.
        if pairs.len() > 1 && pairs.iter().filter(|pair| !pair.is_implicit()).count() == 1 {
            pairs.retain(|pair| !pair.is_implicit());
        }
        if pairs.len() > 1 {
            let choices: Vec<String> = pairs.iter().map(|pair| format!("\"{pair}\"")).collect();
            return Err(ModelError::new(format!(
                "ambiguous relation: \"{first} {second}\" could refer to {}: name both endpoints",
                choices.join("; ")
            )));
        }
        if let (None, Some(pair)) = (pairs.first(), strangers.first()) {
            return Err(ModelError::new(format!(
                "container scoped relation \"{pair}\" requires at least one subordinate application: write \
                 `subordinate: true` or drop `scope: container` in charmcraft.yaml"
            )));
        }
        pairs.pop().ok_or_else(|| {
            ModelError::new(format!(
                "no relations found between {first:?} and {second:?}: of two applications one must provide and the other \
                 require the same interface"
            ))
        })
    }

    fn check_not_related(&self, pair: &Pair) -> Result<(), ModelError> {
        let (provider, requirer) = (&pair.provider.end, &pair.requirer.end);
        let taken = self
            .relations_of(&provider.application)
            .find(|it| it.provider == *provider && it.requirer.as_ref() == Some(requirer));
        match taken.map(|relation| relation.life) {
            None => Ok(()),
            Some(Life::Alive) => Err(ModelError::new(format!("relation {pair} already exists"))),
            Some(Life::Dying) => Err(ModelError::new(format!(
                "relation {pair} is dying, but not yet removed: wait until its units have left it"
            ))),
        }
    }

    fn ends_named(&self, name: &str) -> Result<Vec<Candidate>, ModelError> {
        let (application, endpoint) = match name.split_once(':') {
            Some((application, endpoint)) => (application, Some(endpoint)),
            None => (name, None),
        };
        let known = self.applications.get(application).ok_or_else(|| unknown_application(application))?;
        let found = candidates(known, endpoint);
        match endpoint {
            Some(endpoint) if found.is_empty() => {
                let names: Vec<&str> = known.charm.metadata.endpoints.keys().map(String::as_str).collect();
                Err(ModelError::new(format!(
                    "application {application:?} has no {endpoint:?} endpoint to relate (its charm has: {})",
                    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
                )))
            }
            _ => Ok(found),
        }
    }
}
