"""A mock over https, and programs in other languages that are told to trust it, as it says."""

import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scripts.publish.node_tools import node

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def mock(module_mock_process, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        return module_mock_process("--tls", "--as-of", "2026-03-01", "--speed", "100")


@pytest.fixture
def said(mock):
    """Return a function of a language: what the mock's line for it tells to add to a command."""

    def said(language):
        (line,) = (line for line in mock.lines if line.strip().startswith(f"{language}  "))
        return shlex.split(line.partition(language)[2])

    return said


@pytest.fixture
def variable(said):
    """Return a function of a language: the variable that its line tells to set."""
    return lambda language: dict(word.split("=", 1) for word in said(language))


def test_the_package_kling_api_creates_waits_and_downloads(mock, run, variable, workshop):
    program = shutil.copy(HERE / "javascript" / "kling_api.mjs", workshop)
    url = f"https://api-singapore.klingai.com:{urlsplit(mock.url).port}"
    keys = (line.split()[-1] for line in mock.lines if line.split()[0] in ("access", "secret"))

    printed = run(node(), program, url, *keys, workshop / "videos", **variable("Node"))

    done = json.loads(printed.splitlines()[-1])
    assert done["status"] == "succeed"
    (path,) = done["files"]
    assert Path(path).read_bytes()[4:8] == b"ftyp"


def test_node_alone_creates_hears_and_downloads(mock, run, variable):
    program = HERE / "javascript" / "client.mjs"

    done = json.loads(run(node(), program, mock.url, "mock-api-key", **variable("Node")))

    assert (done["status"], done["kind"]) == ("succeed", "ftyp")


def test_node_does_not_trust_it_by_itself(mock):
    program = "fetch(process.argv[1]).catch(error => console.log(error.cause.code))"
    done = subprocess.run([node(), "-e", program, mock.url], capture_output=True, encoding="utf-8")

    assert done.stdout.strip() == "UNABLE_TO_VERIFY_LEAF_SIGNATURE"


def test_go_trusts_it(mock, run, variable, tmp_path):
    program = tmp_path / "trust"
    go = Path(sys.executable).with_name("go")
    run(go, "build", "-o", program, HERE / "go" / "trust" / "main.go")

    assert run(program, f"{mock.url}/_mock/", **variable("Go, on Linux")) == "200\n"
    refused = subprocess.run([program, mock.url], capture_output=True, encoding="utf-8")
    assert "certificate signed by unknown authority" in refused.stdout


def test_curl_trusts_it(mock, run, said):
    assert "<title>" in run("curl", "--silent", *said("curl"), f"{mock.url}/_mock/")


@pytest.mark.parametrize("strict", [[], ["-x509_strict"]])
def test_openssl_trusts_it(run, said, strict):
    _, authority = said("curl")
    server = Path(authority).with_name("server.pem")

    verify = ("openssl", "verify", *strict, "-purpose", "sslserver", "-CAfile", authority)
    assert run(*verify, "-verify_hostname", "localhost", server) == f"{server}: OK\n"
