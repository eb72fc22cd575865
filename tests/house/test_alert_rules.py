"""Prometheus itself fires each alert on a history of what has gone wrong, and none on a history in which all is well.

`promtool` computes the expressions; where it is not installed (Debian has it in the package `prometheus`), this is
skipped, and `test_deploy` still holds the names of figures against the program.
"""

import shutil
import subprocess

import pytest
import yaml

from tests.house.test_deploy import DEPLOY, rules

PROMTOOL = shutil.which("promtool")
pytestmark = pytest.mark.skipif(PROMTOOL is None, reason="promtool is not here")

WELL = {
    'up{job="guerdon",instance="a"}': "1x600",
    "guerdon_database_up": "1x600",
    'guerdon_request_seconds_count{status="2xx"}': "0+600x600",
    'guerdon_request_seconds_count{status="5xx"}': "0+1x600",
    'guerdon_request_seconds_bucket{method="POST",route="/v1/activities",le="0.1"}': "0+600x600",
    'guerdon_request_seconds_bucket{method="POST",route="/v1/activities",le="0.5"}': "0+600x600",
    'guerdon_request_seconds_bucket{method="POST",route="/v1/activities",le="+Inf"}': "0+600x600",
    "guerdon_job_due_seconds": "10x600",
    "guerdon_worker_last_turn_timestamp_seconds": "0+60x600",
    'guerdon_failures_total{of="program"}': "7x600",
    "guerdon_transactions_given_up_total": "0+1x600",
    "guerdon_lane_waiting": "3x600",
    "guerdon_process_open_fds": "50x600",
    "guerdon_process_max_fds": "1000x600",
    "guerdon_outbox_oldest_seconds": "5x600",
    "guerdon_night_age_seconds": "80000x600",
    'guerdon_jobs{state="failed"}': "0x600",
    "guerdon_unsealed_oldest_seconds": "3600x600",
    "guerdon_letters_oldest_seconds": "60x600",
    "guerdon_letters_failed": "3x600",
    'guerdon_parked_oldest_seconds{reason="rate"}': "86400x600",
    "guerdon_uncounted_months": "0x600",
}
# What goes wrong after an hour, and which alerts it is in the end: some faults are two at once.
ILL = {
    'up{job="guerdon",instance="a"}': ("1x60 0x600", {"GuerdonDown"}),
    "guerdon_database_up": ("1x60 0x600", {"GuerdonDatabaseAway"}),
    'guerdon_request_seconds_count{status="5xx"}': ("0x60 20+20x600", {"GuerdonErrorsFast", "GuerdonErrorsSlow"}),
    'guerdon_request_seconds_bucket{method="POST",route="/v1/activities",le="0.1"}': (
        "0+600x60 36580+580x600", {"GuerdonSlow"},
    ),
    "guerdon_job_due_seconds": ("10x60 601x600", {"GuerdonNobodyWorks"}),
    "guerdon_worker_last_turn_timestamp_seconds": ("0+60x60 3600x600", {"GuerdonNobodyWorks"}),
    'guerdon_failures_total{of="program"}': ("7x90 8x600", {"GuerdonMistake"}),
    "guerdon_transactions_given_up_total": ("0x60 10+10x600", {"GuerdonBusy"}),
    "guerdon_lane_waiting": ("3x60 101x600", {"GuerdonCrowded"}),
    "guerdon_process_open_fds": ("50x60 801x600", {"GuerdonCrowded"}),
    "guerdon_outbox_oldest_seconds": ("5x60 901x600", {"GuerdonOutboxOld"}),
    "guerdon_night_age_seconds": ("80000x60 108001x600", {"GuerdonNightMissing"}),
    'guerdon_jobs{state="failed"}': ("0x60 1x600", {"GuerdonJobsFailed"}),
    "guerdon_unsealed_oldest_seconds": ("3600x60 10801x600", {"GuerdonUnsealed"}),
    "guerdon_letters_oldest_seconds": ("60x60 3601x600", {"GuerdonLetters"}),
    "guerdon_letters_failed": ("3x60 21x600", {"GuerdonLetters"}),
    'guerdon_parked_oldest_seconds{reason="rate"}': ("86400x60 604801x600", {"GuerdonParked"}),
    "guerdon_uncounted_months": ("0x60 1x600", {"GuerdonMonthUncounted"}),
}  # fmt: skip
UNTIL = "100m"
LATER = {
    "guerdon_uncounted_months": "430m",
    'guerdon_parked_oldest_seconds{reason="rate"}': "130m",
}  # these wait longer


def verdict(tmp_path, series, firing, until=UNTIL):
    """What promtool says of these histories, when exactly these alerts are to fire at the end."""
    (tmp_path / "alerts.yml").write_text((DEPLOY / "prometheus/alerts.yml").read_text("utf-8"))
    case = {
        "interval": "1m",
        "input_series": [{"series": name, "values": values} for name, values in series.items()],
        # Which labels an alert has is told by its expression: here only whether it fires is asked.
        "promql_expr_test": [
            {
                "expr": f'count(ALERTS{{alertname="{name}",alertstate="firing"}}) > 0 or vector(0)',
                "eval_time": until,
                "exp_samples": [{"labels": "{}", "value": int(name in firing)}],
            }
            for name in rules()
        ],
    }
    file = tmp_path / "test.yml"
    file.write_text(yaml.safe_dump({"rule_files": ["alerts.yml"], "evaluation_interval": "1m", "tests": [case]}))
    return subprocess.run([PROMTOOL, "test", "rules", str(file)], capture_output=True, text=True, check=False)


def test_prometheus_reads_the_rules_and_the_example():
    for words in (["rules", "alerts.yml"], ["config", "prometheus.example.yml"]):
        done = subprocess.run(
            [PROMTOOL, "check", words[0], words[1]],
            cwd=DEPLOY / "prometheus", capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_fires_while_all_is_well(tmp_path):
    done = verdict(tmp_path, WELL, set(), "500m")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ILL)
def test_what_goes_wrong_fires_its_alert_and_no_other(tmp_path, name):
    values, firing = ILL[name]
    done = verdict(tmp_path, {**WELL, name: values}, firing, LATER.get(name, UNTIL))
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_alert_has_something_that_fires_it():
    assert {name for _, firing in ILL.values() for name in firing} == set(rules())
