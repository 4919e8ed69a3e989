#!/usr/bin/env python3
"""A certificate authority on ops and the library of the interface tls-certificates."""

import datetime

import ops
from charmlibs.interfaces.tls_certificates import (
    Certificate,
    CertificateRequestAttributes,
    KeyAlgorithm,
    PrivateKey,
    ProviderCertificate,
    TLSCertificatesProvidesV4,
)

VALIDITY = datetime.timedelta(days=90)


class CertificateAuthority(ops.CharmBase):
    """The leader signs what is asked for, with a key that only the application has."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.certificates = TLSCertificatesProvidesV4(self, "certificates")
        relation = self.on["certificates"]
        for event in (
            self.on.config_changed,
            self.on.leader_elected,
            relation.relation_joined,
            relation.relation_changed,
        ):
            framework.observe(event, self._sign)
        framework.observe(self.on.collect_unit_status, self._status)

    def _sign(self, _: ops.EventBase):
        if not self.unit.is_leader():
            return
        key, authority = self._authority()
        for request in self.certificates.get_outstanding_certificate_requests():
            csr = request.certificate_signing_request
            certificate = Certificate.generate(csr, authority, key, VALIDITY)
            self.certificates.set_relation_certificate(
                ProviderCertificate(
                    relation_id=request.relation_id,
                    certificate=certificate,
                    certificate_signing_request=csr,
                    ca=authority,
                    chain=[certificate, authority],
                )
            )

    def _authority(self) -> tuple[PrivateKey, Certificate]:
        try:
            content = self.model.get_secret(label="authority").get_content()
            return (
                PrivateKey.from_string(content["private-key"]),
                Certificate.from_string(content["certificate"]),
            )
        except ops.SecretNotFoundError:
            pass
        key = PrivateKey.generate(key_algorithm=KeyAlgorithm.ECDSA)
        attributes = CertificateRequestAttributes(common_name=self.app.name)
        authority = Certificate.generate_self_signed_ca(attributes, key, VALIDITY)
        content = {"private-key": str(key), "certificate": str(authority)}
        self.app.add_secret(content, label="authority")
        return key, authority

    def _status(self, event: ops.CollectStatusEvent):
        event.add_status(ops.ActiveStatus())


if __name__ == "__main__":
    ops.main(CertificateAuthority)
