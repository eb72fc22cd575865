"""Mail: an address is an address and no header more, and a server is the one that its certificate says."""

import ssl

import pytest
from aiosmtpd.controller import Controller

from guerdon.core.errors import Refusal
from guerdon.features.users import queries
from guerdon.kit import mail
from tests import mail as post
from tests.security import outward


@pytest.mark.parametrize(
    "address", ["ann@aurora.example\r\nBcc: all@aurora.example", "ann@aurora.example\nSubject: x",
                "ann\r\n@aurora.example", "ann@aurora.example, all@aurora.example", "ann@aurora.example\x00"],
)  # fmt: skip
def test_an_address_begins_no_header_of_its_own(database, address):
    with pytest.raises(Refusal):
        queries.digest(address)


def test_a_mail_server_with_a_foreign_certificate_gets_nothing(tmp_path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(outward.certified(tmp_path, "localhost"))
    box, port = post.Postbox(), post.free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port, ssl_context=context)
    controller.start()
    try:
        out = mail.Outlet("hello@aurora.example", "localhost", port, "user", "password", ssl=True)
        with pytest.raises(mail.Untaken), mail.opened(out):
            pass
    finally:
        controller.stop(no_assert=True)
