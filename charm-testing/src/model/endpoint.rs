//! Endpoints, and which two of them make a relation.

use charm_meta::Role;

use super::Model;
use super::application::{Application, unknown_application};
use super::error::ModelError;
use super::life::Life;
use super::relation::{End, Relation, RelationId};

/// An endpoint that an operator may have meant.
struct Candidate {
    end: End,
    role: Role,
    interface: String,
    limit: Option<u32>,
}

/// The endpoints that `name` (`app` or `app:endpoint`) can mean, without those that relate only to peers.
fn candidates(application: &Application, endpoint: Option<&str>) -> Vec<Candidate> {
    let declared = application.charm.metadata.endpoints.iter().map(|(name, endpoint)| Candidate {
        end: End { application: application.name.clone(), endpoint: name.clone() },
        role: endpoint.role,
        interface: endpoint.interface.clone(),
        limit: endpoint.limit,
    });
    // Every charm provides this one without saying so.
    let implicit = Candidate {
        end: End { application: application.name.clone(), endpoint: "juju-info".to_owned() },
        role: Role::Provides,
        interface: "juju-info".to_owned(),
        limit: None,
    };
    let meant = |candidate: &Candidate| endpoint.is_none_or(|endpoint| endpoint == candidate.end.endpoint);
    declared.chain([implicit]).filter(|candidate| candidate.role != Role::Peers && meant(candidate)).collect()
}

impl Model {
    /// Relates two applications. Each end is `app:endpoint`, or `app` where only one pair of endpoints fits.
    pub fn integrate(&mut self, first: &str, second: &str) -> Result<RelationId, ModelError> {
        let (provider, requirer) = self.match_ends(first, second)?;
        for candidate in [&provider, &requirer] {
            let end = &candidate.end;
            let used = self
                .relations_of(&end.application)
                .filter(|relation| relation.ends().any(|other| other == end))
                .count();
            if candidate.limit.is_some_and(|limit| used >= limit as usize) {
                return Err(ModelError::new(format!(
                    "establishing a new relation for {end} would exceed its maximum relation limit of {used}: remove a \
                     relation or raise `limit` in charmcraft.yaml"
                )));
            }
        }
        let id = self.new_relation_id();
        let interface = provider.interface;
        self.put_relation(Relation::new(id, interface, provider.end, Some(requirer.end)));
        Ok(id)
    }

    /// Removes a relation. Its units go through their last hooks for it first.
    pub fn remove_relation(&mut self, id: RelationId) -> Result<(), ModelError> {
        let relation = self.relations.get_mut(&id);
        let relation = relation.ok_or_else(|| ModelError::new(format!("relation {id} not found")))?;
        if relation.is_peer() {
            return Err(ModelError::new(format!(
                "relation {id} is a peer relation: it goes with its application"
            )));
        }
        relation.life = Life::Dying;
        self.wake_relation(id);
        self.remove_relation_if_empty(id);
        Ok(())
    }

    fn match_ends(&self, first: &str, second: &str) -> Result<(Candidate, Candidate), ModelError> {
        let mut pairs = Vec::new();
        let seconds = self.ends_named(second)?;
        for one in self.ends_named(first)? {
            for other in &seconds {
                let other =
                    Candidate { end: other.end.clone(), interface: other.interface.clone(), ..*other };
                let one = Candidate { end: one.end.clone(), interface: one.interface.clone(), ..one };
                match (one.role, other.role) {
                    _ if one.interface != other.interface => {}
                    (Role::Provides, Role::Requires) => pairs.push((one, other)),
                    (Role::Requires, Role::Provides) => pairs.push((other, one)),
                    _ => {}
                }
            }
        }
        // A pair that the charms name wins over `juju-info`, which fits everywhere.
        if pairs.len() > 1 {
            pairs.retain(|(provider, _)| provider.end.endpoint != "juju-info");
        }
        if let Some(taken) =
            pairs.iter().find(|(provider, requirer)| self.related(&provider.end, &requirer.end))
        {
            return Err(ModelError::new(format!("relation {} {} already exists", taken.0.end, taken.1.end)));
        }
        if pairs.len() > 1 {
            let choices: Vec<String> = pairs
                .iter()
                .map(|(provider, requirer)| format!("\"{} {}\"", provider.end, requirer.end))
                .collect();
            return Err(ModelError::new(format!(
                "ambiguous relation: \"{first} {second}\" could refer to {}: name both endpoints",
                choices.join("; ")
            )));
        }
        pairs.pop().ok_or_else(|| {
            ModelError::new(format!(
                "no relations found between {first:?} and {second:?}: one must provide and the other require the same \
                 interface"
            ))
        })
    }

    fn related(&self, provider: &End, requirer: &End) -> bool {
        let same = |relation: &Relation| {
            relation.provider == *provider && relation.requirer.as_ref() == Some(requirer)
        };
        self.relations_of(&provider.application).any(same)
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
