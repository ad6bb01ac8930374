"""Media of jobs: by path in the state, and read when they are sent."""

from os import PathLike, fspath


class MediaFile(str):
    """The path of a medium, in the place of its content."""

    __slots__ = ()


def file(path: str | PathLike[str]) -> str:
    """Return what stands for a local picture or sound in the request of a job.

        models.ImageToVideoRequest(image=kling.batch.file("fox.png"), ...)

    The state has its path and a checksum. It is looked at when the job is added, and read when it
    is sent; a file that has changed meanwhile is refused. In a body a `pathlib.Path` does the same.

    Args:
        path: where the file is, on each machine that works on the batch.
    """
    return MediaFile(fspath(path))
