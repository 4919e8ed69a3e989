"""Jubilant drives the local Juju, which stands on PATH under the name `juju`."""

import os
import pathlib
import tempfile

import jubilant

HERE = pathlib.Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"

# Each look at the status is one short call, and nothing happens between two of them.
QUICK = {"delay": 0.01, "timeout": 60}


def error_of(call, *arguments, kind=jubilant.CLIError, **options):
    """The words with which a call fails."""
    try:
        call(*arguments, **options)
    except kind as error:
        return getattr(error, "stderr", None) or str(error)
    raise AssertionError(f"{call.__name__}{arguments} did not fail")


def deploys_and_configures(juju):
    juju.deploy(EXAMPLES / "hello", config={"greeting": "Good day"}, channel="edge", base="ubuntu@24.04")
    status = juju.wait(jubilant.all_active, error=jubilant.any_error, **QUICK)
    hello = status.apps["hello"]
    assert hello.charm == "local:hello-0" and hello.charm_name == "hello" and hello.charm_origin == "local"
    assert hello.base.name == "ubuntu" and hello.base.channel == "24.04"
    unit = hello.units["hello/0"]
    assert unit.leader and unit.is_active and unit.juju_status.current == "idle"
    assert unit.machine in status.machines and unit.public_address
    assert status.model.name == juju.model and status.model.type == "iaas"
    assert jubilant.all_agents_idle(status)
    assert juju.config("hello") == {"greeting": "Good day"}
    assert juju.config("hello", app_config=True) == {"trust": False}
    juju.config("hello", {"greeting": "Hi"})
    assert juju.config("hello")["greeting"] == "Hi"
    juju.config("hello", reset="greeting")
    assert juju.config("hello")["greeting"] == "Hello"
    assert "unknown option" in error_of(juju.config, "hello", {"greting": "x"})
    juju.trust("hello", scope="cluster")
    assert juju.config("hello", app_config=True) == {"trust": True}


def runs_actions(juju):
    task = juju.run("hello/0", "greet", {"name": "world"}, wait=30)
    assert task.success and task.status == "completed" and task.return_code == 0
    assert task.results["greeting"] == "Hello, world!", task.results
    task = juju.run("hello/leader", "greet", {"name": "leader"})
    assert task.results["greeting"] == "Hello, leader!"
    assert "greting" in error_of(juju.run, "hello/0", "greting", kind=ValueError)
    assert "name" in error_of(juju.run, "hello/0", "greet")

    juju.deploy(EXAMPLES / "actions", "backup", config={"directory": juju.backups})
    juju.wait(lambda status: jubilant.all_active(status, "backup"), **QUICK)
    try:
        juju.run("backup/0", "forget", {"name": "nothing"})
        raise AssertionError("it forgot what it never had")
    except jubilant.TaskError as error:
        assert error.task.status == "failed" and error.task.message, error.task


def runs_commands(juju):
    task = juju.exec("is-leader; echo oops >&2", unit="hello/0", wait=30)
    assert task.success and task.return_code == 0 and task.stdout == "True\n" and task.stderr == "oops\n", task
    assert juju.exec("echo", "a  b", "$HOME", unit="hello/leader").stdout == "a  b $HOME\n"
    juju.exec("status-set maintenance 'by hand'", unit="hello/0")
    assert juju.status().apps["hello"].units["hello/0"].workload_status.message == "by hand"
    try:
        juju.exec("exit 3", unit="hello/0")
        raise AssertionError("exit 3 is no success")
    except jubilant.TaskError as error:
        assert error.task.return_code == 3, error.task
    assert "not found" in error_of(juju.exec, "true", unit="hello/7")


def resolves(juju):
    juju.deploy(HERE / "charms" / "frail", num_units=2)
    juju.wait(lambda status: jubilant.all_active(status, "frail"), **QUICK)
    juju.config("frail", {"fail": True})
    status = juju.wait(lambda status: jubilant.all_error(status, "frail"), **QUICK)
    assert status.apps["frail"].units["frail/0"].workload_status.message == 'hook failed: "config-changed"'
    juju.cli("resolved", "frail/0")
    assert juju.status().apps["frail"].units["frail/0"].is_error, "it has failed again"
    juju.cli("resolved", "--no-retry", "frail/0")
    juju.config("frail", {"fail": False})
    juju.cli("resolve", "--all")
    juju.wait(lambda status: jubilant.all_active(status, "frail"), **QUICK)
    assert "is not in an error state" in error_of(juju.cli, "resolved", "frail/0")
    juju.remove_application("frail")


def keeps_a_queue(juju):
    juju.deploy(HERE.parent / "tokio", "waiter", config={"greeting": "later"})
    assert "waiter/0: 2  deferred  start for start: not yet\n" in juju.cli("queue", "waiter/0")
    assert juju.cli("queue", "drop", "waiter/0", "2") == "2 is removed\n"
    assert "no deferred event 1 was given up" in error_of(juju.cli, "queue", "retry", "waiter/0", "1")
    assert "start for start" not in juju.cli("queue", "waiter/0")
    juju.remove_application("waiter")


def runs_pods(juju):
    with jubilant.temp_model(cloud="k8s") as pods:
        pods.deploy(HERE / "charms" / "pods", num_units=2)
        status = pods.wait(jubilant.all_active, **QUICK)
        app = status.apps["pods"]
        assert status.model.type == "caas" and not status.machines and app.scale == 2
        assert app.units["pods/1"].provider_id == "pods-1" and app.units["pods/1"].address
        assert pods.show_model().model_type == "caas"
        assert pods.show_unit("pods/0").address
    assert "has containers" in error_of(juju.deploy, HERE / "charms" / "pods")


def relates(juju):
    juju.deploy(EXAMPLES / "webapp" / "webapp", "webapp", config={"external-hostname": "webapp.example"})
    juju.deploy(EXAMPLES / "webapp" / "database", "database")
    status = juju.wait(lambda status: jubilant.all_blocked(status, "webapp"), **QUICK)
    juju.integrate("webapp:database", "database")
    status = juju.wait(lambda status: jubilant.all_active(status, "webapp", "database"), **QUICK)
    (relation,) = status.apps["webapp"].relations["database"]
    assert relation.related_app == "database" and relation.interface == "example_database"
    (info,) = juju.show_unit("webapp/0").relation_info
    assert info.endpoint == "database" and info.related_units["database/0"].in_scope
    owners = {secret.owner for secret in juju.secrets()}
    assert "database" in owners, owners
    juju.remove_relation("webapp", "database")
    juju.wait(lambda status: jubilant.all_blocked(status, "webapp"), **QUICK)


def keeps_secrets(juju):
    juju.deploy(HERE / "charms" / "reader")
    juju.wait(lambda status: jubilant.all_blocked(status, "reader"), **QUICK)
    uri = juju.add_secret("account", {"user": "alice", "password": "hunter2"}, info="for tests")
    juju.grant_secret("account", "reader")
    juju.config("reader", {"account": uri})
    assert juju.config("reader")["account"] == uri

    def shows(user):
        def ready(status):
            return status.apps["reader"].units["reader/0"].workload_status.message == f"account of {user}"

        return ready

    juju.wait(shows("alice"), **QUICK)
    secret = juju.show_secret(uri)
    assert secret.name == "account" and secret.owner == "<model>" and secret.description == "for tests"
    assert [access.target for access in secret.access] == ["application-reader"]
    assert juju.show_secret("account", reveal=True).content == {"user": "alice", "password": "hunter2"}
    juju.update_secret(uri, {"user": "bob", "password": "hunter3"})
    juju.wait(shows("bob"), **QUICK)
    assert [revision.revision for revision in juju.show_secret(uri, revisions=True).revisions] == [1, 2]
    assert "hunter" not in juju.debug_log()
    juju.remove_secret(uri)
    assert not [secret for secret in juju.secrets() if secret.name == "account"]


def scales_and_removes(juju):
    juju.add_unit("hello", num_units=2)
    status = juju.wait(lambda status: len(status.apps["hello"].units) == 3, **QUICK)
    juju.remove_unit("hello/0")
    status = juju.wait(lambda status: len(status.apps["hello"].units) == 2, **QUICK)
    assert [unit.leader for unit in status.apps["hello"].units.values()].count(True) == 1
    juju.refresh("hello", path=EXAMPLES / "hello")
    assert juju.status().apps["hello"].charm_rev == 1
    assert 'ran "upgrade-charm" hook' in juju.debug_log(limit=50)
    assert "no file here" in error_of(juju.deploy, "postgresql")
    juju.remove_application("hello", "backup", "reader", "webapp", "database", destroy_storage=True)
    juju.wait(lambda status: not status.apps, **QUICK)


def models(juju):
    assert juju.version().tuple >= (3, 6, 0)
    assert juju.show_model().short_name == juju.model
    juju.model_config({"update-status-hook-interval": "10m"})
    assert juju.model_config()["update-status-hook-interval"] == "10m"


def main():
    steps = [models, deploys_and_configures, runs_actions, runs_commands, resolves, keeps_a_queue, runs_pods]
    steps += [relates, keeps_secrets, scales_and_removes]
    with tempfile.TemporaryDirectory() as temp:
        os.environ["JUJU_DATA"] = temp
        with jubilant.temp_model() as juju:
            juju.backups = os.path.join(temp, "backups")
            os.mkdir(juju.backups)
            for step in steps:
                step(juju)
                print(f"{step.__name__}: ok", flush=True)
    print(f"{len(steps)} passed, 0 failed")


if __name__ == "__main__":
    main()
