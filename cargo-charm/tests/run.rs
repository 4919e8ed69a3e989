//! `cargo charm run`, as a developer calls it.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// Files of charms, and what the command makes of them.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, file: &str, content: &str) -> &Self {
        let file = self.path().join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, content).unwrap();
        let mode = if content.starts_with("#!") { 0o755 } else { 0o644 };
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        self
    }

    /// A charm that is a shell script.
    fn charm(&self, name: &str, declarations: &str, script: &str) -> &Self {
        self.write(&format!("{name}/charmcraft.yaml"), &charmcraft(name, declarations));
        self.write(
            &format!("{name}/dispatch"),
            &format!("#!/bin/sh\nhook=${{JUJU_DISPATCH_PATH#*/}}\n{script}\n"),
        )
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-charm"));
        command.args(args).current_dir(self.path());
        // A package that is built below gets a target directory of its own.
        command.env_remove("CARGO_TARGET_DIR").env_remove("CARGO_BUILD_TARGET_DIR");
        command
    }

    fn run(&self, args: &[&str]) -> Outcome {
        Outcome::of(self.command(&[&["run"], args].concat()).output().unwrap())
    }
}

fn charmcraft(name: &str, declarations: &str) -> String {
    format!("name: {name}\nsummary: A test\ndescription: A test\n{declarations}")
}

struct Outcome {
    success: bool,
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Outcome {
    fn of(output: Output) -> Self {
        Self {
            success: output.status.success(),
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    fn succeeded(self) -> Self {
        assert!(self.success, "{}\n{}", self.stdout, self.stderr);
        self
    }

    /// Checks that it failed with code 1, and that its last word was `error: ` and this.
    #[track_caller]
    fn failed_with(self, words: &str) -> Self {
        assert_eq!(self.code, Some(1), "{}\n{}", self.stdout, self.stderr);
        let last = self.stderr.lines().last().unwrap_or_default();
        assert!(last.starts_with("error: ") && last.contains(words), "not {words:?}:\n{}", self.stderr);
        self
    }

    /// The hooks that have run, in the order of the log: `unit-hello-0 install`.
    fn hooks(&self) -> Vec<String> {
        let ran = |line: &str| {
            let (unit, rest) = line.split_once(": ")?;
            let hook = rest.split_once("ran \"")?.1.strip_suffix("\" hook")?;
            Some(format!("{unit} {hook}"))
        };
        self.stdout.lines().filter_map(ran).collect()
    }
}

#[test]
fn a_charm_with_containers_runs_on_kubernetes() {
    let place = Place::new();
    place.charm("pods", "containers: {app: {}}\n", "test -z \"$JUJU_MACHINE_ID\" && status-set active $hook");
    let outcome = place.run(&["pods"]).succeeded();
    let mut hooks = outcome.hooks();
    // It comes at any time after install: Juju doesn't wait for containers, nor they for it.
    let ready = hooks.iter().position(|hook| hook == "unit-pods-0 app-pebble-ready").unwrap();
    assert!(ready > 0, "{hooks:?}");
    hooks.remove(ready);
    let started = ["install", "leader-elected", "config-changed", "start", "update-status"];
    assert_eq!(hooks, started.map(|hook| format!("unit-pods-0 {hook}")));
    assert!(outcome.stderr.contains("note: pods has containers"), "{}", outcome.stderr);
}

#[test]
fn a_charm_runs_until_it_is_active() {
    let place = Place::new();
    place.charm("hello", "", "juju-log \"in $hook\"; status-set active; application-version-set 1.2");
    let outcome = place.run(&["hello"]).succeeded();
    let started = ["install", "leader-elected", "config-changed", "start", "update-status"];
    assert_eq!(outcome.hooks(), started.map(|hook| format!("unit-hello-0 {hook}")));
    assert!(outcome.stdout.ends_with("\nhello/0  active\n"), "{}", outcome.stdout);

    let line = outcome.stdout.lines().find(|line| line.ends_with("in install")).unwrap();
    let (entity, rest) = line.split_once(' ').unwrap();
    let (time, rest) = rest.split_once(' ').unwrap();
    assert_eq!((entity, rest), ("unit-hello-0:", "INFO unit.hello/0.juju-log in install"));
    assert_eq!(time.split(':').map(str::len).collect::<Vec<_>>(), [2, 2, 2], "{time}");

    let row = |first: &str| {
        let line = outcome.stdout.lines().find(|line| line.starts_with(first)).unwrap();
        line.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        row("App "),
        ["App", "Version", "Status", "Scale", "Charm", "Channel", "Rev", "Exposed", "Message"]
    );
    assert_eq!(row("hello  "), ["hello", "1.2", "active", "1", "hello", "0", "no"]);
    assert_eq!(
        row("Unit "),
        ["Unit", "Workload", "Agent", "Machine", "Public", "address", "Ports", "Message"]
    );
    assert_eq!(row("hello/0*"), ["hello/0*", "active", "idle", "0", "10.0.0.10"]);
}

#[test]
fn it_is_called_with_and_without_its_word() {
    let place = Place::new();
    place.charm("hello", "", "status-set active");
    let outcome = Outcome::of(place.command(&["charm", "run", "hello"]).output().unwrap());
    assert!(outcome.succeeded().stdout.ends_with("hello/0  active\n"));
    let here = Outcome::of(place.command(&["run"]).current_dir(place.path().join("hello")).output().unwrap());
    assert!(here.succeeded().stdout.ends_with("hello/0  active\n"));
}

#[test]
fn options_shape_the_run() {
    let place = Place::new();
    let config = "config:\n  options:\n    name: {type: string, default: nobody}\n";
    place.charm("hello", config, "status-set active \"$(config-get name)\"");
    let outcome = place
        .run(&["hello", "--units", "2", "--config", "name=a=b", "--teardown", "--seed", "3"])
        .succeeded();
    assert!(outcome.stdout.contains("\nhello/0  active  a=b\nhello/1  active  a=b\n"), "{}", outcome.stdout);
    let hooks = outcome.hooks();
    for unit in ["unit-hello-0", "unit-hello-1"] {
        assert!(
            hooks.contains(&format!("{unit} stop")) && hooks.contains(&format!("{unit} remove")),
            "{hooks:?}"
        );
    }
    assert!(hooks.last().unwrap().ends_with("remove"));
}

#[test]
fn a_bundle_runs_with_its_relation() {
    let place = Place::new();
    let provide = "case $hook in *-relation-joined) relation-set port=80;; esac; status-set active";
    place.charm("provider", "provides:\n  web: {interface: http}\n", provide);
    let require = "case $hook in *-relation-changed)\nport=$(relation-get port)\ntest -z \"$port\" || status-set active \"port $port\";;\n\
                   start) status-set waiting 'for the provider';; esac";
    place.charm("requirer", "requires:\n  backend: {interface: http}\n", require);
    let bundle = "applications:\n  front: {charm: ./requirer}\n  back: {charm: ./provider, num_units: 1}\n\
                  relations:\n- [front:backend, back]\n";
    place.write("bundle.yaml", bundle);
    for path in [".", "bundle.yaml"] {
        let outcome = place.run(&[path]).succeeded();
        assert!(
            outcome.stdout.ends_with("\nback/0   active\nfront/0  active  port 80\n"),
            "{}",
            outcome.stdout
        );
        assert!(outcome.hooks().contains(&"unit-front-0 backend-relation-changed".to_owned()));
        let relation = outcome.stdout.lines().find(|line| line.starts_with("back:web")).unwrap();
        let cells: Vec<&str> = relation.split_whitespace().collect();
        assert_eq!(cells, ["back:web", "front:backend", "http", "regular"]);
    }
}

#[test]
fn an_older_charm_runs_with_its_three_files() {
    let place = Place::new();
    place
        .write(
            "old/metadata.yaml",
            "name: old\nsummary: x\ndescription: x\nmaintainers: [me]\nseries: [focal]\n",
        )
        .write("old/config.yaml", "---\noptions:\n  name: {type: string, default: x}\n")
        .write("old/actions.yaml", "act:\n  description: |\n    Acts.\n")
        .write("old/hooks/start", "#!/bin/sh\nstatus-set active $(config-get name)\n");
    let outcome = place.run(&["old", "--config", "name=y"]).succeeded();
    assert!(outcome.stdout.ends_with("old/0  active  y\n"), "{}", outcome.stdout);
}

#[test]
fn ctrl_c_ends_the_run_and_its_hooks() {
    let place = Place::new();
    place.charm("hello", "", "echo $$ > \"$CHARM_DIR/../../../../pid\"; juju-log waiting; sleep 1000");
    let tmp = place.path().join("tmp");
    fs::create_dir(&tmp).unwrap();
    let mut child = place
        .command(&["run", "hello"])
        .env("TMPDIR", &tmp)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    // Its first line of the log says that the hook runs.
    let mut first = [0; 1];
    std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut first).unwrap();
    let interrupted = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    Outcome::of(child.wait_with_output().unwrap()).failed_with("interrupted");
    let pid = fs::read_to_string(tmp.join("pid")).unwrap();
    let state = fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
    assert!(state.is_empty() || state.contains(") Z "), "{state}");
    let left: Vec<_> = fs::read_dir(&tmp).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["pid"], "the work directory is removed");
}

#[test]
fn a_rust_charm_is_built_and_run() {
    let place = Place::new();
    let main = "fn main() {\n    let set = std::process::Command::new(\"status-set\").args([\"active\", \"from Rust\"]).status();\n    \
                std::process::exit(if set.is_ok_and(|set| set.success()) { 0 } else { 1 });\n}\n";
    let manifest = "[package]\nname = \"rusty\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n";
    place
        .write(
            "rusty/charmcraft.yaml",
            &charmcraft("rusty", "config:\n  options:\n    a: {type: int, default: 1}\n"),
        )
        .write("rusty/Cargo.toml", manifest)
        .write("rusty/src/main.rs", main);
    let outcome = place.run(&["rusty", "--keep"]).succeeded();
    assert!(outcome.stdout.ends_with("rusty/0  active  from Rust\n"), "{}", outcome.stdout);
    assert!(outcome.stderr.contains("building rusty\nbuilding rusty: done in "), "{}", outcome.stderr);

    let kept = outcome.stderr.lines().find_map(|line| line.strip_prefix("keeping ")).unwrap();
    let charm = Path::new(kept).join("agents/unit-rusty-0/charm");
    let mut files: Vec<_> =
        fs::read_dir(charm).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    assert_eq!(files, ["charmcraft.yaml", "config.yaml", "dispatch", "metadata.yaml"]);
    fs::remove_dir_all(kept).unwrap();

    place.write("rusty/src/main.rs", "fn main() { wrong }\n");
    let broken = place.run(&["rusty"]).failed_with("cargo could not build");
    assert!(broken.stderr.contains("cannot find value `wrong`"), "{}", broken.stderr);

    place.write("rusty/src/main.rs", main).write("rusty/src/bin/second.rs", main);
    place.run(&["rusty"]).failed_with("builds several programs (rusty, second)");
    fs::remove_dir_all(place.path().join("rusty/src")).unwrap();
    place.write("rusty/src/lib.rs", "");
    place.run(&["rusty"]).failed_with("builds no program: give it src/main.rs or a [[bin]]");
}

#[test]
fn without_cargo_it_says_so() {
    let place = Place::new();
    place.write("rusty/charmcraft.yaml", &charmcraft("rusty", "")).write("rusty/Cargo.toml", "");
    let mut command = place.command(&["run", "rusty"]);
    command.env_remove("CARGO").env("PATH", "/nowhere");
    Outcome::of(command.output().unwrap()).failed_with("cargo is not there: install Rust");
}

#[test]
fn a_unit_in_error_fails_the_run() {
    let place = Place::new();
    place.charm("bad", "", "echo 'the reason' >&2; test $hook != start");
    let outcome =
        place.run(&["bad"]).failed_with("1 of 1 units in error (bad/0: hook \"start\": exit status 1)");
    assert!(outcome.stdout.ends_with("\nbad/0  error  hook failed: \"start\"\n"), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("WARNING unit.bad/0.start the reason"));
    assert!(
        outcome.stdout.contains("ERROR juju.worker.uniter.operation hook \"start\" failed: exit status 1")
    );

    // What fails only at the end counts as well.
    place.charm("stuck", "", "test $hook != stop");
    place.run(&["stuck", "--teardown"]).failed_with("1 of 1 units in error (stuck/0: hook \"stop\"");
    place.charm("slow", "", "sleep 1000");
    place.run(&["slow", "--timeout", "1"]).failed_with("it ran longer than 1 s and was killed");
}

#[test]
fn units_that_never_rest_fail_the_run() {
    let place = Place::new();
    let count = "case $hook in *-relation-*) relation-set n=$JUJU_CONTEXT_ID;; esac";
    place.charm("restless", "peers:\n  fellows: {interface: gossip}\n", count);
    place
        .run(&["restless", "--units", "2"])
        .failed_with("the units do not come to rest: 1000 hooks have run");
}

#[test]
fn mistakes_are_told_where_they_are() {
    let place = Place::new();
    place
        .run(&["nowhere"])
        .failed_with("cannot find nowhere: give the directory of a charm or a bundle.yaml");
    place.write("empty/file", "");
    place.run(&["empty"]).failed_with("empty is no charm: it has no charmcraft.yaml");
    place.write("old/metadata.yaml", "name: old\nsummary: x\ndescription: x\nsubordinate: maybe\n");
    place.run(&["old"]).failed_with("old: subordinate: ");
    place.write("idle/charmcraft.yaml", &charmcraft("idle", ""));
    place.run(&["idle"]).failed_with("has nothing to run");
    place.write("torn/charmcraft.yaml", "name: torn\nsummary: [\n");
    place.run(&["torn"]).failed_with("torn/charmcraft.yaml:2:");
    place.write("twice/charmcraft.yaml", "name: twice\nsummary: 1\ndescription: 2\n");
    let outcome = place.run(&["twice"]).failed_with("twice/charmcraft.yaml:3:14:");
    assert!(outcome.stderr.contains("error: twice/charmcraft.yaml:2:10:"), "all at once: {}", outcome.stderr);

    place.charm("hello", "", "true");
    place
        .run(&["hello", "--config", "port=1"])
        .failed_with("unknown option \"port\" of application \"hello\"");
    let usage = place.run(&["hello", "--config", "port"]);
    assert_eq!(usage.code, Some(2), "{}", usage.stderr);
}

#[test]
fn a_bundle_s_mistakes_are_told() {
    let place = Place::new();
    place.charm("hello", "", "true");
    for (bundle, words) in [
        (
            "applications:\n  a: {charm: ./nothing}\n",
            "application \"a\" has the charm \"./nothing\", but there is no directory",
        ),
        ("applications:\n  a: {charm: postgresql}\n", "the local Juju runs only charms from directories"),
        ("applications:\n  a: {charm: ./hello}\nrelations:\n- [a, b]\n", "bundle.yaml:4:"),
        (
            "applications:\n  a: {charm: ./hello}\n  b: {charm: ./hello}\nrelations:\n- [a, b]\n",
            "no relations found between \"a\" and \"b\"",
        ),
        (
            "applications:\n  a: {charm: ./hello, options: {x: 1}}\n",
            "unknown option \"x\" of application \"a\"",
        ),
        ("applications: [\n", "bundle.yaml:"),
    ] {
        place.write("bundle.yaml", bundle);
        place.run(&["."]).failed_with(words);
    }
    place.write("bundle.yaml", "applications:\n  a: {charm: ./hello}\n");
    place.run(&[".", "--units", "2"]).failed_with("--units, --config and --resource are for a single charm");
}

#[test]
fn a_filesystem_is_there_and_a_block_device_is_announced_as_a_name() {
    let place = Place::new();
    let script = "[ $hook = data-storage-attached ] || exit 0\n\
                  touch \"$(storage-get location)/file\" && juju-log written";
    place.charm("files", "storage: {data: {type: filesystem}}\n", script);
    let outcome = place.run(&["files"]).succeeded();
    assert!(outcome.stdout.contains("written"), "{}", outcome.stdout);
    assert!(!outcome.stderr.contains("note:"), "{}", outcome.stderr);

    place.charm("disks", "storage: {data: {type: block}}\n", "true");
    let outcome = place.run(&["disks"]).succeeded();
    assert!(outcome.stderr.contains("note: disks has block storage"), "{}", outcome.stderr);
}

#[test]
fn a_report_is_written_of_a_run_that_failed_too() {
    let place = Place::new();
    let config = "config:\n  options:\n    name: {type: string, default: x}\n";
    place.charm("hello", config, "juju-log \"<i>$hook</i></script>\"; status-set active; test $hook != stop");
    let outcome = place.run(&["hello", "--report", "a.html", "--config", "name=<y>"]).succeeded();
    assert!(
        outcome.stderr.contains("\nreport: a.html\n") || outcome.stderr.starts_with("report: a.html\n"),
        "{}",
        outcome.stderr
    );
    let report = fs::read_to_string(place.path().join("a.html")).unwrap();
    for words in
        ["<td>install</td>", "option hello name: – → &lt;y&gt;", "\"seed\":0", "juju: status hello/0"]
    {
        assert!(report.contains(words), "{words}: {report}");
    }
    assert!(!report.contains("<i>"), "{report}");
    // Data, the page's own script, and no more.
    assert_eq!(report.matches("</script>").count(), 2);

    place.run(&["hello", "--report", "b.html", "--teardown"]).failed_with("1 of 1 units in error");
    let report = fs::read_to_string(place.path().join("b.html")).unwrap();
    assert!(
        report.contains("\"failure\":\"1 of 1 units in error") && report.contains("<td>stop, attempt 2</td>"),
        "{report}"
    );

    place.run(&["hello", "--report", "nowhere/a.html"]).failed_with("cannot write the report nowhere/a.html");
}

#[test]
fn a_failure_says_by_which_seed_the_order_comes_again() {
    let place = Place::new();
    place.charm("bad", "", "test $hook != start");
    let outcome = place.run(&["bad", "--units", "2", "--seed", "5"]).failed_with("2 of 2 units in error");
    assert!(
        outcome.stderr.contains("note: the order of the hooks was that of --seed 5"),
        "{}",
        outcome.stderr
    );
    // One unit has one order.
    let outcome = place.run(&["bad"]).failed_with("1 of 1 units in error");
    assert!(!outcome.stderr.contains("--seed"), "{}", outcome.stderr);
}

#[test]
fn actions_run_when_the_units_are_at_rest() {
    let place = Place::new();
    let script = "case $JUJU_DISPATCH_PATH in\nactions/greet) action-log working; \
                  action-set said=\"$(action-get name) $(action-get times) $(action-get deep.er)\" part.one=1;;\n\
                  actions/fail) action-fail 'as told';;\n*) status-set active;; esac";
    place.charm("hello", "actions:\n  greet: {description: x}\n  fail: {description: x}\n", script);
    let outcome = place
        .run(&[
            "hello",
            "--action",
            "greet name='a b' times=3 deep.er=true",
            "--action",
            "hello/leader greet",
        ])
        .succeeded();
    let answer = "\naction 1 greet on hello/0: completed\n  log: working\n  part:\n    one: 1\n  return-code: 0\n  said: a b 3 True\n";
    assert!(outcome.stdout.contains(answer), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("\naction 2 greet on hello/0: completed\n"), "{}", outcome.stdout);

    place.run(&["hello", "--action", "fail"]).failed_with("action \"fail\" on hello/0 failed: as told");
    place
        .run(&["hello", "--action", "nothing"])
        .failed_with("action \"nothing\" not defined on unit \"hello/0\"");
    place.run(&["hello", "--action", "hello/9 greet"]).failed_with("unit \"hello/9\" not found");
    place
        .run(&["hello", "--action", "other/leader greet"])
        .failed_with("application \"other\" has no leader");
    let usage = place.run(&["hello", "--action", "greet name"]);
    assert_eq!(usage.code, Some(2), "{}", usage.stderr);
    place.write(
        "bundle.yaml",
        "applications:\n  a: {charm: ./hello, num_units: 1}\n  b: {charm: ./hello, num_units: 1}\n",
    );
    place.run(&[".", "--action", "greet"]).failed_with("must say on which unit: write \"UNIT greet\"");
    place.run(&[".", "--action", "b/0 greet"]).succeeded();
}

#[test]
fn a_resource_is_the_file_that_was_named() {
    let place = Place::new();
    let script = "[ $hook = install ] && status-set active \"$(cat \"$(resource-get page)\")\"; true";
    place.charm("hello", "resources:\n  page: {type: file, filename: page.html}\n", script);
    place.write("some/file", "what it holds");
    let outcome = place.run(&["hello", "--resource", "page=some/file"]).succeeded();
    assert!(outcome.stdout.ends_with("hello/0  active  what it holds\n"), "{}", outcome.stdout);
    assert!(
        !outcome.hooks().contains(&"unit-hello-0 upgrade-charm".to_owned()),
        "it was there from the beginning"
    );
    place
        .run(&["hello", "--resource", "page=none"])
        .failed_with("cannot find \"none\", the resource \"page\"");
    place.run(&["hello", "--resource", "other=some/file"]).failed_with("has no resource \"other\"");
}
