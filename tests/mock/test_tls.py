"""A mock over https: who trusts it, what it is trusted with, and where that is kept."""

import os
import re
import shlex
import signal
import socket
import ssl
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from click.testing import CliRunner
from command_line import cli
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from kling.description import load, servers_of_dialects

# private: what is forged, out of date or broken cannot be had from a mock.
from kling.mock._listening import certificate_files, identity, trust_instructions
from kling.mock._listening.certificates import Authority  # private: the same

TEXT = "/v1/videos/text2video"
BODY = {"model_name": "kling-v3", "prompt": "A fox at dawn"}
KEY = {"Authorization": "Bearer mock-api-key"}
KLING_HOSTS = sorted(
    {*load().hosts, *(str(urlsplit(one).hostname) for one in servers_of_dialects())}
)
HOSTS = ["localhost", "127.0.0.1", "::1", *KLING_HOSTS]
NOW = datetime(2026, 11, 30, tzinfo=UTC)
has_modes = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes of files")


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    """Return the folder in which certificates are kept, with a space in its name."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "my data"))
    return tmp_path / "my data"


@pytest.fixture(scope="module")
def mock(module_mock_process, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("the mock's")))
        return module_mock_process("--tls", "--speed", "1e6")


def trusting_client(mock):
    return httpx.Client(base_url=mock.url, verify=ssl.create_default_context(cafile=ca(mock)))


def ca(mock):
    (found,) = (line for line in mock.lines if line.startswith("  certificate authority "))
    return shlex.split(found)[2].removesuffix(",")


def handshake(authority, server, host):
    """Let a client of OpenSSL, which trusts an authority alone, look at a server's certificate."""
    answering = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    answering.load_cert_chain(server)
    asking = ssl.create_default_context(cafile=authority)
    asking.verify_flags |= ssl.VERIFY_X509_STRICT
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = asking.wrap_bio(back, there, server_hostname=host)
    theirs = answering.wrap_bio(there, back, server_side=True)
    for one in (ours, theirs, ours):
        try:
            one.do_handshake()
        except ssl.SSLWantReadError:
            continue


def written(identity, folder):
    """Write an identity into a folder, and return both of its files."""
    for name, content in identity._asdict().items():
        (folder / name).write_bytes(content)
    return folder / "authority", folder / "server"


def test_a_client_that_trusts_it_creates_waits_and_downloads(mock):
    assert re.fullmatch(r"Kling mock listening on https://127\.0\.0\.1:\d+", mock.lines[0])
    with trusting_client(mock) as client:
        made = client.post(TEXT, json=BODY, headers=KEY).json()["data"]
        done = client.get(f"{TEXT}/{made['task_id']}", headers=KEY).json()["data"]
        url = done["task_result"]["videos"][0]["url"]

        assert url.startswith(f"{mock.url}/")
        assert client.get(url).content[4:8] == b"ftyp"
        assert "<title>" in client.get("/_mock/").text


def test_a_callback_leads_to_https_too(mock):
    with trusting_client(mock) as client:
        body = BODY | {"callback_url": "http://127.0.0.1:9/"}
        client.post(TEXT, json=body, headers=KEY).raise_for_status()
        client.post("/_mock/clock", json={"advance": 600}).raise_for_status()
        task = client.get(TEXT, headers=KEY).json()["data"][0]

    assert task["task_status"] == "succeed"
    assert mock.lines[0].endswith(urlsplit(task["task_result"]["videos"][0]["url"]).netloc)


def test_pages_of_other_sites_are_kept_out_over_https_too(mock):
    page, other = {"origin": mock.url}, {"origin": "https://evil.example"}
    with trusting_client(mock) as client:
        assert client.post("/_mock/reset", json={}, headers=page).status_code == 200
        assert client.post("/_mock/reset", json={}, headers=other).status_code == 403
        assert client.get("/_mock/state", headers={"host": "evil.example"}).status_code == 403


def test_who_does_not_trust_it_disturbs_nobody(mock_process):
    mock = mock_process("--tls")
    address = urlsplit(mock.url)
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        httpx.get(mock.url)
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(f"http://{address.netloc}/")
    socket.create_connection((address.hostname, address.port)).close()

    with trusting_client(mock) as client:
        assert client.get("/_mock/state").status_code == 200
    mock.process.terminate()
    assert mock.process.communicate(timeout=5)[1] == ""


SLOW = {"stall": {"seconds": 600}, "drip": {"bytes_per_second": 1}}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_an_interrupt_ends_it_whoever_waits(mock_process):
    mock = mock_process("--tls")
    with trusting_client(mock) as client, ThreadPoolExecutor() as pool:
        for fault, fields in SLOW.items():
            plan = {"fault": fault, "on": "list", **fields}
            client.post("/_mock/plan", json=plan).raise_for_status()
            pool.submit(client.get, TEXT, headers=KEY, timeout=30)
        while client.get("/_mock/state").json()["plans"]:
            pass
        mock.process.send_signal(signal.SIGINT)
        _, err = mock.process.communicate(timeout=10)

    assert (mock.process.returncode, err) == (0, "")


@pytest.mark.parametrize("plan", [{"fault": "hang-up"}, {"fault": "cut", "bytes": 10}], ids=str)
def test_a_connection_breaks_over_https_too(mock, plan):
    with trusting_client(mock) as client:
        client.post("/_mock/plan", json={**plan, "on": "list"}).raise_for_status()
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
            client.get(TEXT, headers=KEY)
        assert client.get(TEXT, headers=KEY).status_code == 200


PROGRAMS = {
    "Python": "import httpx, urllib.request as u; httpx.get('{url}'); u.urlopen('{url}')",
    "Python requests": "import requests; requests.get('{url}')",
}


@pytest.mark.parametrize("language", PROGRAMS)
def test_the_line_for_a_language_lets_its_programs_trust_it(mock, language):
    (line,) = (line for line in mock.lines if line.strip().startswith(f"{language}  "))
    name, _, path = shlex.split(line.partition(language)[2])[0].partition("=")
    program = [sys.executable, "-c", PROGRAMS[language].format(url=f"{mock.url}/_mock/")]

    assert subprocess.run(program, env=os.environ | {name: path}).returncode == 0
    assert subprocess.run(program, capture_output=True).returncode != 0


def test_nothing_suggests_to_trust_it_everywhere(mock):
    assert all("sudo" not in line and "store" not in line for line in mock.lines)


@pytest.mark.parametrize("host", HOSTS)
def test_it_is_trusted_as_kling_and_as_this_machine(host):
    files = identity([])

    handshake(files.authority, files.server, host)


@pytest.mark.parametrize("host", ["example.org", "klingai.com", "10.0.0.1", "127.0.0.2"])
def test_it_is_trusted_as_nobody_else(host, tmp_path):
    files = identity([])
    with pytest.raises(ssl.SSLCertVerificationError, match="mismatch"):
        handshake(files.authority, files.server, host)

    # Not even if somebody had the key, and signed it.
    forged = written(Authority(HOSTS, datetime.now(UTC)).identity([host]), tmp_path)
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        handshake(*forged, host)
    # Which an authority without these limits may.
    handshake(*written(Authority([host], datetime.now(UTC)).identity([host]), tmp_path), host)


def test_nobody_can_sign_with_what_is_kept():
    files = identity([])
    authority = x509.load_pem_x509_certificate(files.authority.read_bytes())
    (key,) = re.findall(b"-----BEGIN PRIVATE KEY.*KEY-----\n", files.server.read_bytes(), re.DOTALL)

    names = {path.name for path in files.authority.parent.iterdir()}
    assert names == {"ca.pem", "server.pem", "lock"}
    kept_key = serialization.load_pem_private_key(key, None)
    assert kept_key.public_key() != authority.public_key()
    assert b"PRIVATE" not in files.authority.read_bytes()


def test_a_name_of_ones_own_has_an_authority_of_its_own(mock_process):
    usual = identity([])
    before = usual.server.read_bytes()
    mock = mock_process("--tls", "--host", "0.0.0.0", "--allow-host", "Kling-Mock")
    own = Path(ca(mock))

    handshake(own, own.with_name("server.pem"), "kling-mock")
    handshake(own, own.with_name("server.pem"), "localhost")
    assert own != usual.authority
    assert identity(["127.0.0.1", "0.0.0.0", *KLING_HOSTS]).authority == usual.authority
    assert usual.server.read_bytes() == before


def test_a_public_url_of_any_script_is_a_name(tmp_path):
    files = identity(["bücher.example"])

    handshake(files.authority, files.server, "xn--bcher-kva.example")
    with pytest.raises(ValueError, match="is not a host name"):
        identity(["a..b"])


@has_modes
def test_only_its_user_can_read_it_from_the_beginning(data, monkeypatch):
    modes = []
    fdopen = os.fdopen

    def noted(descriptor, *options):
        modes.append(os.fstat(descriptor).st_mode & 0o777)
        return fdopen(descriptor, *options)

    monkeypatch.setattr("os.fdopen", noted)
    before = os.umask(0)
    try:
        files = identity([])
    finally:
        os.umask(before)

    assert modes == [0o600, 0o600]
    assert files.server.stat().st_mode & 0o777 == 0o600
    assert files.server.parent.stat().st_mode & 0o777 == 0o700


@has_modes
def test_a_folder_that_is_open_to_others_is_closed(data):
    folder = data / "kling-openapi" / "mock-tls"
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    identity([])

    assert folder.stat().st_mode & 0o777 == 0o700


def contents(files):
    return files.authority.read_bytes(), files.server.read_bytes()


def test_it_is_kept_from_one_start_to_the_next():
    assert contents(identity([])) == contents(identity([]))


def fit(folder, now=NOW, hosts=HOSTS):
    folder.mkdir(exist_ok=True)
    return certificate_files._load_or_renew(folder, sorted(hosts), now)


def test_it_is_valid_for_ninety_days(tmp_path):
    files = fit(tmp_path)
    certificates = map(x509.load_pem_x509_certificate, contents(files))

    for one in certificates:
        assert one.not_valid_after_utc - one.not_valid_before_utc == timedelta(days=90)
        assert one.not_valid_before_utc < NOW < files.expires == one.not_valid_after_utc


@pytest.mark.parametrize(("days", "is_kept"), [(0, 1), (59, 1), (61, 0), (91, 0), (-1, 0)])
def test_it_is_made_anew_when_little_time_is_left(tmp_path, days, is_kept):
    before = contents(fit(tmp_path))
    later = fit(tmp_path, NOW + timedelta(days=days))

    assert (contents(later) == before) == is_kept
    assert later.expires - NOW - timedelta(days=days) > timedelta(days=29)


def of_other_hosts(folder):
    fit(folder, hosts=["localhost", "127.0.0.1"])


def of_more_hosts_than_it_may(folder):
    made = Authority(["localhost"], NOW).identity(sorted(HOSTS))
    (folder / "ca.pem").write_bytes(made.authority)
    (folder / "server.pem").write_bytes(made.server)


def of_two_authorities(folder):
    (folder / "ca.pem").write_bytes(Authority(HOSTS, NOW).identity(HOSTS).authority)


def with_another_key(folder):
    old, new = (Authority(HOSTS, NOW).identity(HOSTS).server.split(b"-----\n-----") for _ in "12")
    (folder / "server.pem").write_bytes(b"-----\n-----".join([old[0], new[1]]))


def without(name):
    return lambda folder: (folder / name).unlink()


def broken(name, size):
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes()[:size])


SPOILT = [
    *(of_other_hosts, of_more_hosts_than_it_may, of_two_authorities, with_another_key),
    *(broken(name, size) for name in ("ca.pem", "server.pem") for size in (0, 30, 500, -40)),
    *map(without, ("ca.pem", "server.pem")),
]


@pytest.mark.parametrize("spoil", SPOILT)
def test_what_is_of_no_use_is_made_anew(tmp_path, spoil):
    fit(tmp_path)
    spoil(tmp_path)
    spoilt = {path.read_bytes() for path in tmp_path.glob("*.pem")}
    files = certificate_files._load_or_renew(tmp_path, sorted(HOSTS), datetime.now(UTC))

    assert not spoilt & {*contents(files)}
    handshake(*files[:2], "localhost")


def test_starts_at_once_share_one():
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: contents(identity([])), range(8)))

    assert len({*found}) == 1


def test_processes_that_start_at_once_share_one():
    # private: what mocks do before they listen.
    program = "from kling.mock._listening import identity; print(identity([]).server.read_text())"
    command = [sys.executable, "-c", program]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    printed = {process.communicate(timeout=60)[0].strip() for process in processes}

    assert printed == {identity([]).server.read_text().strip()}


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(self, other):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        fit(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_used_is_one_line(kling_command, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    done = kling_command("mock", "--port", "0", "--tls")

    assert (done.exit_code, done.stdout) == (1, "")
    assert re.fullmatch(
        r"Error: the certificates of the mock cannot be kept in .*mock-tls: .*; "
        r"set XDG_DATA_HOME to a folder that you can write to\n",
        done.stderr,
    )


def test_who_has_no_home_is_told_so(kling_command, monkeypatch):
    def home():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setattr(Path, "home", home)
    done = kling_command("mock", "--port", "0", "--tls")

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: Could not determine home directory. Set XDG_DATA_HOME")


@pytest.mark.parametrize(
    ("platform", "expected"),
    [
        ("linux", ".local/share"),
        ("darwin", "Library/Application Support"),
        ("win32", "AppData/Local"),
    ],
)
@pytest.mark.parametrize("given", [None, "", "relative/folder"])
def test_the_folder_is_where_the_platform_has_it(monkeypatch, tmp_path, platform, expected, given):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME")
    if given is not None:
        monkeypatch.setenv("XDG_DATA_HOME", given)

    assert certificate_files.data_folder() == tmp_path / expected


def test_without_cryptography_one_line_says_what_to_install(kling_command, monkeypatch):
    # private: click has imported it, and none of what is installed is to be taken away.
    monkeypatch.setattr("kling._cli.mock_command.find_spec", lambda name: None)
    done = kling_command("mock", "--port", "0", "--tls")

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        "Error: --tls needs the package cryptography; "
        'install it with: pip install "kling-openapi[cli,tls]"\n'
    )


def test_a_mock_without_https_needs_no_cryptography():
    program = (
        "import sys; sys.modules['cryptography'] = None\n"
        "import kling.mock._listening, kling._cli"  # private: nothing public imports a server
    )

    assert subprocess.run([sys.executable, "-c", program]).returncode == 0


@pytest.mark.parametrize("platform", ["nt", "posix"])
def test_a_path_with_spaces_is_in_quotes(monkeypatch, platform):
    files = identity([])
    # private: this machine has only one of the platforms.
    monkeypatch.setattr("kling.mock._listening.trust.os.name", platform)
    quote = '"' if platform == "nt" else "'"

    path = f"{quote}{files.authority}{quote}"
    assert [line.count(path) for line in trust_instructions(files)] == [1, 0, 1, 1, 1, 1, 1]


@pytest.mark.parametrize("dialect", ["", "china", "kkiai-gateway"])
def test_hosts_says_what_to_do_and_does_nothing(data, dialect):
    done = CliRunner().invoke(cli, ["mock", "--hosts", "--dialect", dialect])

    assert (done.exit_code, done.stderr) == (0, "")
    marked = re.findall(r"^127\.0\.0\.1 (\S+)  # kling mock$", done.stdout, re.MULTILINE)
    assert marked == load(dialect).hosts
    for word in ("--tls --port", "Warning: ", "every program on this machine", "To undo it"):
        assert word in done.stdout
    assert not data.exists()


def test_hosts_knows_every_platform():
    # private: this machine has only one.
    from kling._cli.hosts_file import advice

    said = {platform: [*advice("", platform)] for platform in ("linux", "darwin", "win32", "aix")}

    assert said["aix"] == said["linux"]
    assert len({*map(tuple, said.values())}) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no sed")
def test_the_command_that_takes_the_lines_out_takes_out_these_alone(tmp_path):
    lines = CliRunner().invoke(cli, ["mock", "--hosts"]).stdout.splitlines()
    added = [line for line in lines if line.startswith("127.0.0.1 ")]
    undo = next(line for line in lines if "sed " in line).removeprefix("sudo ")
    hosts = tmp_path / "hosts"
    hosts.write_text("\n".join(["127.0.0.1 localhost", *added, "10.0.0.1 mine", ""]))

    subprocess.run(["sh", "-ec", undo.replace("/etc/hosts", shlex.quote(str(hosts)))], check=True)

    assert hosts.read_text() == "127.0.0.1 localhost\n10.0.0.1 mine\n"
