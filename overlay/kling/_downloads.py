"""Fetch result files, without credentials and without trusting names."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from kling._errors import APIConnectionError, APIStatusError, TaskError
from kling._http import AsyncHTTPClient, HTTPClient, connection_error
from kling._tasks import Task, file_names

# The media hosts are not Kling's API and must never see a key.
_OPTIONS: dict[str, Any] = {"auth": None, "follow_redirects": True}


def download(http: HTTPClient, task: Task, folder: Path) -> list[Path]:
    """Fetch every output of a task into a folder."""
    files = _planned(task, folder)
    for url, path in files:
        with (
            _part_of(path) as part,
            part.open("wb") as file,
            http.stream("GET", url, **_OPTIONS) as response,
        ):
            _refuse_error(response)
            for chunk in response.iter_bytes():
                file.write(chunk)
            _refuse_cut(response, file.tell())
    return [path for _, path in files]


async def async_download(http: AsyncHTTPClient, task: Task, folder: Path) -> list[Path]:
    """Fetch every output of a task into a folder."""
    import anyio

    files = _planned(task, folder)
    for url, path in files:
        with _part_of(path) as part:
            async with (
                await anyio.open_file(part, "wb") as file,
                http.stream("GET", url, **_OPTIONS) as response,
            ):
                _refuse_error(response)
                async for chunk in response.aiter_bytes():
                    await file.write(chunk)
                _refuse_cut(response, await file.tell())
    return [path for _, path in files]


def _planned(task: Task, folder: Path) -> list[tuple[str, Path]]:
    files = file_names(task, folder)
    if not files:
        raise TaskError(f"{task.ref} is {task.status} and has made nothing to download", task)
    folder.mkdir(parents=True, exist_ok=True)
    return files


@contextmanager
def _part_of(path: Path) -> Iterator[Path]:
    """Give a temporary name, which becomes the path if all goes well, and vanishes if not."""
    part = path.with_name(path.name + ".part")
    try:
        yield part
        part.replace(path)
    except httpx.HTTPError as error:
        raise connection_error(error) from error
    except httpx.InvalidURL as error:
        raise APIConnectionError(f"the url of the result is not one: {error}") from error
    finally:
        part.unlink(missing_ok=True)


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
