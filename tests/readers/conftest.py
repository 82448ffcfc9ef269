"""A site with the shipped content and a few decided cases, for readers that are
not ours.

DAYBOOK_BIN names the program. It runs on a free port of the loopback, with data
in a folder of its own, and is ended with the tests.
"""

import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

import record

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the headers in lower case, the body."""

    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return self.body.decode("utf-8")


@dataclass(frozen=True)
class Site:
    """The running site by its address, which has no slash at its end."""

    url: str

    def get(self, path, **headers):
        """Fetches a path, or an address of this site; errors are answers too."""
        address = path if path.startswith("http") else self.url + path
        assert address.startswith(self.url), f"{address} leads elsewhere"
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(address, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as found:
                return _answer(found)
        except urllib.error.HTTPError as error:
            return _answer(error)

    def paths(self):
        """The pages of all articles and of all entries of the registries."""
        found = set()
        for name in self.sitemaps():
            found.update(re.findall(r"<loc>([^<]+)</loc>", self.get(name).text))
        return sorted(address.removeprefix(self.url) or "/" for address in found)

    def sitemaps(self):
        return re.findall(r"<loc>([^<]+)</loc>", self.get("/sitemap.xml").text)


def _answer(found):
    headers = {name.lower(): value for name, value in found.headers.items()}
    return Answer(found.status, headers, found.read())


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    program = os.environ.get("DAYBOOK_BIN", str(ROOT / "target/debug/daybook"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    data = tmp_path_factory.mktemp("data")
    settings = {name: value for name, value in os.environ.items() if not name.startswith("DAYBOOK_")}
    settings.pop("DATABASE_URL", None)
    settings |= {
        "DAYBOOK_LISTEN": f"127.0.0.1:{port}",
        "DAYBOOK_BASE_URL": url,
        "DAYBOOK_DATA": str(data),
        "DAYBOOK_CONTENT": str(ROOT / "content"),
        "DAYBOOK_TIME_ZONE": "UTC",
        # The readers ask more in a minute than any person's programs.
        "DAYBOOK_API_REQUESTS_PER_MINUTE": "0",
    }
    log = data / "log"
    with log.open("w") as output:
        process = subprocess.Popen([program, "serve", "--no-watch"], env=settings, stdout=output, stderr=output)
        try:
            _wait_for(url, process, log)
            record.decide(data / "daybook.db")
            yield Site(url)
            assert process.poll() is None, log.read_text()
        finally:
            process.terminate()
            process.wait(timeout=30)
    assert "panicked" not in log.read_text()


def _wait_for(url, process, log):
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(f"{url}/readyz", timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the site did not start:\n{log.read_text()}")
