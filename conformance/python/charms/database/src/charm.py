#!/usr/bin/env python3
"""A database on ops that gives each client an account of its own, as a secret."""

import dataclasses
import pathlib
import secrets

import ops


@dataclasses.dataclass
class Request:
    """What a client asks for."""

    database: str


@dataclasses.dataclass
class Offer:
    """What a client is told."""

    endpoint: str
    account: str


class Database(ops.CharmBase):
    """The leader makes accounts; every unit counts its dispatches and greets its peers."""

    _stored = ops.StoredState()

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self._stored.set_default(dispatches=0, going=False)
        self._stored.dispatches += 1
        cluster = self.on["cluster"]
        database = self.on["database"]
        for event in (
            self.on.install,
            self.on.start,
            self.on.config_changed,
            self.on.upgrade_charm,
            self.on.leader_elected,
            self.on.update_status,
            database.relation_created,
            database.relation_joined,
            database.relation_changed,
            cluster.relation_created,
            cluster.relation_joined,
            cluster.relation_changed,
            cluster.relation_departed,
        ):
            framework.observe(event, self._serve)
        framework.observe(database.relation_departed, self._departed)
        framework.observe(database.relation_broken, self._gone)
        framework.observe(self.on.secret_rotate, self._rotate)
        framework.observe(self.on.secret_remove, self._remove_revision)
        framework.observe(self.on.report_action, self._report)
        framework.observe(self.on.collect_unit_status, self._status)

    def _serve(self, _: ops.EventBase):
        revision = pathlib.Path("version").read_text().strip()
        self.unit.set_workload_version(revision)
        cluster = self.model.get_relation("cluster")
        if cluster:
            cluster.data[self.unit]["revision"] = revision
        if not self.unit.is_leader():
            return
        for relation in self.model.relations["database"]:
            if not relation.data[relation.app].get("database"):
                continue
            request = relation.load(Request, relation.app)
            account = self._account(relation, request.database)
            account.grant(relation)
            address = self.model.get_binding(relation).network.ingress_address
            offer = Offer(f"{address}:{self.config['port']}", account.get_info().id)
            relation.save(offer, self.app)

    def _account(self, relation: ops.Relation, user: str) -> ops.Secret:
        label = f"account-{relation.id}"
        try:
            return self.model.get_secret(label=label)
        except ops.SecretNotFoundError:
            content = {"user": user, "password": secrets.token_hex(16)}
            return self.app.add_secret(content, label=label, rotate=ops.SecretRotate.MONTHLY)

    def _rotate(self, event: ops.SecretRotateEvent):
        content = event.secret.get_content(refresh=True)
        event.secret.set_content({**content, "password": secrets.token_hex(16)})
        # An owner that has read a revision tracks it as any reader does, and so would keep it alive.
        event.secret.get_content(refresh=True)

    def _remove_revision(self, event: ops.SecretRemoveEvent):
        event.remove_revision()

    def _departed(self, event: ops.RelationDepartedEvent):
        if event.departing_unit == self.unit:
            self._stored.going = True

    def _gone(self, event: ops.RelationBrokenEvent):
        # It breaks for a leader that goes, too: the other units still serve this client, with this account.
        if self._stored.going or not self.unit.is_leader():
            return
        try:
            self.model.get_secret(label=f"account-{event.relation.id}").remove_all_revisions()
        except ops.SecretNotFoundError:
            pass

    def _report(self, event: ops.ActionEvent):
        event.set_results({"dispatches": self._stored.dispatches})

    def _status(self, event: ops.CollectStatusEvent):
        cluster = self.model.get_relation("cluster")
        units = 1 + len(cluster.units if cluster else ())
        clients = len(self.model.relations["database"])
        planned = self.app.planned_units()
        event.add_status(ops.ActiveStatus(f"clients: {clients}, units: {units} of {planned}"))


if __name__ == "__main__":
    ops.main(Database)
