"""Addresses that somebody gave are called in public places only, and where they were looked at."""

import ast
import socket

import pytest

from guerdon.kit.outward import calls, places, targets
from guerdon.kit.payments import stripe
from guerdon.kit.payments.port import Troubled
from tests.house import source
from tests.security import outward

BARRED = [
    # what is here, or near
    ("https://127.0.0.1/", "loopback"), ("https://127.255.255.254/", "loopback"), ("https://[::1]/", "loopback"),
    ("https://0.0.0.0/", "unspecified"), ("https://0.1.2.3/", "unspecified"), ("https://[::]/", "unspecified"),
    ("https://10.0.0.1/", "private"), ("https://172.16.0.1/", "private"), ("https://172.31.255.255/", "private"),
    ("https://192.168.1.1/", "private"), ("https://[fc00::1]/", "private"), ("https://[fd12:3456::1]/", "private"),
    ("https://[fec0::1]/", "private"), ("https://100.64.0.1/", "shared"), ("https://100.127.255.254/", "shared"),
    ("https://169.254.1.1/", "link_local"), ("https://[fe80::1]/", "link_local"),
    # where clouds tell their secrets
    ("https://169.254.169.254/latest/meta-data/", "link_local"), ("https://169.254.170.2/", "link_local"),
    ("https://[fd00:ec2::254]/", "private"), ("https://100.100.100.200/", "shared"),
    ("https://192.0.0.192/", "special"), ("https://168.63.129.16/", "metadata"),
    # to many, or to nobody
    ("https://224.0.0.1/", "multicast"), ("https://239.255.255.250/", "multicast"), ("https://[ff02::1]/", "multicast"),
    ("https://240.0.0.1/", "special"), ("https://255.255.255.255/", "special"), ("https://198.18.0.1/", "special"),
    ("https://192.0.2.1/", "documentation"), ("https://198.51.100.7/", "documentation"),
    ("https://203.0.113.9/", "documentation"), ("https://[2001:db8::1]/", "documentation"),
    ("https://[3fff::1]/", "documentation"), ("https://[100::1]/", "special"), ("https://[4000::1]/", "special"),
    ("https://192.88.99.1/", "tunnel"), ("https://192.52.193.1/", "special"), ("https://192.31.196.1/", "special"),
    # one address inside another one
    ("https://[::ffff:127.0.0.1]/", "mapped"), ("https://[::ffff:8.8.8.8]/", "mapped"),
    ("https://[::ffff:a9fe:a9fe]/", "mapped"), ("https://[::127.0.0.1]/", "mapped"),
    ("https://[::ffff:0:127.0.0.1]/", "mapped"), ("https://[64:ff9b::7f00:1]/", "translated"),
    ("https://[64:ff9b::a9fe:a9fe]/", "translated"), ("https://[64:ff9b:1::7f00:1]/", "translated"),
    ("https://[2002:7f00:1::]/", "tunnel"), ("https://[2002:a9fe:a9fe::1]/", "tunnel"),
    ("https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", "tunnel"), ("https://[2001:20::1]/", "special"),
    ("https://[2606:4700::5efe:7f00:1]/", "tunnel"), ("https://[2606:4700::200:5efe:a00:1]/", "tunnel"),
    # odd ways of writing one
    ("https://2130706433/", "spelling"), ("https://0x7f000001/", "spelling"), ("https://017700000001/", "spelling"),
    ("https://127.1/", "spelling"), ("https://127.0.1/", "spelling"), ("https://0177.0.0.1/", "spelling"),
    ("https://0x7f.0.0.1/", "spelling"), ("https://127.0.0.0x1/", "spelling"), ("https://127.0.0.01/", "spelling"),
    ("https://127.0.0.1./", "spelling"), ("https://example.com./", "spelling"), ("https://1.1.1.1.1/", "spelling"),
    ("https://a.0x/", "spelling"), ("https://[fe80::1%25eth0]/", "spelling"), ("https://[::1/", "spelling"),
    ("https://１２７.0.0.1/", "spelling"), ("https://127。0。0。1/", "spelling"), ("https://①②⑦.0.0.1/", "spelling"),
    ("https://ｅxample.com/", "spelling"), ("https://exa mple.com/", "spelling"),
    ("https://example.com\\@x/", "spelling"),
    ("https://example.com/\r\nX: y", "spelling"), ("https://exam%70le.com/", "spelling"), ("https:///x", "spelling"),
    ("https://-a.com/", "spelling"), (f"https://{'a' * 64}.com/", "spelling"), ("https://a..com/", "spelling"),
    ("https://example.com:99999/", "spelling"), ("https://example.com:x/", "spelling"),
    (f"https://example.com/{'a' * 2_000}", "spelling"),
    # other ways of going there
    ("ftp://example.com/", "scheme"), ("file:///etc/passwd", "scheme"), ("gopher://127.0.0.1:6379/_INFO", "scheme"),
    ("//example.com/", "scheme"), ("http://8.8.8.8/", "scheme"), ("https://example.com@127.0.0.1/", "user"),
    ("https://a:b@example.com/", "user"), ("https://8.8.8.8:25/", "port"), ("https://8.8.8.8:22/", "port"),
    ("https://8.8.8.8:80/", "port"), ("https://8.8.8.8:0/", "port"),
]  # fmt: skip
PUBLIC = ["https://8.8.8.8/", "https://[2606:4700:4700::1111]/", "https://1.1.1.1:8443/x?y=1", "HTTPS://8.8.4.4",
          "https://172.32.0.1/", "https://100.128.0.1/", "https://9.255.255.255/", "https://[2003::1]/"]  # fmt: skip


def to(*addresses):
    """A resolver that knows every name, and by the same addresses."""
    return lambda _host, _port: addresses


def barred(url, **more):
    with pytest.raises(targets.Barred) as told:
        targets.find(url, **more)
    return told.value.reason


@pytest.fixture
def own(monkeypatch):
    monkeypatch.setenv(places.ALLOWED, "127.0.0.1/32")


@pytest.mark.parametrize(("url", "why"), BARRED)
def test_what_is_not_public_is_not_called(url, why):
    assert barred(url, resolve=to("8.8.8.8")) == why


@pytest.mark.parametrize("url", PUBLIC)
def test_what_is_public_may_be_called(url):
    assert targets.find(url).addresses


def test_the_list_is_long_enough():
    assert len({url for url, _ in BARRED}) == len(BARRED) >= 40


@pytest.mark.parametrize("address", [url[8:].strip("/[]") for url, why in BARRED if why in (
    "loopback", "private", "link_local", "shared", "mapped", "translated", "tunnel", "multicast", "unspecified")
    and url.count("/") == 3])  # fmt: skip
def test_a_name_is_what_it_comes_to(address):
    assert barred("https://receiver.example/", resolve=to(address))
    assert barred("https://receiver.example/", resolve=to("8.8.8.8", address)), "one bad address among good ones"


def test_a_name_that_comes_to_nothing_is_not_called():
    with pytest.raises(targets.Unresolved):
        targets.find("https://nobody.invalid/", resolve=to())
    with pytest.raises(calls.Unanswered, match="not known"):
        calls.call("GET", "https://nobody.invalid/", None, {}, seconds=1, bytes_max=9, resolve=to())


def test_only_networks_that_the_operator_named_are_called(own):
    assert targets.find("http://127.0.0.1:80/").port == 80, "there plain HTTP and any port will do"
    assert barred("http://127.0.0.2/") == "loopback"
    assert barred("https://[::ffff:127.0.0.1]/") == "mapped", "not by another spelling"


def test_a_slip_in_the_networks_is_told(monkeypatch):
    monkeypatch.setenv(places.ALLOWED, "10.0.0.1/8")
    with pytest.raises(ValueError, match="host bits"):
        places.allowed()


def test_a_name_that_changes_its_mind_changes_nothing(own, monkeypatch):
    """DNS rebinding: the first answer is looked at and called, and there is no second question."""
    told = iter(["127.0.0.1", "127.0.0.2", "169.254.169.254"])
    asked = []

    def rebinding(host, port, *_, **__):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(told), port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with outward.running() as receiver:
        url = f"http://receiver.example:{receiver.port}/news?a=1"
        answer = calls.call("POST", url, b"{}", {}, seconds=10, bytes_max=100)
        assert answer == calls.Answer(200, b"yes")
        assert receiver.asked == [("POST /news?a=1", f"receiver.example:{receiver.port}", b"{}")]
        assert asked == ["receiver.example"]
        with pytest.raises(targets.Barred, match="loopback"):  # what it says the next time is looked at again
            calls.call("POST", url, b"{}", {}, seconds=10, bytes_max=100)
        with pytest.raises(targets.Barred, match="link_local"):
            calls.call("POST", url, b"{}", {}, seconds=10, bytes_max=100)
        assert len(receiver.asked) == 1


def test_nobody_is_followed(own):
    with outward.running() as receiver:
        answer = calls.call("GET", f"http://127.0.0.1:{receiver.port}/to", None, {}, seconds=10, bytes_max=100)
        assert answer.status == 302
        assert [path for path, _, _ in receiver.asked] == ["GET /to"]


def test_a_provider_that_leads_elsewhere_has_not_answered(own):
    with outward.running() as receiver, pytest.raises(Troubled, match="302") as told:
        stripe.Stripe("sk_test", f"http://127.0.0.1:{receiver.port}/to?")._call("GET", "", {})
    assert not told.value.passing


def test_a_provider_at_a_private_address_is_not_called():
    with outward.running() as receiver:
        with pytest.raises(Troubled, match="is not called: loopback") as told:
            stripe.Stripe("sk_test", f"http://127.0.0.1:{receiver.port}").close("x")
        assert not told.value.passing and not receiver.asked


@pytest.mark.parametrize(("path", "why"), [("/drip", "too long"), ("/much", "too much")])
def test_an_answer_has_an_end(own, path, why):
    with outward.running() as receiver, pytest.raises(calls.Unanswered, match=why):
        calls.call("GET", f"http://127.0.0.1:{receiver.port}{path}", None, {}, seconds=0.5, bytes_max=1_000)


def test_the_certificate_is_of_the_name_although_the_address_is_pinned(own, monkeypatch, tmp_path):
    certificate = outward.certified(tmp_path, "receiver.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with outward.running(certificate) as receiver:
        for name, well in (("receiver.example", True), ("other.example", False)):
            url = f"https://{name}:{receiver.port}/"
            try:
                answer = calls.call("GET", url, None, {}, seconds=10, bytes_max=9, resolve=to("127.0.0.1"))
            except calls.Unanswered as error:
                assert not well and str(error) == "SSLCertVerificationError"
            else:
                assert well and answer.body == b"yes"


def test_nobody_else_goes_out():
    """Every call of an address goes through the guard: nothing else of the product opens a connection by a name."""
    ways = ("http.client", "urllib.request", "requests", "httpx", "aiohttp", "urllib3", "ftplib", "telnetlib")
    found = set()
    for name, node in source.walk():
        said = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        said += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
        said += [source.spell(node)] if isinstance(node, ast.Attribute) else []
        if any(one in ways or one == "socket.create_connection" for one in said):
            found.add(name)
    # What a torture has started, and the server that is asked whether it answers before a link of it is printed.
    own_installation = {name for name in found if name.startswith("guerdon/faces/cli/torture/")}
    own_installation.add("guerdon/faces/cli/address.py")
    own_installation.add("guerdon/insight/kpis/engines.py")  # the Spark that an operator names at the command line
    assert found - own_installation == {"guerdon/kit/outward/calls.py"}
