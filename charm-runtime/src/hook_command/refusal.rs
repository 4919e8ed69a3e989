//! What a hook command's refusal means.

use super::HookCommand;

/// The refusals that a charm can act on, told from the words of Juju 3.6 and 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// The unit is not the leader.
    NotLeader,
    /// The relation is gone.
    RelationGone,
    /// Access is refused.
    PermissionDenied,
    /// There is no such thing.
    NotFound,
    /// The hook runs in a restricted context, where only reading of a few things is served (Juju 3).
    Restricted,
    /// Any other.
    Other,
}

impl Refusal {
    pub(crate) fn of(command: &HookCommand, stderr: &str) -> Self {
        let said = |words: &str| stderr.contains(words);
        if said("restricted context") {
            Self::Restricted
        } else if said("not the leader") || said("cannot write relation settings") {
            Self::NotLeader
        } else if said("relation not found") || (said("relation ") && said("not found")) {
            Self::RelationGone
        } else if said("permission denied") {
            // Juju 3.6 answers a read of another's databag so once the relation is gone. The own
            // application's bag of a unit that is not the leader is refused with the same words, and
            // is asked for with `--app`.
            let reads_a_peer =
                command.name() == "relation-get" && !command.arguments().iter().any(|a| a == "--app");
            if reads_a_peer {
                Self::RelationGone
            } else {
                Self::PermissionDenied
            }
        } else if said("not found") {
            Self::NotFound
        } else {
            Self::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_jujus_words_are_known() {
        let get = HookCommand::new("relation-get").arg("-r").arg("db:7");
        let get_app = get.clone().arg("--app");
        let status = HookCommand::new("status-set");
        let cases = [
            (&get, r#"invalid value "db:7" for option -r: relation not found"#, Refusal::RelationGone),
            (&get, "permission denied", Refusal::RelationGone),
            (&get, "permission denied (unauthorized access)", Refusal::RelationGone),
            (&get, "relation 7 not found", Refusal::RelationGone),
            (&get_app, "permission denied", Refusal::PermissionDenied),
            (&get_app, "cannot write relation settings", Refusal::NotLeader),
            (&status, "this unit is not the leader", Refusal::NotLeader),
            (&status, r#"secret "x" not found"#, Refusal::NotFound),
            (&status, "not implemented for restricted context not implemented", Refusal::Restricted),
            (&status, "no", Refusal::Other),
        ];
        for (command, stderr, expected) in cases {
            assert_eq!(Refusal::of(command, stderr), expected, "{command}: {stderr}");
        }
    }
}
