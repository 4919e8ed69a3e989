//! `#[derive(SecretContent)]`.

use charm_runtime::{RawSecret, SecretContent, SecretString};

#[derive(SecretContent, Clone, PartialEq, Default)]
struct DatabaseUser {
    user_name: String,
    password: SecretString,
    r#type: Option<String>,
    #[secret(rename = "tls-ca")]
    ca: Option<SecretString>,
    port: Option<u16>,
    read_only: bool,
}

fn full() -> DatabaseUser {
    DatabaseUser {
        user_name: "admin".into(),
        password: " hunter2=\n".into(),
        r#type: Some("owner".into()),
        ca: Some("PEM".into()),
        port: Some(5432),
        read_only: true,
    }
}

#[test]
fn fields_are_keys() {
    let raw = RawSecret::from([
        ("user-name", "admin"),
        ("password", " hunter2=\n"),
        ("type", "owner"),
        ("tls-ca", "PEM"),
        ("port", "5432"),
        ("read-only", "true"),
    ]);
    assert_eq!(full().to_raw(), raw);
    assert!(DatabaseUser::from_raw(&raw).unwrap() == full());
    assert_eq!(DatabaseUser::NAME, "database user");
}

#[test]
fn an_option_may_be_missing_and_other_keys_are_ignored() {
    let mut raw = RawSecret::from([("user-name", "a"), ("password", "b"), ("read-only", "false")]);
    raw.insert("other", "x");
    let expected = DatabaseUser { user_name: "a".into(), password: "b".into(), ..DatabaseUser::default() };
    assert!(DatabaseUser::from_raw(&raw).unwrap() == expected);
    raw.remove("other");
    assert_eq!(expected.to_raw(), raw);
}

#[test]
fn errors_name_the_key_and_no_value() {
    let raw = RawSecret::from([("user-name", "admin"), ("password", "hunter2"), ("read-only", "secretly")]);
    let error = DatabaseUser::from_raw(&raw).unwrap_err();
    assert_eq!(error.to_string(), "secret content: the value of `read-only` is no bool");
    let error = DatabaseUser::from_raw(&RawSecret::new()).unwrap_err();
    assert_eq!(error.to_string(), "secret content: it has no `user-name`");
}

#[test]
fn nothing_is_shown() {
    let shown = format!("{:?} {:?}", full(), full().to_raw());
    for value in ["admin", "hunter2", "PEM", "5432", "owner"] {
        assert!(!shown.contains(value), "{shown}");
    }
    assert!(shown.starts_with("DatabaseUser { user_name: <redacted>, "), "{shown}");
}
