"""The methods of `AsyncKling` that download what tasks made."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO, Unpack

from kling._client.steps import AsyncSteps
from kling._files import DEFAULT_AT_ONCE, DEFAULT_MAX_READ, AsyncDownloads, OnProgress
from kling._http import CallOptions
from kling._tasks import FileNamer, Task


class AsyncDownloadMethods(AsyncSteps):
    """The methods that download what tasks made."""

    _downloads: AsyncDownloads

    async def download(
        self,
        task: Task | str,
        folder: Path | str,
        *,
        max_bytes: int | None = None,
        on_progress: OnProgress | None = None,
        name: str | FileNamer | None = None,
        **options: Unpack[CallOptions],
    ) -> list[Path]:
        """Download the results of a task, and return the paths; see `Kling.download`."""
        return await self._with_call_options(options).download_all(
            [task], folder, max_bytes=max_bytes, on_progress=on_progress, name=name
        )

    async def download_all(
        self,
        tasks: Sequence[Task | str],
        folder: Path | str,
        *,
        at_once: int = DEFAULT_AT_ONCE,
        max_bytes: int | None = None,
        on_progress: OnProgress | None = None,
        name: str | FileNamer | None = None,
        **options: Unpack[CallOptions],
    ) -> list[Path]:
        """Download the results of several tasks, and return the paths; see `Kling.download_all`."""
        view = self._with_call_options(options)
        current = await view._carry_out(view._up_to_date(tasks))
        plan = view._download_plan(
            current,
            Path(folder),
            at_once=at_once,
            max_bytes=max_bytes,
            on_progress=on_progress,
            name=name,
        )
        await self._downloads.fetch(plan)
        return await view._carry_out(plan.results())

    async def read(
        self,
        task: Task | str,
        *,
        max_bytes: int = DEFAULT_MAX_READ,
        **options: Unpack[CallOptions],
    ) -> list[bytes]:
        """Return the content of each file that a task made; see `Kling.read`."""
        view = self._with_call_options(options)
        return await view._carry_out(view._contents(task, max_bytes))

    async def read_into(
        self,
        task: Task | str,
        file: IO[bytes],
        *,
        number: int = 1,
        max_bytes: int = DEFAULT_MAX_READ,
        **options: Unpack[CallOptions],
    ) -> int:
        """Write one result of a task into an open file; see `Kling.read_into`."""
        view = self._with_call_options(options)
        [content] = await view._carry_out(view._contents(task, max_bytes, number))
        file.write(content)
        return len(content)
