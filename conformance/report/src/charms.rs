//! Charms that are hard on a report.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::Result;

/// What the hostile charm says wherever it can.
pub(crate) const EVIL: [&str; 4] = [
    "</script><script>window.pwned = 1; alert(1)</script>",
    "<img src=x onerror=alert(1)><iframe src=https://charm.invalid></iframe>",
    "<!--<script>",
    "{{script}} \u{202e}<b class=evil onclick=alert(1)>",
];

/// What its secret holds.
pub(crate) const SECRET: &str = "swordfish-of-the-report";
/// The same as Juju keeps it.
pub(crate) const SECRET_BASE64: &str = "c3dvcmRmaXNoLW9mLXRoZS1yZXBvcnQ=";

/// A charm whose every word is markup. It fails once in config-changed and is retried; one unit's event that was
/// deferred comes again, the other's doesn't.
pub(crate) fn hostile(place: &Path) -> Result<PathBuf> {
    let evil = EVIL.map(|words| format!("  say '{words}'\n")).concat();
    let mixed = EVIL.concat();
    let script = format!(
        "say() {{ juju-log \"$1\"; echo \"$1\"; echo \"$1\" >&2; }}\n\
         evil() {{\n{evil}}}\n\
         case $hook in\n\
         install) evil; status-set maintenance '{mixed}'; application-version-set '{mixed}';;\n\
         config-changed) evil; if ! [ -e tried ]; then touch tried; exit 1; fi;;\n\
         fellows-relation-created)\n\
         relation-set '{EVIL0}={mixed}'\n\
         juju-log -l DEBUG 'Deferring <Created via Hostile/on/fellows_relation_created[1]>.';;\n\
         leader-elected) secret-add 'token={SECRET}' --label 'a <b class=evil>' >/dev/null;;\n\
         update-status) status-set blocked '{mixed}'\n\
         if [ \"$JUJU_UNIT_NAME\" = hostile/0 ]; then\n\
         juju-log -l DEBUG 'Re-emitting deferred event <Created via Hostile/on/fellows_relation_created[1]>.'; fi\n\
         [ \"$JUJU_UNIT_NAME\" = hostile/0 ];;\n\
         esac\n",
        EVIL0 = "<b class=evil>",
    );
    charm(place, "hostile", "peers: {fellows: {interface: gossip}}\n", &script)
}

/// A charm whose units answer each other without end.
pub(crate) fn restless(place: &Path) -> Result<PathBuf> {
    let script = "case $hook in *-relation-*) relation-set n=\"$JUJU_CONTEXT_ID\";; esac\n";
    charm(place, "restless", "peers: {fellows: {interface: gossip}}\n", script)
}

fn charm(place: &Path, name: &str, declarations: &str, script: &str) -> Result<PathBuf> {
    let directory = place.join("charms").join(name);
    fs::create_dir_all(&directory)?;
    let charmcraft = format!("name: {name}\nsummary: A check\ndescription: A check\n{declarations}");
    fs::write(directory.join("charmcraft.yaml"), charmcraft)?;
    let dispatch = directory.join("dispatch");
    fs::write(&dispatch, format!("#!/bin/sh\nhook=${{JUJU_DISPATCH_PATH#*/}}\n{script}"))?;
    fs::set_permissions(&dispatch, fs::Permissions::from_mode(0o755))?;
    Ok(directory)
}
