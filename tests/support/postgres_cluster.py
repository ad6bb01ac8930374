"""A Postgres cluster for one test, in a temporary folder."""

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path


def postgres_bin():
    """Return the folder of Postgres' programs; None if Postgres is not installed."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    # Debian has a folder for each version.
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((one for one in folders if (one / "initdb").exists()), None)


@contextmanager
def cluster(programs):
    """Start a cluster, and yield the URL of a database; then stop and delete the cluster."""
    owner = _owner()
    # The folder is not inside that of the test, which the user that runs Postgres may not enter.
    folder = Path(tempfile.mkdtemp(prefix="kling-postgres-"))
    shutil.chown(folder, owner)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(program, *options):
        command = [str(programs / program), *options]
        if owner != getpass.getuser():
            command = ["runuser", "-u", owner, "--", *command]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"

    data = str(folder / "data")
    try:
        run("initdb", "-D", data, "-U", "kling", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        run("pg_ctl", "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
        try:
            yield f"postgresql://kling@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner():
    """Return the user that runs Postgres, which refuses to run as root."""
    if os.getuid() != 0:
        return getpass.getuser()
    known = {one.pw_name for one in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"
