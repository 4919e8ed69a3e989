//! Secrets: one of the application, one of the unit, one for each relation; their events, and content as a type.

use charm_runtime::prelude::*;
use charm_runtime::{DeclaredSecret, RawSecret, RotatePolicy};

mod content {
    use charm_runtime::{SecretContent, SecretString};

    #[derive(SecretContent)]
    pub(crate) struct Credentials {
        pub(crate) user_name: String,
        pub(crate) password: SecretString,
        #[secret(rename = "tls-ca")]
        pub(crate) ca: Option<String>,
        pub(crate) r#type: Option<u16>,
    }
}

#[charm(
    metadata = "secrets.yaml",
    secret(admin, content = content::Credentials, owner = app, rotate = monthly, description = "of the admin"),
    secret(host_key, content = RawSecret, owner = unit, expire = weeks(2)),
    secret(user, content = content::Credentials, owner = app, per_relation = db_admin),
)]
#[derive(Default)]
struct Pg;

#[charm(metadata = "secrets.yaml")]
impl Pg {
    #[on(config_changed)]
    fn config_changed(&mut self, config: &Config, juju: &Juju) -> Result<()> {
        if let Some(id) = &config.password {
            juju.secret(&id.typed::<content::Credentials>()).latest()?;
        }
        Ok(())
    }

    #[on(relation_changed = "db-admin")]
    fn changed(
        &mut self,
        relation: Relation<endpoint::DbAdmin>,
        users: Secrets<secret::User>,
        leader: Option<Leader>,
    ) -> Result<()> {
        let Some(leader) = leader else { return Ok(()) };
        users.of(&relation).grant(&leader, &relation)?;
        Ok(())
    }

    #[on(secret_rotate = "admin")]
    fn rotate(&mut self, event: SecretRotate<secret::Admin>, admin: Secret<secret::Admin>) {
        info!("{} {}", event.secret().label(), admin.label());
    }

    #[on(secret_expired = secret::HostKey)]
    fn expired(&mut self, event: SecretExpired<secret::HostKey>, unit: &Unit) -> Result<()> {
        event.secret().remove_revision(unit, event.revision)?;
        Ok(())
    }

    #[on(secret_remove = "user")]
    #[on(secret_remove = "host-key")]
    fn removed(&mut self) {}

    #[on(secret_remove)]
    fn any_removed(&mut self, event: SecretRemove) {
        event.keep();
    }
}

fn main() {
    assert_eq!((secret::Admin::NAME, secret::Admin::ROTATE), ("admin", RotatePolicy::Monthly));
    assert_eq!(secret::Admin::DESCRIPTION, Some("of the admin"));
    let fortnight = std::time::Duration::from_secs(14 * 24 * 3600);
    assert_eq!((secret::HostKey::NAME, secret::HostKey::EXPIRE), ("host-key", Some(fortnight)));
    assert_eq!((secret::User::EXPIRE, secret::User::ROTATE), (None, RotatePolicy::Never));

    let table = <Pg as charm_runtime::Charm>::TABLE;
    let handlers = |event: &str| -> Vec<(&str, bool, Vec<&str>)> {
        let row = table.events.iter().find(|row| row.name == event).unwrap();
        let ids = |handlers: &[charm_runtime::Handler<Pg>]| handlers.iter().map(|handler| handler.id).collect();
        row.secrets.iter().map(|secret| (secret.name, secret.per_relation, ids(secret.handlers))).collect()
    };
    assert_eq!(
        handlers("secret-remove"),
        [("admin", false, vec![]), ("host-key", false, vec!["removed"]), ("user", true, vec!["removed"])]
    );
    assert_eq!(handlers("secret-rotate")[0], ("admin", false, vec!["rotate"]));
    assert_eq!(handlers("secret-expired")[1], ("host-key", false, vec!["expired"]));
    assert!(handlers("secret-changed").is_empty());

    let raw = RawSecret::from([("user-name", "a"), ("password", "b"), ("type", "7")]);
    let content = <content::Credentials as SecretContent>::from_raw(&raw).unwrap();
    assert_eq!((content.user_name.as_str(), content.password.expose()), ("a", "b"));
    assert_eq!((&content.ca, content.r#type), (&None, Some(7)));
    assert_eq!(format!("{:?}", content.to_raw().get("type")), "Some(\"7\")");
}
