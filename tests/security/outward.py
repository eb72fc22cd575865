"""Receivers on loopback that a call may meet: one that answers, one that leads elsewhere, one that never ends."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


class Receiver:
    """What a receiver was asked, and where it stands."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, bytes]] = []  # method and path, Host, body
        self.done = threading.Event()
        self.port = 0


@contextmanager
def running(certificate: Path | None = None) -> Iterator[Receiver]:
    """A receiver: /to leads to /secret, /drip answers a byte at a time for ever, /much with too much."""
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            found.asked.append((f"{self.command} {self.path}", self.headers["Host"], body))
            self.send_response(302 if self.path == "/to" else 200)
            if self.path == "/to":
                self.send_header("Location", f"http://127.0.0.1:{found.port}/secret")
            self.end_headers()
            while self.path == "/drip" and not found.done.wait(0.02):
                self.wfile.write(b".")
            self.wfile.write(b"x" * 5_000 if self.path == "/much" else b"yes")

        do_GET = do_POST = _serve

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                self.close_connection = True  # the caller has hung up

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    found.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        found.done.set()
        server.shutdown()
        server.server_close()
        thread.join()


def certified(folder: Path, name: str) -> Path:
    """A key and a certificate of a name, signed by itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = folder / f"{name}.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path
