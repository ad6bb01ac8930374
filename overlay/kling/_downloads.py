"""Fetch result files, without credentials and without trusting names."""

import contextlib
from pathlib import Path

import httpx

from kling._errors import APIConnectionError, APIStatusError, TaskError
from kling._http import HTTPClient, connection_error
from kling._tasks import Task, file_names


def download(http: HTTPClient, task: Task, folder: Path) -> list[Path]:
    """Fetch every output of a task into a folder."""
    files = file_names(task, folder)
    if not files:
        raise TaskError(f"{task.ref} is {task.status} and has made nothing to download", task)
    folder.mkdir(parents=True, exist_ok=True)
    for output, path in files:
        assert output.url is not None  # file_names leaves out the others
        _fetch(http, output.url, path)
    return [path for _, path in files]


def _fetch(http: HTTPClient, url: str, path: Path) -> None:
    part = path.with_name(path.name + ".part")
    try:
        # auth=None, for the media hosts are not Kling's API and must never see a key.
        with http.stream("GET", url, auth=None, follow_redirects=True) as response:
            _refuse_error(response)
            with part.open("wb") as file:
                written = sum(file.write(chunk) for chunk in response.iter_bytes())
            _refuse_cut(response, written)
        part.replace(path)
    except httpx.HTTPError as error:
        raise connection_error(error) from error
    except httpx.InvalidURL as error:
        raise APIConnectionError(f"the url of the result is not one: {error}") from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            part.unlink()


def _refuse_error(response: httpx.Response) -> None:
    if response.status_code != httpx.codes.OK:
        status = response.status_code
        gone = "; results are deleted 30 days after the creation of their task"
        raise APIStatusError(
            f"the file cannot be had: HTTP {status}{gone if status in (403, 404, 410) else ''}",
            status_code=status,
        )


def _refuse_cut(response: httpx.Response, written: int) -> None:
    expected = response.headers.get("content-length", "")
    compressed = "content-encoding" in response.headers
    if expected.isdecimal() and not compressed and int(expected) != written:
        raise APIConnectionError(f"the download was cut after {written} of {expected} bytes")
