"""A certificate authority for one mock only.

It signs one certificate. Its key is never written to a file, so nobody can use it to sign another
certificate. It also has name constraints: clients trust it only for the hosts of the mock.
"""

import ipaddress
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LIFETIME = timedelta(days=90)
"""How long a certificate is valid."""
RENEWAL = timedelta(days=30)
"""When a mock starts, it replaces a certificate that expires sooner than this."""

_CLOCK_SKEW = timedelta(hours=1)
"""How far the clock of a client may be behind."""


class Identity(NamedTuple):
    """The certificates and the key of a mock, in PEM."""

    authority: bytes
    """The certificate of the authority, which clients trust."""
    server: bytes
    """The key of the mock, and its certificate, which the authority has signed."""


class Authority:
    """A certificate authority, with a key that is only in memory.

    Args:
        hosts: the only names and addresses that it may sign certificates for.
        now: when it is created.

    Raises:
        ValueError: a host is not valid in a certificate.
    """

    def __init__(self, hosts: Collection[str], now: datetime) -> None:
        self._now = now
        self._key = ec.generate_private_key(ec.SECP256R1())
        name = _common_name("Certificate authority of kling mock, for tests")
        constraints = x509.NameConstraints(_subtrees(hosts), None)
        self.certificate = (
            self._builder(name, name, self._key.public_key())
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(constraints, critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
            .sign(self._key, hashes.SHA256())
        )

    def identity(self, hosts: Collection[str]) -> Identity:
        """Return a new key with a certificate for these hosts."""
        key = ec.generate_private_key(ec.SECP256R1())
        issuer = self.certificate.subject
        authority_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        certificate = (
            self._builder(issuer, _common_name("kling mock"), key.public_key())
            .add_extension(authority_key, critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(
                x509.SubjectAlternativeName(list(map(_general_name, hosts))), critical=False
            )
            .add_extension(_usage(signs_certificates=False), critical=True)
            .sign(self._key, hashes.SHA256())
        )
        private_key = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return Identity(_pem(self.certificate), private_key + _pem(certificate))

    def _builder(
        self, issuer: x509.Name, subject: x509.Name, key: ec.EllipticCurvePublicKey
    ) -> x509.CertificateBuilder:
        begins = self._now - _CLOCK_SKEW
        return (
            x509.CertificateBuilder()
            .issuer_name(issuer)
            .subject_name(subject)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins)
            .not_valid_after(begins + LIFETIME)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        )


def is_usable(identity: Identity, hosts: Collection[str], now: datetime) -> bool:
    """Whether an identity is complete, is for exactly these hosts, and does not expire soon."""
    try:
        authority = x509.load_pem_x509_certificate(identity.authority)
        server = x509.load_pem_x509_certificate(identity.server)
        key = serialization.load_pem_private_key(identity.server, None)
        server.verify_directly_issued_by(authority)
        constraints = authority.extensions.get_extension_for_class(x509.NameConstraints).value
        names = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    is_for_hosts = list(names) == list(map(_general_name, hosts)) and (
        constraints.permitted_subtrees == _subtrees(hosts)
    )
    has_time_left = all(
        certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc - RENEWAL
        for certificate in (authority, server)
    )
    return key.public_key() == server.public_key() and is_for_hosts and has_time_left


def expiry(identity: Identity) -> datetime:
    """Return when the certificate expires."""
    return x509.load_pem_x509_certificate(identity.server).not_valid_after_utc


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _subtrees(hosts: Collection[str]) -> list[x509.GeneralName]:
    """Return hosts as name constraints, in which an IP address is a network of one address."""
    names = map(_general_name, hosts)
    return [
        x509.IPAddress(ipaddress.ip_network(name.value))
        if isinstance(name, x509.IPAddress)
        else name
        for name in names
    ]


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _common_name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
