"""What a user gets: one wheel with two packages and everything that they read."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_wheel_holds_both_packages_and_their_data(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    (wheel,) = tmp_path.iterdir()
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (metadata,) = (name for name in names if name.endswith("/METADATA"))
        description = archive.read(metadata).decode()

    assert names >= {
        "kling/py.typed",
        "kling/mock/_samples/files/video-16x9.mp4",
        "kling_api/py.typed",
        "kling_api/openapi.json",
        "kling_api/openapi.portable.json",
        "kling/_cli/generator_kit/client.yaml",
        "kling/_cli/generator_kit/template_edits.py",
        "kling/_cli/generator_kit/templates/literal_enum.py.jinja",
        "kling_api/dialects/china.json",
        "kling_api/dialects/china.portable.json",
    }
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {
        "kling",
        "kling_api",
    }
    version = re.search(r"version: (\S+)", (ROOT / "openapi/openapi.yaml").read_text())
    assert version is not None
    assert f"\nVersion: {version[1]}\n" in description
