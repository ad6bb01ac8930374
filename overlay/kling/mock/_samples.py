"""The files that tasks of the mock result in: small, and playable."""

from importlib.resources import files
from typing import Any

from kling.mock._http import Reply, json_reply
from kling.mock._tasks import MockTask

_FOLDER = files("kling.mock") / "samples"
_TYPES = {"video.mp4": "video/mp4"}
_SECONDS = "5.041"


def sample_result(task: MockTask, root: str, *, watermark: bool) -> dict[str, Any]:
    """Return the `task_result` of a task that has succeeded."""
    video = {
        "id": str(int(task.id) + 10**15),
        "url": f"{root}{task.id}/video.mp4",
        "duration": _SECONDS,
    }
    if watermark:
        video["watermark_url"] = f"{root}{task.id}/watermark/video.mp4"
    return {"videos": [video]}


def sample_reply(name: str) -> Reply:
    """Serve a result file; whatever comes before the last slash only makes urls differ."""
    content_type = _TYPES.get(file := name.rpartition("/")[2])
    if content_type is None:
        return json_reply({"message": "no such file"}, 404)
    return Reply(200, (_FOLDER / file).read_bytes(), {"content-type": content_type})
