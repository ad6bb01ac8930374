"""Methods that download what tasks made. `async_download_methods` is the same with await."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO, Unpack

from kling._client.steps import SyncSteps
from kling._files import DEFAULT_AT_ONCE, DEFAULT_MAX_READ, Downloads, OnProgress
from kling._http import CallOptions
from kling._tasks import FileNamer, Task


class DownloadMethods(SyncSteps):
    """The methods that download what tasks made."""

    _downloads: Downloads

    def download(
        self,
        task: Task | str,
        folder: Path | str,
        *,
        max_bytes: int | None = None,
        on_progress: OnProgress | None = None,
        name: str | FileNamer | None = None,
        **options: Unpack[CallOptions],
    ) -> list[Path]:
        """Download the results of a task, and return the paths of the files.

        Each file has a temporary name that ends in .part until it is complete. An interrupted
        download is resumed, also by a later call, and a complete file of the same size is not
        downloaded again. A download is resumed only if the host still has the same file: it has the
        same strong ETag, or else samples from its beginning, middle and end match the partial file.
        Use a folder to which nobody else can write, although a link in place of a temporary file is
        never followed. File names contain the family and the task id, and nothing that the server
        proposes. No credentials are sent.

        Args:
            task: a task, or its ref. The task is queried if it had not ended when last seen.
            folder: the folder for the files; created if it does not exist.
            max_bytes: see `download_all`.
            on_progress: see `download_all`.
            name: see `download_all`.
            options: see `kling.CallOptions`.

        Raises:
            TaskError: the task has no results yet.
            APIError: a file cannot be downloaded or is too large. Kling deletes it after 30 days.
            OSError: a file could not be written, or the disk is full.
        """
        return self._with_call_options(options).download_all(
            [task], folder, max_bytes=max_bytes, on_progress=on_progress, name=name
        )

    def download_all(
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
        """Download the results of several tasks, and return the paths of the files in order.

        A file that fails, or a task without results, does not stop the others. Once they are done,
        the first failure is raised, with a note for each other failure; call this again for the
        missing files. There is no time limit as long as bytes keep arriving.

        Args:
            tasks: tasks, or their refs. Those that had not ended when last seen are queried first.
            folder: the folder for the files; created if it does not exist.
            at_once: how many files this call downloads at the same time; all calls of a client
                together download up to 8.
            max_bytes: the largest size of each file, in bytes; by default the size that the host
                announces, or no limit if it does not announce a size.
            on_progress: called with a `Progress` at most ten times a second for each file, and when
                the file is complete; never twice at the same time, but possibly in another thread.
            name: the name of each file, by default made from family, id and number: a template with
                {family}, {id}, {n} and {ext}, such as "{id}-{n}{ext}"; or a function of the task,
                the `Output` and its number, counted from 1. With the same `name`, a later call does
                not download complete files again.
            options: see `kling.CallOptions`.

        Raises:
            TaskError: a task has no results yet.
            NotFoundError: one of the tasks is not at this host, or not in this account.
            APIError: a file cannot be downloaded or is too large. Kling deletes it after 30 days.
            OSError: a file could not be written, or the disk is full.
            ValueError: a name is not valid as a file name, or two files would have the same name.
        """
        view = self._with_call_options(options)
        current = view._carry_out(view._up_to_date(tasks))
        plan = view._download_plan(
            current,
            Path(folder),
            at_once=at_once,
            max_bytes=max_bytes,
            on_progress=on_progress,
            name=name,
        )
        self._downloads.fetch(plan)
        return view._carry_out(plan.results())

    def read(
        self,
        task: Task | str,
        *,
        max_bytes: int = DEFAULT_MAX_READ,
        **options: Unpack[CallOptions],
    ) -> list[bytes]:
        """Return the content of each file that a task made: for small results.

        Args:
            task: a task, or its ref. The task is queried if it had not ended when last seen.
            max_bytes: the largest size of each file, in bytes; all files are in memory at once.
            options: see `kling.CallOptions`.

        Raises:
            TaskError: the task has no results yet.
            APIError: a file cannot be downloaded or is too large. Kling deletes it after 30 days.
        """
        view = self._with_call_options(options)
        return view._carry_out(view._contents(task, max_bytes))

    def read_into(
        self,
        task: Task | str,
        file: IO[bytes],
        *,
        number: int = 1,
        max_bytes: int = DEFAULT_MAX_READ,
        **options: Unpack[CallOptions],
    ) -> int:
        """Download one result of a task, write it into an open file, and return its size.

        Args:
            task: a task, or its ref. The task is queried if it had not ended when last seen.
            file: a file that is open for writing bytes.
            number: the number of the result, counted from 1.
            max_bytes: the largest size in bytes; all of it is in memory before it is written.
            options: see `kling.CallOptions`.

        Raises:
            TaskError: the task has no results yet.
            APIError: the download failed, or is too large. Kling deletes results after 30 days.
            ValueError: the task has no result with this number.
        """
        view = self._with_call_options(options)
        [content] = view._carry_out(view._contents(task, max_bytes, number))
        file.write(content)
        return len(content)
