"""The image and audio files whose paths are in a jobs file."""

from pathlib import Path
from typing import Any, Protocol

from kling._media import MediaFacts
from kling._requests import MediaFields, facts_of

_URL = ("http://", "https://")
# A longer text is probably the content of a file in base64.
_LONGEST_PATH = 1000
# Replaces a path while the rules are checked, because they know only URLs and base64.
_PLACEHOLDER_URL = "https://example.com/file"


class Notes(Protocol):
    """Collects what is wrong with a job."""

    problems: list[str]
    remarks: list[str]
    """Warnings, which do not prevent the job."""


class FilePaths:
    """Finds and checks the files of jobs; reads each file once, even if many jobs name it.

    Args:
        folder: the folder to which paths are relative.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._facts: dict[Path, MediaFacts | str] = {}

    def put_paths(
        self, body: dict[str, Any], media: MediaFields | None, notes: Notes
    ) -> tuple[list[Path], dict[str, Any], dict[str, Any]]:
        """Return the paths in a body, the body with `Path` objects, and the body with placeholders.

        Args:
            body: the body of a request, whose media fields contain URLs and paths as texts.
            media: the media fields; None if they are not known.
            notes: gets the problems and warnings about the files.

        Returns:
            The paths; a copy of the body with a `Path` for each of them; and a copy of the body
            with a placeholder URL for each of them.
        """
        if media is None:
            return [], body, body
        files: list[Path] = []

        def as_path(name: str, value: Any, field: MediaFields) -> Any:
            if not _may_be_path(value) or not field.takes_files:
                return value  # the rules say whether it is valid
            if len(value) > _LONGEST_PATH or value[:5].lower() == "data:":
                notes.problems.append(
                    f"{name} contains a file; give its path or URL instead, because a batch does "
                    "not store media"
                )
                return _PLACEHOLDER_URL
            path = self._folder / value
            files.append(path)
            facts = self._facts_of(path)
            if isinstance(facts, str):
                notes.problems.append(f"{name}: {facts}")
                return path
            for problem, is_certain in field.problems_of_file(name, facts):
                texts = notes.problems if is_certain else notes.remarks
                texts.append(str(problem))
            return path

        with_paths = media.replaced(body, as_path)
        with_urls = media.replaced(with_paths, _without_path)
        return files, with_paths, with_urls

    def _facts_of(self, path: Path) -> MediaFacts | str:
        """Return the properties of a file, such as its format; or why the file cannot be read."""
        if path not in self._facts:
            try:
                is_file = path.is_file()
                self._facts[path] = facts_of(path) if is_file else f"there is no file {path}"
            except (OSError, ValueError) as error:
                reason = getattr(error, "strerror", None) or "its name is not valid"
                self._facts[path] = f"{path} cannot be read: {reason}"
        return self._facts[path]


def _may_be_path(value: object) -> bool:
    is_text = isinstance(value, str) and bool(value.strip())
    return is_text and not str(value)[:8].lower().startswith(_URL)


def _without_path(_: str, value: Any, __: MediaFields) -> Any:
    return _PLACEHOLDER_URL if isinstance(value, Path) else value
