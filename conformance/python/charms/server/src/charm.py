#!/usr/bin/env python3
"""A server on ops and the library of the interface tls-certificates."""

import ops
from charmlibs.interfaces.tls_certificates import (
    CertificateRequestAttributes,
    KeyAlgorithm,
    TLSCertificatesRequiresV4,
)


class Server(ops.CharmBase):
    """Each unit has its own key, in a secret, and a certificate for its own name."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        name = f"{self.unit.name.replace('/', '-')}.{self.config['domain']}"
        self.request = CertificateRequestAttributes(
            common_name=name, sans_dns=frozenset([name]), add_unique_id_to_subject_name=False
        )
        self.certificates = TLSCertificatesRequiresV4(
            self,
            "certificates",
            [self.request],
            key_algorithm=KeyAlgorithm.ECDSA,
            refresh_events=[self.on.config_changed],
        )
        framework.observe(self.on.collect_unit_status, self._status)

    def _status(self, event: ops.CollectStatusEvent):
        if not self.model.get_relation("certificates"):
            event.add_status(ops.BlockedStatus("relate a certificate authority"))
            return
        assigned, key = self.certificates.get_assigned_certificate(self.request)
        if not assigned or not key or not assigned.certificate.matches_private_key(key):
            event.add_status(ops.WaitingStatus("a certificate"))
            return
        event.add_status(ops.ActiveStatus(f"certificate for {assigned.certificate.common_name}"))


if __name__ == "__main__":
    ops.main(Server)
