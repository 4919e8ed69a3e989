//! What a hook command's refusal means.

use super::HookCommand;

/// The refusals that a charm can act on, told from the words of Juju 3.6 and 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The unit is not the leader.
    NotLeader,
    /// The relation is gone.
    RelationGone,
    /// Access is refused.
    PermissionDenied,
    /// There is no such thing, or not yet.
    NotFound,
    /// The hook runs in a restricted context, where only reading of a few things is served (Juju 3).
    Restricted,
    /// There is another of this name: a secret's label is taken.
    AlreadyExists,
    /// Units have a grant of a secret of their own, so that their application can't have one.
    GrantedToUnits,
    /// This Juju has no such command, or not for this kind of model, or not in an action, or only in one.
    NotSupported,
    /// The ports overlap with others that are open on the machine.
    PortConflict,
    /// More than Juju takes.
    TooLarge,
    /// Any other.
    Other,
}

impl Refusal {
    pub(crate) fn of(command: &HookCommand, stderr: &str) -> Self {
        let stderr = &without_quoted(stderr);
        let said = |words: &str| stderr.contains(words);
        if said("restricted context") {
            Self::Restricted
        } else if said("bad request: unknown") || said("not supported") || said("not running an action") {
            Self::NotSupported
        } else if said("port range conflicts with") {
            Self::PortConflict
        } else if said("not the leader") || said("cannot write relation settings") {
            Self::NotLeader
        } else if names_a_lost_relation(stderr) {
            Self::RelationGone
        } else if said("permission denied") {
            if means_a_lost_relation(command) {
                Self::RelationGone
            } else {
                Self::PermissionDenied
            }
        } else if said("already exists") {
            Self::AlreadyExists
        } else if said("unit level grants need to be revoked") {
            Self::GrantedToUnits
        } else if said("not found") || said("not provisioned") || said("no network config found") {
            Self::NotFound
        } else if said("too large") || said("max allowed ") {
            Self::TooLarge
        } else {
            Self::Other
        }
    }
}

/// Juju's own words, without what it quotes: a label or a key may be called `not the leader`.
fn without_quoted(stderr: &str) -> String {
    let (mut outside, mut is_quoted, mut is_escaped) = (String::new(), false, false);
    for c in stderr.chars() {
        match c {
            '"' if !is_escaped => is_quoted = !is_quoted,
            c if !is_quoted => outside.push(c),
            _ => {}
        }
        is_escaped = is_quoted && c == '\\' && !is_escaped;
    }
    // Where they don't match, nothing tells what is quoted.
    if is_quoted {
        stderr.to_owned()
    } else {
        outside
    }
}

/// `relation not found`, `relation 7 not found`, and Juju 2's `unknown relation id`; but no other thing whose name has
/// that word in it.
fn names_a_lost_relation(stderr: &str) -> bool {
    let number_follows = stderr.match_indices("relation ").any(|(at, word)| {
        let rest = &stderr[at + word.len()..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        digits > 0 && rest[digits..].starts_with(" not found")
    });
    number_follows || stderr.contains("relation not found") || stderr.contains("unknown relation id")
}

/// Whether a command that is denied means that the relation is gone.
///
/// Juju 3.6 answers a read of another's databag so, and both answer `network-get` so. The own application's databag of a
/// unit that is not the leader is denied with the same words, and is asked for with `--app`.
fn means_a_lost_relation(command: &HookCommand) -> bool {
    let has = |argument: &str| command.arguments().iter().any(|given| given == argument);
    match command.name() {
        "relation-get" => !has("--app"),
        "network-get" => has("-r"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_jujus_words_are_known() {
        use Refusal::{
            AlreadyExists, GrantedToUnits, NotFound, NotLeader, NotSupported, Other, PermissionDenied,
            PortConflict, RelationGone, Restricted,
        };
        let get = "relation-get -r db:7 - db/0";
        let get_app = "relation-get -r db:7 --app - db";
        let cases = [
            // Relations: by argument, of the cache (4), of the controller (3.6, and its later builds).
            (get, r#"invalid value "db:7" for option -r: relation not found"#, RelationGone),
            (get, r#"invalid value "db:7" for option -r: unknown relation id"#, RelationGone),
            (get, r#"invalid value "db:x" for option -r: invalid relation id"#, Other),
            (get, "relation not found", RelationGone),
            (get, "permission denied", RelationGone),
            (get, "permission denied (unauthorized access)", RelationGone),
            (get, "relation 7 not found", RelationGone),
            (get, "settings not found", NotFound),
            (get_app, "permission denied", PermissionDenied),
            (get_app, "permission denied (unauthorized access)", PermissionDenied),
            ("relation-list -r db:7", "relation 7 not found", RelationGone),
            ("relation-model-get -r db:7", "relation not found", RelationGone),
            ("network-get db -r db:7", "permission denied", RelationGone),
            ("network-get db -r db:7", "relation 7 not found", RelationGone),
            ("network-get db", "permission denied", PermissionDenied),
            ("network-get db", r#"no network config found for binding "db""#, NotFound),
            // Leadership.
            ("relation-set -r db:7 --app --file -", "cannot write relation settings", NotLeader),
            ("status-set --application active", "this unit is not the leader", NotLeader),
            (
                "status-get --application",
                "finding application status: this unit is not the leader",
                NotLeader,
            ),
            (
                "leader-set a=b",
                "cannot write leadership settings: cannot write settings: not the leader",
                NotLeader,
            ),
            ("is-leader", "leadership status unknown: context deadline exceeded", Other),
            ("action-get", "not running an action", NotSupported),
            ("action-get", "bad request: unknown hook command: action-get", NotSupported),
            // What isn't there.
            ("secret-get x", r#"secret "x" not found"#, NotFound),
            ("secret-get --label x", r#"secret "relation x" not found"#, NotFound),
            ("state-get --strict k", r#""k" not found"#, NotFound),
            ("unit-get public-address", "public address not found", NotFound),
            ("storage-get -s data/0", r#"storage "data/0" not provisioned"#, NotFound),
            ("secret-get x", "permission denied", PermissionDenied),
            ("secret-get x", "permission denied (unauthorized access)", PermissionDenied),
            ("secret-info-get --label=relation", r#"secret "relation" not found"#, NotFound),
            ("secret-add", "this unit is not the leader", NotLeader),
            ("secret-add --label=x", r#"secret with label "x" already exists"#, AlreadyExists),
            ("secret-add --label=x", r#"secret label "x" for application "a" already exists"#, AlreadyExists),
            ("secret-add", "empty secret value not valid", Other),
            ("secret-set x", r#"secret URI "x" not valid"#, Other),
            ("secret-grant x -r db:7", r#"invalid value "db:7" for option -r: relation not found"#, RelationGone),
            (
                "secret-grant x -r db:7 --unit=y/0",
                r#"cannot specify unit "y/0" in relation to application "z""#,
                Other,
            ),
            (
                "secret-grant x -r db:7",
                "any unit level grants need to be revoked before granting access to the corresponding application",
                GrantedToUnits,
            ),
            ("credential-get", "cannot access cloud credentials: permission denied", PermissionDenied),
            // What can't be done here.
            ("open-port 80", "not implemented for restricted context not implemented", Restricted),
            ("leader-get", "bad request: unknown hook command: leader-get", NotSupported),
            ("relation-model-get", "bad request: unknown command: relation-model-get", NotSupported),
            ("juju-reboot", "juju-reboot is not supported when running an action.", NotSupported),
            (
                "credential-get",
                r#"cannot access cloud credentials: credential-get on a "caas" model not supported"#,
                NotSupported,
            ),
            (
                "open-port 80-90",
                "port ranges are not supported for k8s applications, please specify a single port",
                NotSupported,
            ),
            (
                "open-port 80",
                r#"cannot open 80/tcp (unit "a/0"): port range conflicts with 80-90/tcp (unit "b/0") requested earlier"#,
                PortConflict,
            ),
            (
                "close-port 85",
                r#"cannot close 85/tcp (unit "a/0"): port range conflicts with 80-90/tcp (unit "a/0")"#,
                PortConflict,
            ),
            ("status-set active", "no", Other),
            ("status-set active", "", Other),
        ];
        check(&cases);
    }

    #[test]
    fn words_within_quotes_mean_nothing() {
        use Refusal::{NotFound, PermissionDenied};
        check(&[
            ("state-get --strict k", r#""\"not the leader\" \\" not found"#, NotFound),
            ("secret-get --label x", r#"secret "relation 7 not found" not found"#, NotFound),
            ("secret-get --label x", r#"secret "restricted context": permission denied"#, PermissionDenied),
            ("secret-get --label x", r#"a quote " alone: permission denied"#, PermissionDenied),
        ]);
    }

    #[test]
    fn what_is_too_large_is_told_in_several_words() {
        use Refusal::TooLarge;
        check(&[
            ("state-set k=v", "max allowed key size (256) exceeded: 300", TooLarge),
            ("state-set k=v", "max allowed value size (65536) exceeded: 65537", TooLarge),
            (
                "secret-add a=b",
                r#"base64 encoded secret content for key "key" too large: 9336 bytes"#,
                TooLarge,
            ),
            ("secret-add a=b", "base64 encoded secret content too large: 88000 bytes", TooLarge),
        ]);
    }

    fn check(cases: &[(&str, &str, Refusal)]) {
        for (command, stderr, expected) in cases {
            let mut words = command.split(' ').map(str::to_owned);
            let command = HookCommand::new(words.next().unwrap()).args(words);
            assert_eq!(Refusal::of(&command, stderr), *expected, "{command}: {stderr}");
        }
    }
}
