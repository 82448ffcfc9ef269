"""The API, asked by schemathesis whatever its own description lets through, and
what it does not."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

DOCUMENT = "/api/v1/openapi.json"
REQUESTS = 2_000
CHECKS = {
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
}


@pytest.fixture(scope="module")
def operations(site):
    """What the description names, as `GET /path`."""
    paths = json.loads(site.get(DOCUMENT).text)["paths"]
    found = {f"{method.upper()} {path}": one for path, methods in paths.items() for method, one in methods.items()}
    assert len(found) >= 15
    return found


@pytest.fixture(scope="module")
def run(site, operations, tmp_path_factory):
    """One run over all operations: how it ended, and its report."""
    folder = tmp_path_factory.mktemp("requests")
    # As a file, because schemathesis leaves out the address it reads one from.
    document, report = folder / "openapi.json", folder / "requests.ndjson"
    document.write_bytes(site.get(DOCUMENT).body)
    each = -(-REQUESTS // len(operations))
    ended = subprocess.run(
        [
            Path(sys.executable).with_name("schemathesis"), "run", str(document), "--url", site.url,
            "--checks", ",".join(sorted(CHECKS)),
            "--max-examples", str(each), "--seed", "19510104", "--no-shrink",
            "--phases", "examples,coverage,fuzzing", "--workers", "2",
            "--continue-on-failure", "--warnings", "off", "--request-timeout", "20",
            "--report", "ndjson", "--report-ndjson-path", str(report),
        ],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    return ended, [json.loads(line) for line in report.read_text().splitlines()]


def test_two_thousand_requests_find_no_error_of_ours(run):
    ended, report = run
    statuses, checks = Counter(), set()
    for case, answer in answers(report):
        statuses[answer["status_code"] if answer else "none"] += 1
        checks |= {check["name"] for check in case}
    assert statuses.total() >= REQUESTS, statuses
    assert checks >= CHECKS
    assert not [status for status in statuses if status == "none" or status >= 500], statuses
    faults = [line["NonFatalError"]["value"]["message"] for line in report if "NonFatalError" in line]
    assert faults == [], "schemathesis cannot read the description"
    assert ended.returncode == 0, ended.stdout[-6000:]


def test_every_operation_is_asked_and_has_answered(run, operations):
    _, report = run
    answered = Counter()
    for scenario in scenarios(report):
        for one in scenario.get("interactions", {}).values():
            if (one["response"] or {}).get("status_code") == 200:
                answered[scenario["label"]] += 1
    assert set(answered) == set(operations), "an operation was never answered with what it promises"


def test_what_has_not_changed_is_not_sent_again(site, operations):
    for name, operation in operations.items():
        if "application/json" not in operation["responses"]["200"]["content"]:
            continue
        path = name.removeprefix("GET ")
        for parameter in operation.get("parameters") or []:
            path = path.replace(f"{{{parameter['name']}}}", str(parameter.get("example")))
        first = site.get(path)
        assert first.status == 200, path
        again = site.get(path, If_None_Match=first.headers["etag"])
        assert (again.status, again.body) == (304, b""), path
        assert "304" in operation["responses"], f"{name} does not say that it may answer so"


def scenarios(report):
    return [line["ScenarioFinished"]["recorder"] for line in report if "ScenarioFinished" in line]


def answers(report):
    """The checks and the answer of each request."""
    for scenario in scenarios(report):
        for case, one in scenario.get("interactions", {}).items():
            yield scenario["checks"].get(case, []), one["response"]
