"""What is shipped for operators fits the program: units, image, compose file and alerts name only what there is."""

import re
import shutil
import subprocess
import sys
from functools import cache

import pytest
import yaml

from guerdon.faces import metrics as door
from guerdon.faces.api import routes
from guerdon.faces.cli import commands
from guerdon.faces.cli.doctor import database
from guerdon.insight.pulse import Parked
from guerdon.kit import clock, watch
from guerdon.kit.metrics import Metrics
from tests.faces.cli.command import guerdon
from tests.faces.cli.test_doctor import felt
from tests.house import source

DEPLOY = source.ROOT / "deploy"
GUIDES = source.ROOT / "docs/guides/operator"
PROGRAM = "/usr/local/guerdon/bin/guerdon"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
VARIABLES = set(re.findall(r"GUERDON_[A-Z_]+", (source.ROOT / "docs/reference/cli.md").read_text("utf-8")))
HARD = {
    "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "PrivateDevices=yes",
    "RestrictSUIDSGID=yes", "CapabilityBoundingSet=", "SystemCallFilter=@system-service", "UMask=0077", "User=guerdon",
}  # fmt: skip


@cache
def options(command):
    return set(re.findall(r"--[a-z-]+", guerdon(command, "--help").out))


def check_command(words):
    """A command line of the program names a command, and options that it has."""
    assert words[0] in {one.name for one in commands.COMMANDS}, words
    assert {word for word in words if word.startswith("--")} <= options(words[0]), words


def compose():
    return yaml.safe_load((DEPLOY / "compose.yml").read_text("utf-8"))


def test_units_start_commands_that_there_are():
    lines = [line for unit in UNITS for line in unit.read_text().splitlines() if line.startswith("ExecStart")]
    assert len(lines) >= 4
    for line in lines:
        program, *words = line.partition("=")[2].split()
        assert program == PROGRAM
        check_command(words)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_units_may_do_little(unit):
    assert set(unit.read_text().splitlines()) >= HARD


def test_server_and_worker_have_a_port_each_and_prometheus_reads_both():
    ports = {found for unit in UNITS for found in re.findall(r"--metrics (\S+)", unit.read_text())}
    read = yaml.safe_load((DEPLOY / "prometheus/prometheus.example.yml").read_text())["scrape_configs"]
    assert ports == {target for job in read for one in job["static_configs"] for target in one["targets"]}
    assert len(ports) == 2 and all(door.address(port, token="").is_own for port in ports)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
@pytest.mark.parametrize("planted", ["", "[Service]\nRestrat=always\n"], ids=["as it is", "a word misspelt"])
def test_systemd_understands_the_units(tmp_path, planted):
    for unit in (DEPLOY / "systemd").glob("guerdon*"):
        (tmp_path / unit.name).write_text(unit.read_text().replace(PROGRAM, sys.executable) + planted)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "guerdon" in line and "User" not in line]
    assert bool(ours) == bool(planted), done.stderr


def test_every_variable_that_is_set_stands_on_the_page():
    for file in (path for path in DEPLOY.rglob("*") if path.is_file()):
        assert set(re.findall(r"\bGUERDON_[A-Z_]+", file.read_text("utf-8"))) <= VARIABLES, file


def test_the_image_is_pinned_and_runs_as_nobody_special():
    text = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ")
    assert re.findall(r"^USER (\w+)$", text, re.MULTILINE) == ["guerdon"]
    installs = [part for line in text.splitlines() for part in line.split("&&") if "pip install" in part]
    assert len(installs) == 3
    assert all("--require-hashes" in one or "--no-index" in one for one in installs)
    assert "://" not in text.replace("http://127.0.0.1:8000/healthz", ""), "no host is named but our own"
    for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE):
        for name in line.split()[:-1]:
            assert (source.ROOT / name).exists(), name
            allowed = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
            assert f"!{name.partition('/')[0]}" in allowed, "it is kept from the build"
    version = re.search(r"^ARG PYTHON=(.+)$", text, re.MULTILINE)[1]
    assert f'"Programming Language :: Python :: {version}"' in (source.ROOT / "pyproject.toml").read_text()
    check_command(yaml.safe_load(re.search(r"^CMD (.+)$", text, re.MULTILINE)[1]))


def test_services_run_commands_that_there_are_on_a_database_that_keeps_what_it_says():
    services = compose()["services"]
    ours = {name: one for name, one in services.items() if one["image"] == "guerdon"}
    assert set(ours) == {"migrate", "server", "worker"} and set(services) == {*ours, "postgres"}
    for one in ours.values():
        check_command(one["command"])
        assert one["read_only"] and one["cap_drop"] == ["ALL"]
    check_command(ours["worker"]["healthcheck"]["test"][2:])
    assert ours["server"]["ports"] == ["127.0.0.1:8000:8000"], "nobody but a proxy on this machine"
    at = ours["server"]["environment"]
    assert not door.address(at["GUERDON_METRICS"], token="x" * 32).is_own
    assert all(":?" in at[name] for name in ("GUERDON_SECRET", "GUERDON_METRICS_TOKEN")), "no secret has a default"
    kept = services["postgres"]["command"]
    assert {"fsync=on", "synchronous_commit=on", "full_page_writes=on"} <= set(kept)
    assert int(services["postgres"]["image"].partition(":")[2]) >= database.POSTGRESQL_MIN
    wanted = set(re.findall(r"\$\{([A-Z_]+):\?", (DEPLOY / "compose.yml").read_text()))
    assert wanted <= set(re.findall(r"^([A-Z_]+)=", (DEPLOY / "env.example").read_text(), re.MULTILINE))


@cache
def figures():
    """Every figure that is told, as Prometheus names its samples, with its labels."""
    from prometheus_client.parser import text_string_to_metric_families

    metrics = Metrics()
    with metrics.request(watch.Asked("GET", "/", 200)), metrics.group("write", size=1, waited_seconds=0.0):
        with metrics.transaction("sqlite"):
            metrics.retried(ValueError("x"))
        metrics.job_ended("x", "done", 1.0)
    gauges = type("Gauges", (), {"collect": lambda self: door._gauges(felt(parked=(Parked("x", 1, clock.now()),)))})()
    away = type("Away", (), {"collect": lambda self: [next(door.Gauges().collect())]})()
    from guerdon.kit.metrics import exposition

    text = exposition(metrics, [gauges, away, door.Processes(list)], []).decode()
    found: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return found


def rules():
    told = yaml.safe_load((DEPLOY / "prometheus/alerts.yml").read_text("utf-8"))
    return {one["alert"]: one for group in told["groups"] for one in group["rules"]}


def check_figures(text, *, families=False):
    """Names of figures, their labels, and routes in a text are those of the program; pages also name histograms."""
    names = re.findall(r"\b(guerdon_[a-z_]+)(?:\{([^}]*(?:\{id\}[^}]*)?)\})?", text)
    for name, labels in names:
        assert name in figures() or (families and f"{name}_count" in figures()), name
        used = set(re.findall(r'(\w+)(?:=|!=|=~|!~)"', labels))
        assert not used or used <= figures()[name], (name, labels)
    assert set(re.findall(r'route="([^"]+)"', text)) <= {one.path for one in routes.ROUTES}
    return names


def test_alerts_speak_of_figures_that_there_are(database):
    assert len(rules()) > 10
    for name, rule in rules().items():
        assert check_figures(rule["expr"]) or "up{" in rule["expr"], name
        assert rule["labels"]["severity"] in ("page", "ticket")


def test_every_alert_is_explained_with_what_to_do_and_no_other():
    page = (GUIDES / "alerts.md").read_text("utf-8")
    parts = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    assert set(parts) == set(rules())
    for name, rule in rules().items():
        assert "**Do:**" in parts[name]
        assert rule["annotations"]["runbook"] == f"docs/guides/operator/alerts.md#{name.lower()}"


@pytest.mark.parametrize("page", ["slo.md", "watching.md", "alerts.md"])
def test_pages_speak_of_figures_that_there_are(database, page):
    text = (GUIDES / page).read_text("utf-8").replace("`guerdon_process_…`", "")
    assert check_figures(text, families=True)


def test_every_figure_stands_on_the_page(database):
    page = (GUIDES / "watching.md").read_text("utf-8")
    told = {re.sub(r"_(bucket|count|sum)$", "", name) for name in figures() if not name.endswith("_created")}
    assert not {name for name in told if name not in page and not name.startswith("guerdon_process_")}


def test_the_guides_name_files_that_there_are():
    for page in ("deploying.md", "alerts.md"):
        for named in re.findall(r"\bdeploy/[\w./*-]+\w", (GUIDES / page).read_text("utf-8")):
            assert named == "deploy/.env" or list(source.ROOT.glob(named)), named
