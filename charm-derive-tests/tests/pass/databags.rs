//! Databags with types, public and private, whose names are those that generated code must not fall for.

use std::collections::BTreeMap;

use charm_runtime::prelude::*;
use charm_runtime::RawDatabag;

/// What the database tells.
#[derive(Debug, PartialEq, Databag)]
pub struct Handlers {
    /// A list of addresses.
    pub endpoints: Vec<String>,
    #[databag(raw)]
    pub(crate) version: Option<u32>,
    r#type: Option<String>,
    #[databag(rename = "read_only", default)]
    entries: bool,
}

/// What is asked of it.
#[derive(Debug, Default, PartialEq, Databag)]
#[databag(raw, rename_all = "snake_case")]
pub struct Unhandled {
    database_name: String,
    #[databag(default)]
    written: String,
}

/// Nothing at all.
#[derive(Debug, PartialEq, Databag)]
pub struct Nothing;

pub mod cluster {
    #[derive(charm_runtime::Databag)]
    pub struct Member {
        pub address: Option<std::net::IpAddr>,
    }
}

#[charm(
    metadata = "machine.yaml",
    endpoint(database, remote = Handlers, local = Unhandled, remote_unit = Nothing),
    endpoint("k8s-service", local = self::Nothing),
    endpoint(cluster, local = BTreeMapOf<u8>, local_unit = cluster::Member),
)]
#[derive(Default)]
pub struct Hello;

/// A databag by hand, and generic.
pub struct BTreeMapOf<T>(BTreeMap<String, T>);

impl Databag for BTreeMapOf<u8> {
    fn from_entries(entries: &BTreeMap<String, String>) -> Result<Self, charm_runtime::EntryError> {
        let parse = |(key, value): (&String, &String)| Some((key.clone(), value.parse().ok()?));
        Ok(Self(entries.iter().filter_map(parse).collect()))
    }

    fn to_entries(&self) -> Result<charm_runtime::Entries, charm_runtime::EntryError> {
        Ok(self.0.iter().map(|(key, value)| (key.clone(), Some(value.to_string()))).collect())
    }
}

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(any)]
    fn reconcile(
        &mut self,
        databases: Relations<endpoint::Database>,
        peers: Relations<endpoint::Cluster>,
        leader: Option<Leader>,
    ) -> Result<()> {
        for relation in &databases {
            if let Some(leader) = &leader {
                let request = Unhandled { database_name: "hello".to_owned(), written: String::new() };
                relation.local_app(leader).set(&request)?;
            }
            let database: Option<Handlers> = relation.remote_app().load()?;
            let raw: Option<RawDatabag> = relation.local_unit().load()?;
            for unit in relation.units()? {
                let _: Option<Nothing> = unit.databag().load()?;
            }
            drop((database, raw));
        }
        for relation in &peers {
            relation.local_unit().set(&cluster::Member { address: None })?;
            for unit in relation.units()? {
                let member: Option<cluster::Member> = unit.databag().load()?;
                info!("{unit} is at {:?}", member.and_then(|member| member.address));
            }
            relation.app().load()?.or_waiting("the leader")?;
        }
        Ok(())
    }

    #[on(relation_broken = "database")]
    fn gone(&mut self, event: RelationBroken<endpoint::Database>) -> Result<()> {
        let last: Option<Handlers> = event.relation.remote_app().load()?;
        if event.reason() == BrokenReason::RelationRemoved {
            info!("it was {last:?}");
        }
        Ok(())
    }
}

mod private {
    use charm_runtime::prelude::*;

    #[derive(Databag)]
    struct Hidden {
        host: String,
    }

    #[charm(metadata = "machine.yaml", endpoint(database, remote = Hidden))]
    #[derive(Default)]
    struct Charm;

    #[charm(metadata = "machine.yaml")]
    impl Charm {
        #[on(relation_changed = "database")]
        fn changed(&mut self, event: RelationChanged<endpoint::Database>) -> Result<()> {
            event.relation.remote_app().load()?.map(|hidden| hidden.host);
            Ok(())
        }
    }

    pub fn name() -> &'static str {
        <Charm as charm_runtime::Charm>::NAME
    }
}

mod within {
    use charm_runtime::prelude::*;

    #[derive(Databag)]
    pub(in crate::within) struct Hidden {
        host: String,
    }

    pub(super) mod deeper {
        use charm_runtime::prelude::*;

        #[charm(metadata = "machine.yaml", endpoint(database, remote = super::Hidden))]
        #[derive(Default)]
        pub(super) struct Charm;
    }

    #[charm(metadata = "machine.yaml")]
    impl deeper::Charm {
        #[on(relation_changed = "database")]
        fn changed(&mut self, event: RelationChanged<deeper::endpoint::Database>) -> Result<()> {
            event.relation.remote_app().load()?.map(|hidden| hidden.host);
            Ok(())
        }
    }

    pub(super) fn name() -> &'static str {
        <deeper::Charm as charm_runtime::Charm>::NAME
    }
}

fn main() {
    assert_eq!([private::name(), within::name()], ["hello", "hello"]);
    assert_eq!(endpoint::K8sService::NAME, "k8s-service");

    let database = Handlers {
        endpoints: vec!["a".to_owned(), "b".to_owned()],
        version: Some(16),
        r#type: None,
        entries: true,
    };
    let written = database.to_entries().unwrap();
    let texts: Vec<_> = written.iter().map(|(key, value)| (key.as_str(), value.as_deref())).collect();
    let expected =
        [("endpoints", Some(r#"["a","b"]"#)), ("read_only", Some("true")), ("type", None), ("version", Some("16"))];
    assert_eq!(texts, expected);
    let bag = written.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
    assert_eq!(Handlers::from_entries(&bag), Ok(database));

    let request = Unhandled { database_name: "a".to_owned(), written: String::new() };
    let written = request.to_entries().unwrap();
    assert_eq!(written["database_name"].as_deref(), Some("a"));
    assert_eq!(written["written"], None);
    assert!(Handlers::from_entries(&BTreeMap::new()).unwrap_err().is_missing());
    assert_eq!(Nothing::from_entries(&bag), Ok(Nothing));
}
