"""The methods of `Kling` that download what tasks made."""

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

        Until a file is complete, its name ends in .part. An interrupted download is resumed, also
        by a later call, if the host still has the same file. To find out, the client compares the
        strong ETag. If the host sent no strong ETag, the client compares samples from the
        beginning, the middle and the end of the file. A complete file of the same size is not
        downloaded again.

        Use a folder to which nobody else can write. If a .part file was replaced by a link, the
        link is not followed. File names contain the family and the task id, but no text from the
        server. The host of the files gets no credentials.

        Args:
            task: a task, or its ref. A ref, or a task that had not ended, is queried first.
            folder: the folder for the files; created if it does not exist.
            max_bytes: see `download_all`.
            on_progress: see `download_all`.
            name: see `download_all`.
            options: see `kling.CallOptions`.

        Raises:
            TaskError: the task has no results yet.
            APIError: a file cannot be downloaded, or is too large. Kling deletes files after 30
                days.
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

        If a file fails, or a task has no results, the other files are downloaded nevertheless. Then
        the first failure is raised, with a note for each other failure. To get the missing files,
        call this method again. A download may take any time as long as bytes keep arriving.

        Args:
            tasks: tasks, or their refs. Refs, and tasks that had not ended, are queried first.
            folder: the folder for the files; created if it does not exist.
            at_once: how many files this call downloads at the same time; all calls of a client
                together download up to 8.
            max_bytes: the largest size of each file, in bytes; by default the size that the host
                announces, or no limit if it does not announce a size.
            on_progress: called with a `Progress` up to ten times a second for each file, and when
                the file is complete. Two calls never overlap, but they may be in different threads.
            name: a template for the names of the files, with {family}, {id}, {n} and {ext}, such as
                "{id}-{n}{ext}"; or a function that takes the task, the `Output` and its number,
                counted from 1, and returns a name. By default, a name has the family, the id and,
                if the task has several files, the number. A later call with the same `name` does
                not download complete files again.
            options: see `kling.CallOptions`.

        Raises:
            TaskError: a task has no results yet.
            NotFoundError: one of the tasks is not at this host, or not in this account.
            APIError: a file cannot be downloaded, or is too large. Kling deletes files after 30
                days.
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
        """Return the content of each file that a task made. Use this for small results.

        Args:
            task: a task, or its ref. A ref, or a task that had not ended, is queried first.
            max_bytes: the largest size of each file, in bytes; all files are in memory at once.
            options: see `kling.CallOptions`.

        Raises:
            TaskError: the task has no results yet.
            APIError: a file cannot be downloaded, or is too large. Kling deletes files after 30
                days.
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
            task: a task, or its ref. A ref, or a task that had not ended, is queried first.
            file: a file that is open for writing bytes.
            number: the number of the result, counted from 1.
            max_bytes: the largest size in bytes. The whole result is in memory until it is written.
            options: see `kling.CallOptions`.

        Raises:
            TaskError: the task has no results yet.
            APIError: the result cannot be downloaded, or is too large. Kling deletes files after 30
                days.
            ValueError: the task has no result with this number.
        """
        view = self._with_call_options(options)
        [content] = view._carry_out(view._contents(task, max_bytes, number))
        file.write(content)
        return len(content)
