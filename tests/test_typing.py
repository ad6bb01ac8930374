"""The types as a user's checker sees them: right programs pass, and wrong ones do not."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RIGHT = ROOT / "tests" / "overlay" / "typing_api.py"
# Behind each wrong line stands what mypy calls the mistake.
WRONG = """\
import httpx
import kling
from kling import AsyncKling, Kling, Task, media, models, validate

request = models.TextToVideoRequest(prompt="x")
client = Kling()

models.TextToVideoRequest(prompt="x", duration="16")  # arg-type
models.TextToVideoRequest(prompt="x", duration=5)  # arg-type
models.TextToVideoRequest(promt="x")  # call-arg
models.TextToVideoRequest("kling-v3", "x")  # call-arg
models.TextToVideoRequest(model_name="kling-v9", prompt="x")  # arg-type
models.TextToVideoRequest(prompt="x", sound=True)  # arg-type
models.TextToVideoRequest(prompt="x", watermark_info={"enabled": True})  # arg-type
models.TextToVideoRequest(prompt="x", aspect_ratio="4:3")  # arg-type
models.ImageToVideoRequest(prompt="x", image=b"bytes")  # arg-type
models.ImageToVideoRequest(prompt="x", model_name="kling-v3-omni")  # arg-type
models.AvatarRequest(sound_file="https://example.org/a.mp3")  # call-arg
models.Kling30TurboTextToVideoSettings(duration="5")  # arg-type
models.Kling26TextToVideoSettings(duration=7)  # arg-type
models.Kling30ImageToVideoRequest(contents=[{"type": "prompt"}])  # list-item
voice = models.VoiceContent(voice_id="1", id="a")
models.Kling30ImageToVideoRequest(contents=[voice])  # list-item
models.Shot(index="1", prompt="x", duration="5")  # arg-type
models.NoSuchRequest(prompt="x")  # attr-defined
kling.models.TextToVideoRequest(prompt="x", duration=5)  # arg-type
kling.models.NoSuchRequest(prompt="x")  # attr-defined

validate({"prompt": "x"})  # call-overload
validate(models.TextToVideoRequest)  # call-overload
client.create({"prompt": "x"})  # call-overload
client.create("A fox at dawn")  # call-overload
client.create(None)  # call-overload
client.create(models.TextToVideoRequest)  # call-overload
client.create(request, {"style": "noir"})  # call-overload
client.create(request, extra=["style"])  # call-overload
client.run(request, 900)  # call-overload
client.wait("text_to_video/1", 900)  # call-arg
client.wait("text_to_video/1", timeout="900")  # arg-type
client.wait("text_to_video/1", on_update=lambda: None)  # arg-type,misc
client.retrieve(752604318974529536)  # arg-type
client.recover(models.TextToVideoRequest, None)  # call-overload
client.recover(models.TextToVideoRequest)  # call-overload
client.recover(request, "order-4711")  # call-overload
client.create(request, reuse="job-17")  # call-overload
client.create(request, external_task_id=17)  # call-overload
client.list(request)  # arg-type
client.create("text_to_video", [])  # call-overload
client.create("text_to_video", {}, extra_header={})  # call-overload
client.list(models.TextToVideoRequest, 5)  # arg-type
client.download("text_to_video/1")  # call-arg
client.download(request, "out")  # arg-type
client.retrieve("text_to_video/1", extra_header={})  # call-arg
client.retrieve("text_to_video/1", request_timeout="5")  # arg-type
client.with_options(api_key="k")  # call-arg
client.no_such_method()  # attr-defined
media.image(7)  # arg-type
media.image(open("a.png"))  # arg-type

kling.NoSuchError  # attr-defined
from kling import NoSuchName  # attr-defined
from kling.models import NoSuchName  # attr-defined
kling.__version__ + 1  # operator
kling.mock.KlingMock(speed="2")  # arg-type

Kling("key")  # call-arg
Kling(key="key")  # call-arg
Kling(timeout="60")  # arg-type
Kling(transport=httpx.AsyncHTTPTransport())  # arg-type
Kling(http_client=httpx.AsyncClient())  # arg-type
Kling(region="europe")  # arg-type
Kling(api_key=b"key")  # arg-type
Kling(default_headers={"X-Tag": 7})  # dict-item
AsyncKling(http_client=httpx.Client())  # arg-type
AsyncKling(transport=httpx.HTTPTransport())  # arg-type


def of_a_task(task: Task) -> None:
    print(task.state)  # attr-defined
    task.status = "succeeded"  # misc
    task.family = "avatar"  # misc
    print(task.outputs[0].url.upper())  # union-attr
    print(task.units + 1)  # operator


async def key() -> str:
    return "key"


Kling(api_key=key)  # arg-type
AsyncKling(api_key=key)


async def later(other: AsyncKling) -> str:
    for _ in other.list(models.TextToVideoRequest):  # attr-defined
        pass
    await other.list(models.TextToVideoRequest)  # misc
    with other:  # attr-defined
        pass
    return str(other.create(request).ref)  # attr-defined
"""


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[int, set[str]]]:
    """Return what mypy says: file name -> line -> codes."""
    wrong = tmp_path_factory.mktemp("typing") / "wrong.py"
    wrong.write_text(WRONG, encoding="utf-8")
    options = ("--strict", "--no-error-summary", "--hide-error-context", "--no-pretty")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, str(RIGHT), str(wrong)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    found: dict[str, dict[int, set[str]]] = {}
    for path, line, code in re.findall(
        r"^(.+?):(\d+): error: .*\[([\w-]+)\]$", done.stdout, re.MULTILINE
    ):
        found.setdefault(Path(path).name, {}).setdefault(int(line), set()).add(code)
    return found


def test_the_public_types_are_the_ones_that_are_documented(
    complaints: dict[str, dict[int, set[str]]],
) -> None:
    assert complaints.keys() == {"wrong.py"}


MARKED = {
    number: set(line.rpartition("  # ")[2].split(","))
    for number, line in enumerate(WRONG.splitlines(), start=1)
    if "  # " in line
}


@pytest.mark.parametrize(
    "number", MARKED, ids=[WRONG.splitlines()[number - 1].partition("  #")[0] for number in MARKED]
)
def test_a_wrong_line_is_found(complaints: dict[str, dict[int, set[str]]], number: int) -> None:
    assert complaints["wrong.py"].get(number) == MARKED[number]


def test_no_other_line_is_found(complaints: dict[str, dict[int, set[str]]]) -> None:
    assert complaints["wrong.py"].keys() <= MARKED.keys()
