#!/usr/bin/env python3
"""What charm.rs beside it is in Rust."""

import ops


class Compared(ops.CharmBase):
    """Opens a port, and answers its backend."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        framework.observe(self.on.config_changed, self._open)
        framework.observe(self.on["backend"].relation_changed, self._answer)

    def _open(self, _: ops.ConfigChangedEvent):
        port = int(self.config["port"])
        self.unit.open_port("tcp", port)
        self.unit.status = ops.ActiveStatus(f"listening on {port}")

    def _answer(self, event: ops.RelationChangedEvent):
        host = event.relation.data[event.app].get("host")
        if host:
            event.relation.data[self.unit]["client-of"] = host


if __name__ == "__main__":
    ops.main(Compared)
