#!/usr/bin/env python3
"""Uses what ops offers of Juju, each thing once, and fails where the answer is another than a charm counts on."""

import datetime
import logging
import pathlib

import ops

logger = logging.getLogger(__name__)


class Told(ops.EventBase):
    """An event of the charm's own."""

    def __init__(self, handle: ops.Handle, word: str):
        super().__init__(handle)
        self.word = word

    def snapshot(self):
        return {"word": self.word}

    def restore(self, snapshot: dict):
        self.word = snapshot["word"]


class TourEvents(ops.CharmEvents):
    """The events, with the charm's own."""

    told = ops.EventSource(Told)


class Tour(ops.CharmBase):
    """Everything happens in the action `tour`; the hooks leave behind what it looks at."""

    on = TourEvents()
    _stored = ops.StoredState()

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self._stored.set_default(names=[], words=set(), by_id={}, bytes=b"\0\xff")
        for name, event in self.on.events().items():
            if name.endswith("_action") or "collect" in name or name == "told":
                continue
            framework.observe(event, self._remember)
        framework.observe(self.on.told, self._told)
        framework.observe(self.on.start, self._start)
        framework.observe(self.on.tour_action, self._tour)
        framework.observe(self.on.fail_action, self._fail)
        framework.observe(self.on.collect_unit_status, self._status)
        framework.observe(self.on.collect_app_status, self._app_status)

    def _remember(self, event: ops.EventBase):
        self._stored.names.append(event.handle.kind)
        if isinstance(event, ops.StorageAttachedEvent):
            pathlib.Path(event.storage.location, "kept").write_text("kept")
        if isinstance(event, ops.SecretExpiredEvent):
            event.secret.set_content({"token": "renewed"})
            event.secret.get_content(refresh=True)
        if isinstance(event, ops.SecretRemoveEvent):
            event.remove_revision()

    def _start(self, _: ops.StartEvent):
        self.on.told.emit("started")

    def _told(self, event: Told):
        self._stored.words.add(event.word)
        if event.word == "started" and "again" not in self._stored.words:
            self._stored.words.add("again")
            event.defer()

    def _tour(self, event: ops.ActionEvent):
        # What the actions before this one wrote is there, and what their hooks were.
        self._events()
        self._model()
        self._config()
        self._relations()
        self._secrets()
        self._files()
        self._ports()
        self._refusals()
        self._action(event)

    def _events(self):
        names = list(self._stored.names)
        expect(names[0], "data_storage_attached")
        expect(names[1], "install")
        expect(names.index("cluster_relation_created") < names.index("config_changed"), True)
        expect("start" in names, True)
        expect(set(self._stored.words), {"started", "again"})
        expect(self._stored.bytes, b"\0\xff")
        self._stored.by_id["1"] = [1.5, None, "two"]

    def _model(self):
        model, unit, app = self.model, self.unit, self.app
        expect((model.name, len(model.uuid)), ("local", 36))
        expect(model.juju_version.has_secrets, True)
        expect(str(model.juju_version) in ("3.6.11", "4.0.14"), True)
        expect((unit.name, app.name), ("tour/0", "tour"))
        expect(unit.is_leader(), True)
        expect(app.planned_units(), 2)
        unit.set_workload_version("1.2.3")
        app.status = ops.WaitingStatus("for the tour")
        unit.status = ops.MaintenanceStatus("touring -- with dashes")
        logger.debug("a line\nand another")
        logger.warning("--not-an-option")
        for binding in ("admin", "service", "cluster"):
            network = model.get_binding(binding).network
            expect(str(network.ingress_address).startswith("10.0.0."), True)
            expect(network.bind_address in [one.address for one in network.interfaces], True)
            expect(len(network.egress_subnets), 1)

    def _config(self):
        config = self.config
        expect(config["text"], "a, b")
        expect((config["number"], type(config["number"])), (1000000, int))
        expect((config["fraction"], config["switch"]), (1.5, True))
        expect("unset" in config, False)
        token = self.model.get_secret(id=config["token"])
        expect(token.get_content(), {"token": "of the operator"})

    def _relations(self):
        service = self.model.get_relation("service")
        backend = self.model.get_relation("backend")
        cluster = self.model.get_relation("cluster")
        expect((service.app.name, backend.app.name), ("other", "other"))
        expect(sorted(one.name for one in service.units), ["other/0"])
        expect([one.name for one in cluster.units], ["tour/1"])
        expect(cluster.app, self.app)
        expect(service.remote_model.uuid, self.model.uuid)
        own = service.data[self.unit]
        expect(own["ingress-address"].startswith("10.0.0."), True)
        awkward = {"empty-later": "x", "text": 'quote " and \\ and\n\ttab', "more": "ä€", "yes": "on"}
        own.update(awkward)
        expect({key: own[key] for key in awkward}, awkward)
        # ops sends JSON, in whose escapes Juju's YAML knows no surrogate pairs.
        raises(ops.ModelError, lambda: own.update({"smile": "😀"}))
        own["empty-later"] = ""
        expect("empty-later" in own, False)
        service.data[self.app]["app"] = "of the leader"
        expect(service.data[self.app]["app"], "of the leader")
        raises(ops.RelationDataAccessError, lambda: service.data[service.app].update({"a": "b"}))
        expect(dict(service.data[service.app]), {})
        expect(self.model.get_relation("service", 999).active, False)

    def _secrets(self):
        soon = datetime.datetime(2026, 1, 20, tzinfo=datetime.timezone.utc)
        mine = self.unit.add_secret(
            {"token": "mine", "long-key": "line\nline"},
            label="mine",
            description="of the tour",
            expire=soon,
            rotate=ops.SecretRotate.DAILY,
        )
        info = mine.get_info()
        expect((info.label, info.revision, info.rotation), ("mine", 1, ops.SecretRotate.DAILY))
        expect(info.expires, soon)
        expect(mine.get_content(), {"token": "mine", "long-key": "line\nline"})
        mine.set_content({"token": "other"})
        mine.set_info(description="changed", rotate=ops.SecretRotate.NEVER)
        expect(mine.peek_content(), {"token": "other"})
        service = self.model.get_relation("service")
        mine.grant(service)
        mine.revoke(service)
        mine.grant(service, unit=next(iter(service.units)))
        raises(ops.SecretNotFoundError, lambda: self.model.get_secret(label="nobody's"))
        raises(ops.SecretNotFoundError, lambda: self.model.get_secret(id="secret:" + "0" * 20))
        # Not to be removed in the dispatch that adds it: Juju would refuse all of that.
        self.app.add_secret({"token": "gone"}, label="gone")
        expect(self.model.get_secret(label="gone").get_content(), {"token": "gone"})

    def _files(self):
        data = self.model.storages["data"]
        expect(len(data), 1)
        expect((data[0].location / "kept").read_text(), "kept")
        raises(ops.ModelError, lambda: self.model.resources.fetch("tool"))

    def _ports(self):
        self.unit.open_port("tcp", 80)
        self.unit.open_port("icmp")
        self.unit.set_ports(443, ops.Port("udp", 53))
        expect(self.unit.opened_ports(), {ops.Port("tcp", 443), ops.Port("udp", 53)})

    def _refusals(self):
        raises(ops.ModelError, self.model.get_cloud_spec)
        raises(ops.InvalidStatusError, lambda: setattr(self.unit, "status", ops.UnknownStatus()))
        raises(RuntimeError, lambda: setattr(self.model.get_app("other"), "status", ops.ActiveStatus()))

    def _action(self, event: ops.ActionEvent):
        expect(event.params["word"], "given")
        expect(event.params["numbers"], {"one": 1, "half": 0.5, "none": None, "list": [True]})
        event.log("on its way\nto the end")
        event.set_results({"toured": "yes", "deep": {"key": "value\nvalue", "number": 3}})

    def _fail(self, event: ops.ActionEvent):
        self._stored.words.add("failed")
        self.model.get_secret(label="gone").remove_all_revisions()
        event.set_results({"so": "far"})
        event.fail("as it was to")

    def _status(self, event: ops.CollectStatusEvent):
        event.add_status(ops.ActiveStatus(str(len(self._stored.by_id))))
        event.add_status(ops.WaitingStatus(" ".join(sorted(self._stored.words))))

    def _app_status(self, event: ops.CollectStatusEvent):
        event.add_status(ops.ActiveStatus("of the leader"))


def expect(found, expected):
    """Fails unless both are equal."""
    if found != expected:
        raise AssertionError(f"{found!r} instead of {expected!r}")


def raises(kind: type, act):
    """Fails unless `act` raises an error of that kind."""
    try:
        act()
    except kind:
        return
    raise AssertionError(f"{kind.__name__} was not raised")


if __name__ == "__main__":
    ops.main(Tour)
