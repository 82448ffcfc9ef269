"""The API, asked by schemathesis whatever its own description lets through, and
what it does not."""

import json
import os
import subprocess
import sys
from pathlib import Path

REQUESTS = 2_000
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
]


def test_two_thousand_requests_find_no_error_of_ours(site, tmp_path):
    report = tmp_path / "requests.ndjson"
    document = f"{site.url}/api/v1/openapi.json"
    operations = sum(len(path) for path in json.loads(site.get(document).text)["paths"].values())
    program = Path(sys.executable).with_name("schemathesis")
    each = -(-REQUESTS // operations)
    run = subprocess.run(
        [
            program, "run", document,
            "--checks", ",".join(CHECKS),
            "--max-examples", str(each), "--seed", "19510104", "--no-shrink",
            "--phases", "examples,coverage,fuzzing",
            "--continue-on-failure", "--warnings", "off",
            "--request-timeout", "20",
            "--report", "ndjson", "--report-ndjson-path", str(report),
        ],
        cwd=tmp_path,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=900,
    )
    statuses = []
    for line in report.read_text().splitlines():
        statuses += _statuses(json.loads(line))
    assert len(statuses) >= REQUESTS, f"only {len(statuses)} requests"
    assert [status for status in statuses if status >= 500] == []
    assert run.returncode == 0, run.stdout[-6000:]


def _statuses(value):
    """Every status of an answer that lies anywhere in a line of the report."""
    if isinstance(value, dict):
        if isinstance(value.get("status_code"), int):
            yield value["status_code"]
        for part in value.values():
            yield from _statuses(part)
    elif isinstance(value, list):
        for part in value:
            yield from _statuses(part)
