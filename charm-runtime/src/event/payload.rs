//! What the hook environment says of an event.

use serde::Serialize;
use serde_json::Value;

use crate::environment::Environment;
use crate::error::Error;
use crate::relation::RelationId;
use crate::secret::SecretId;
use crate::value::{optional_text, text, unexpected};

/// The kinds of event that Juju 3.6 and 4 send, by what they are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // Juju's own names
pub enum Kind {
    Install,
    Start,
    Stop,
    Remove,
    ConfigChanged,
    UpdateStatus,
    UpgradeCharm,
    LeaderElected,
    LeaderSettingsChanged,
    PreSeriesUpgrade,
    PostSeriesUpgrade,
    CollectMetrics,
    MeterStatusChanged,
    RelationCreated,
    RelationJoined,
    RelationChanged,
    RelationDeparted,
    RelationBroken,
    StorageAttached,
    StorageDetaching,
    SecretChanged,
    SecretRotate,
    SecretExpired,
    SecretRemove,
    PebbleReady,
    PebbleCustomNotice,
    PebbleCheckFailed,
    PebbleCheckRecovered,
    Action,
}

impl Kind {
    /// Juju serves next to nothing in these hooks' contexts (Juju 3): they get neither deferred events nor a status.
    pub(crate) fn is_restricted(self) -> bool {
        matches!(self, Self::CollectMetrics | Self::MeterStatusChanged)
    }

    /// Whether deferred events come again before this one. Not while the unit goes away, and never before an
    /// action: an operator must be able to act on a unit whose queue is the trouble.
    pub fn reemits(self) -> bool {
        !self.is_restricted() && !matches!(self, Self::Action | Self::Stop | Self::Remove)
    }

    /// Whether `#[on(any)]` methods run for it unless they say otherwise.
    pub fn wakes_any(self) -> bool {
        self.reemits()
            && !matches!(
                self,
                Self::SecretRotate
                    | Self::SecretExpired
                    | Self::SecretRemove
                    | Self::PreSeriesUpgrade
                    | Self::PostSeriesUpgrade
            )
    }

    /// Whether `#[status]` methods run after it. Juju sets the status of a unit that stops or is removed itself.
    pub fn wakes_status(self) -> bool {
        !self.is_restricted() && !matches!(self, Self::Stop | Self::Remove)
    }
}

/// The variables of one event, read and checked.
///
/// What `environment` variable each field comes from is in the source; only what the event needs is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "about")]
#[allow(missing_docs)] // the fields are the variables' own names
pub enum Payload {
    /// Events that carry nothing.
    Nothing,
    Relation {
        id: RelationId,
        #[serde(skip_serializing_if = "Option::is_none")]
        app: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        departing: Option<String>,
    },
    Storage {
        id: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        location: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        kind: Option<String>,
    },
    Secret {
        id: SecretId,
        #[serde(skip_serializing_if = "Option::is_none")]
        label: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        revision: Option<u64>,
    },
    Workload {
        container: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        notice: Option<Notice>,
        #[serde(skip_serializing_if = "Option::is_none")]
        check: Option<String>,
    },
    MeterStatus {
        status: Option<String>,
        info: Option<String>,
    },
    SeriesUpgrade {
        base: Option<String>,
        series: Option<String>,
    },
    Action {
        name: String,
        id: String,
    },
}

/// A Pebble notice, as the environment names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Notice {
    pub id: String,
    pub kind: String,
    pub key: String,
}

impl Payload {
    /// Reads the variables that an event of this kind needs (Juju 3.6 and 4), and no others.
    #[track_caller]
    pub fn parse(kind: Kind, environment: &Environment) -> Result<Self, Error> {
        let optional = |name| environment.get(name).map(|value| value.map(str::to_owned));
        let required = |name| environment.require(name).map(str::to_owned);
        Ok(match kind {
            Kind::Install
            | Kind::Start
            | Kind::Stop
            | Kind::Remove
            | Kind::ConfigChanged
            | Kind::UpdateStatus
            | Kind::UpgradeCharm
            | Kind::LeaderElected
            | Kind::LeaderSettingsChanged
            | Kind::PostSeriesUpgrade
            | Kind::CollectMetrics => Self::Nothing,
            Kind::MeterStatusChanged => Self::MeterStatus {
                status: optional("JUJU_METER_STATUS")?,
                info: optional("JUJU_METER_INFO")?,
            },
            Kind::PreSeriesUpgrade => Self::SeriesUpgrade {
                base: optional("JUJU_TARGET_BASE")?,
                series: optional("JUJU_TARGET_SERIES")?,
            },
            Kind::RelationCreated | Kind::RelationChanged | Kind::RelationBroken => {
                Self::relation(environment, optional("JUJU_REMOTE_UNIT")?, None)?
            }
            Kind::RelationJoined => Self::relation(environment, Some(required("JUJU_REMOTE_UNIT")?), None)?,
            Kind::RelationDeparted => Self::relation(
                environment,
                Some(required("JUJU_REMOTE_UNIT")?),
                // Older than Juju 2.8 does not say.
                optional("JUJU_DEPARTING_UNIT")?,
            )?,
            Kind::StorageAttached | Kind::StorageDetaching => Self::Storage {
                id: required("JUJU_STORAGE_ID")?,
                // Both are left out while the storage is not provisioned.
                location: optional("JUJU_STORAGE_LOCATION")?,
                kind: optional("JUJU_STORAGE_KIND")?,
            },
            Kind::SecretChanged | Kind::SecretRotate => Self::secret(environment, None)?,
            Kind::SecretExpired | Kind::SecretRemove => {
                const NAME: &str = "JUJU_SECRET_REVISION";
                let revision = environment.require(NAME)?;
                let Ok(revision) = revision.parse() else {
                    let problem = format!("`{revision}` is no revision, which is a whole number");
                    return Err(Error::environment(NAME, problem));
                };
                Self::secret(environment, Some(revision))?
            }
            Kind::PebbleReady => Self::workload(environment, None, None)?,
            Kind::PebbleCustomNotice => {
                let notice = Notice {
                    id: required("JUJU_NOTICE_ID")?,
                    kind: required("JUJU_NOTICE_TYPE")?,
                    key: required("JUJU_NOTICE_KEY")?,
                };
                Self::workload(environment, Some(notice), None)?
            }
            Kind::PebbleCheckFailed | Kind::PebbleCheckRecovered => {
                Self::workload(environment, None, Some(required("JUJU_PEBBLE_CHECK_NAME")?))?
            }
            Kind::Action => {
                Self::Action { name: required("JUJU_ACTION_NAME")?, id: required("JUJU_ACTION_UUID")? }
            }
        })
    }

    #[track_caller]
    fn relation(
        environment: &Environment,
        unit: Option<String>,
        departing: Option<String>,
    ) -> Result<Self, Error> {
        const NAME: &str = "JUJU_RELATION_ID";
        let id = environment.require(NAME)?;
        let Some(id) = RelationId::parse(id) else {
            return Err(Error::environment(NAME, format!("`{id}` is no relation id, such as `db:7`")));
        };
        let app = match (environment.get("JUJU_REMOTE_APP")?, &unit) {
            (Some(app), _) => Some(app.to_owned()),
            // Older than Juju 2.9 names the application only through its unit.
            (None, Some(unit)) => crate::environment::application_of(unit).map(str::to_owned),
            (None, None) => None,
        };
        Ok(Self::Relation { id, app, unit, departing })
    }

    #[track_caller]
    fn secret(environment: &Environment, revision: Option<u64>) -> Result<Self, Error> {
        const NAME: &str = "JUJU_SECRET_ID";
        let id = environment.require(NAME)?;
        let Some(id) = SecretId::parse(id) else {
            return Err(Error::environment(NAME, format!("`{id}` is no secret's id")));
        };
        let label = environment.get("JUJU_SECRET_LABEL")?.map(str::to_owned);
        Ok(Self::Secret { id, label, revision })
    }

    #[track_caller]
    fn workload(
        environment: &Environment,
        notice: Option<Notice>,
        check: Option<String>,
    ) -> Result<Self, Error> {
        let container = environment.require("JUJU_WORKLOAD_NAME")?.to_owned();
        Ok(Self::Workload { container, notice, check })
    }

    /// A payload as its `Serialize` has written it. Fails with what is wrong with it.
    ///
    /// By hand, as [`text`] says; for an enum with a tag it is 35 KB.
    pub(crate) fn of_kept(kept: &Value) -> Result<Self, String> {
        Ok(match text(kept, "about")?.as_str() {
            "nothing" => Self::Nothing,
            "relation" => Self::Relation {
                id: RelationId::parse(&text(kept, "id")?).ok_or_else(|| unexpected("id"))?,
                app: optional_text(kept, "app")?,
                unit: optional_text(kept, "unit")?,
                departing: optional_text(kept, "departing")?,
            },
            "storage" => Self::Storage {
                id: text(kept, "id")?,
                location: optional_text(kept, "location")?,
                kind: optional_text(kept, "kind")?,
            },
            "secret" => Self::Secret {
                id: SecretId::parse(&text(kept, "id")?).ok_or_else(|| unexpected("id"))?,
                label: optional_text(kept, "label")?,
                revision: match &kept["revision"] {
                    Value::Null => None,
                    revision => Some(revision.as_u64().ok_or_else(|| unexpected("revision"))?),
                },
            },
            "workload" => Self::Workload {
                container: text(kept, "container")?,
                notice: match &kept["notice"] {
                    Value::Null => None,
                    notice => Some(Notice {
                        id: text(notice, "id")?,
                        kind: text(notice, "kind")?,
                        key: text(notice, "key")?,
                    }),
                },
                check: optional_text(kept, "check")?,
            },
            "meter-status" => Self::MeterStatus {
                status: optional_text(kept, "status")?,
                info: optional_text(kept, "info")?,
            },
            "series-upgrade" => Self::SeriesUpgrade {
                base: optional_text(kept, "base")?,
                series: optional_text(kept, "series")?,
            },
            "action" => Self::Action { name: text(kept, "name")?, id: text(kept, "id")? },
            _ => return Err(unexpected("about")),
        })
    }

    /// For a payload of the wrong kind: the queue of another revision, or a bug here.
    #[cold]
    #[track_caller]
    pub(crate) fn mismatch(&self, event: &str) -> Error {
        Error::invalid(format!("event `{event}`"), format!("its payload is of another kind: {self:?}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn parse(kind: Kind, variables: &[(&str, &str)]) -> Result<Payload, String> {
        Payload::parse(kind, &variables.iter().copied().collect()).map_err(|error| error.to_string())
    }

    #[test]
    fn an_app_change_has_no_unit() {
        let variables =
            [("JUJU_RELATION_ID", "db:7"), ("JUJU_REMOTE_UNIT", ""), ("JUJU_REMOTE_APP", "postgresql")];
        let expected = Payload::Relation {
            id: RelationId::parse("db:7").unwrap(),
            app: Some("postgresql".into()),
            unit: None,
            departing: None,
        };
        assert_eq!(parse(Kind::RelationChanged, &variables), Ok(expected));
        let error = parse(Kind::RelationJoined, &variables).unwrap_err();
        assert!(error.contains("JUJU_REMOTE_UNIT"), "{error}");
    }

    #[test]
    fn an_app_that_is_not_named_is_its_units() {
        let variables = [("JUJU_RELATION_ID", "db:7"), ("JUJU_REMOTE_UNIT", "pg/3")];
        let Ok(Payload::Relation { app, unit, .. }) = parse(Kind::RelationDeparted, &variables) else {
            panic!()
        };
        assert_eq!((app.as_deref(), unit.as_deref()), (Some("pg"), Some("pg/3")));
    }

    #[test]
    fn malformed_values_name_their_variable() {
        let cases = [
            (Kind::RelationBroken, vec![("JUJU_RELATION_ID", "db")], "JUJU_RELATION_ID"),
            (Kind::RelationBroken, vec![("JUJU_RELATION_ID", "db:x")], "JUJU_RELATION_ID"),
            (Kind::RelationBroken, vec![], "JUJU_RELATION_ID"),
            (Kind::SecretChanged, vec![], "JUJU_SECRET_ID"),
            (
                Kind::SecretRemove,
                vec![("JUJU_SECRET_ID", "secret:x"), ("JUJU_SECRET_REVISION", "1.5")],
                "JUJU_SECRET_REVISION",
            ),
            (Kind::StorageAttached, vec![], "JUJU_STORAGE_ID"),
            (Kind::PebbleReady, vec![], "JUJU_WORKLOAD_NAME"),
            (Kind::PebbleCustomNotice, vec![("JUJU_WORKLOAD_NAME", "app")], "JUJU_NOTICE_ID"),
            (Kind::PebbleCheckFailed, vec![("JUJU_WORKLOAD_NAME", "app")], "JUJU_PEBBLE_CHECK_NAME"),
            (Kind::Action, vec![("JUJU_ACTION_NAME", "a")], "JUJU_ACTION_UUID"),
        ];
        for (kind, variables, named) in cases {
            let error = parse(kind, &variables).unwrap_err();
            assert!(error.contains(named), "{kind:?}: {error}");
        }
    }

    #[test]
    fn a_payload_is_kept_whole() {
        let relation = [("JUJU_RELATION_ID", "db:7"), ("JUJU_REMOTE_UNIT", "pg/3")];
        let departing = [relation[0], relation[1], ("JUJU_DEPARTING_UNIT", "pg/3")];
        let storage = [("JUJU_STORAGE_ID", "data/0"), ("JUJU_STORAGE_KIND", "block")];
        let secret = [
            ("JUJU_SECRET_ID", "secret:9m4e2mr0ui3e8a215n4g"),
            ("JUJU_SECRET_LABEL", "admin"),
            ("JUJU_SECRET_REVISION", "3"),
        ];
        let notice = [
            ("JUJU_WORKLOAD_NAME", "app"),
            ("JUJU_NOTICE_ID", "12"),
            ("JUJU_NOTICE_TYPE", "custom"),
            ("JUJU_NOTICE_KEY", "example.com/x"),
        ];
        let check = [("JUJU_WORKLOAD_NAME", "app"), ("JUJU_PEBBLE_CHECK_NAME", "up")];
        for (kind, variables) in [
            (Kind::Install, &[][..]),
            (Kind::RelationChanged, &relation),
            (Kind::RelationDeparted, &departing),
            (Kind::StorageAttached, &storage),
            (Kind::SecretChanged, &secret),
            (Kind::SecretRemove, &secret),
            (Kind::PebbleReady, &check),
            (Kind::PebbleCustomNotice, &notice),
            (Kind::PebbleCheckFailed, &check),
            (Kind::MeterStatusChanged, &[("JUJU_METER_STATUS", "AMBER")]),
            (Kind::PreSeriesUpgrade, &[("JUJU_TARGET_BASE", "ubuntu@24.04")]),
            (Kind::Action, &[("JUJU_ACTION_NAME", "a"), ("JUJU_ACTION_UUID", "1")]),
        ] {
            let payload = parse(kind, variables).unwrap();
            let kept = serde_json::to_value(&payload).unwrap();
            assert_eq!(Payload::of_kept(&kept), Ok(payload), "{kept}");
        }
    }

    #[test]
    fn what_is_kept_in_another_form_names_the_field() {
        for (kept, field) in [
            (json!(null), "`about`"),
            (json!({"about": "weather"}), "`about`"),
            (json!({"about": "relation"}), "`id`"),
            (json!({"about": "relation", "id": "db"}), "`id`"),
            (json!({"about": "relation", "id": "db:7", "app": 1}), "`app`"),
            (json!({"about": "secret", "id": "secret:9m4e2mr0ui3e8a215n4g", "revision": "1"}), "`revision`"),
            (json!({"about": "workload", "container": "app", "notice": {}}), "`id`"),
        ] {
            let problem = Payload::of_kept(&kept).unwrap_err();
            assert!(problem.contains(field), "{kept}: {problem}");
        }
    }
}
