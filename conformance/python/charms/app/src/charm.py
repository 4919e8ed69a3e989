#!/usr/bin/env python3
"""An application on ops that logs in to a database with the account it was granted."""

import dataclasses
import hashlib
import pathlib
import secrets

import ops


@dataclasses.dataclass
class Request:
    """What the database is asked for."""

    database: str


@dataclasses.dataclass
class Offer:
    """What the database answers."""

    endpoint: str
    account: str


class App(ops.CharmBase):
    """Every unit logs in; the leader asks, and makes the key that all units sign with."""

    _stored = ops.StoredState()

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self._stored.set_default(dispatches=0, waited=0, account="", key="")
        self._stored.dispatches += 1
        cluster = self.on["cluster"]
        database = self.on["database"]
        for event in (
            self.on.install,
            self.on.config_changed,
            self.on.upgrade_charm,
            self.on.leader_elected,
            self.on.update_status,
            self.on.secret_changed,
            database.relation_created,
            database.relation_joined,
            database.relation_changed,
            database.relation_departed,
            cluster.relation_created,
            cluster.relation_joined,
            cluster.relation_changed,
            cluster.relation_departed,
        ):
            framework.observe(event, self._reconcile)
        framework.observe(self.on.start, self._wait_for_account)
        framework.observe(database.relation_broken, self._gone)
        framework.observe(self.on.secret_remove, self._remove_revision)
        framework.observe(self.on.report_action, self._report)
        framework.observe(self.on.collect_unit_status, self._status)

    def _wait_for_account(self, event: ops.StartEvent):
        """Comes again until there is an account: deferred, it is kept in the unit's state."""
        if not self._stored.account:
            self._stored.waited += 1
            event.defer()

    def _reconcile(self, _: ops.EventBase):
        self.unit.set_workload_version(pathlib.Path("version").read_text().strip())
        self._share_key()
        database = self.model.get_relation("database")
        if not database:
            return
        if self.unit.is_leader():
            database.save(Request("app"), self.app)
        if not database.data[database.app].get("account"):
            return
        offer = database.load(Offer, database.app)
        account = self.model.get_secret(id=offer.account).get_content(refresh=True)
        self._stored.account = digest(account["user"], account["password"])
        self._stored.endpoint = offer.endpoint
        self.unit.set_ports(self.config["port"])

    def _share_key(self):
        """A secret of the application: its leader makes it, and all its units read it."""
        cluster = self.model.get_relation("cluster")
        if not cluster:
            return
        data = cluster.data[self.app]
        if self.unit.is_leader() and "key" not in data:
            key = self.app.add_secret({"key": secrets.token_hex(16)}, label="key")
            data["key"] = key.id
        if "key" in data:
            key = self.model.get_secret(id=data["key"], label="key")
            self._stored.key = digest(key.get_content(refresh=True)["key"])

    def _remove_revision(self, event: ops.SecretRemoveEvent):
        event.remove_revision()

    def _gone(self, _: ops.RelationBrokenEvent):
        self._stored.account = ""

    def _report(self, event: ops.ActionEvent):
        stored = self._stored
        event.set_results(
            {
                "dispatches": stored.dispatches,
                "waited": stored.waited,
                "account": stored.account,
                "key": stored.key,
            }
        )

    def _status(self, event: ops.CollectStatusEvent):
        if not self.model.get_relation("database"):
            event.add_status(ops.BlockedStatus("relate a database"))
        elif not self._stored.account:
            event.add_status(ops.WaitingStatus("the database's answer"))
        else:
            event.add_status(ops.ActiveStatus(f"logged in at {self._stored.endpoint}"))


def digest(*texts: str) -> str:
    """What can be shown of a secret."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


if __name__ == "__main__":
    ops.main(App)
