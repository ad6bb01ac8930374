"""What the ids of tasks and the names of files are made of."""

import hashlib
import re

DEFAULT_NAMING = "{id}"
_PLACES = ("{id}", "{n}", "{family}", "{ext}")
# What is kept of the id of a job where Kling or a disk shows it.
_PLAIN = re.compile(r"[^A-Za-z0-9_.-]")


def external_id(batch: str, job: str, tries: int) -> str:
    """Return our id of a task: readable, and of no other batch, job or try.

    Args:
        batch: the key of the batch, which was drawn by chance.
        job: the id of the job.
        tries: which task of the job it is, from 1.
    """
    digest = hashlib.sha256(f"{batch}/{job}".encode()).hexdigest()[:16]
    return f"{_PLAIN.sub('-', job)[:40]}-k{digest}~{tries}"


def checked_naming(template: str) -> str:
    """Return a template for the names of files.

    Raises:
        TypeError: it is no text.
        ValueError: it names something else than it can, or not the job.
    """
    if not isinstance(template, str):
        raise TypeError(f"naming is a text such as '{{id}}-{{n}}', not {type(template).__name__}")
    rest = template
    for place in _PLACES:
        rest = rest.replace(place, "")
    if set(rest) & set('{}<>:"/\\|?*'):
        raise ValueError(
            f"naming {template!r} is no name of a file; it may hold {', '.join(_PLACES)}"
        )
    if _PLACES[0] not in template:
        raise ValueError(f"naming {template!r} lacks {{id}}: jobs would have the same files")
    return template


def name_for(template: str, job: str, *, several: bool) -> str:
    """Return the template for the files of one job, as `AsyncKling.download` takes it.

    Args:
        template: that of the batch.
        job: the id of the job.
        several: whether it has more than one file.
    """
    whole = template if "{ext}" in template else f"{template}{{ext}}"
    if several and "{n}" not in whole:
        whole = whole.replace("{ext}", "-{n}{ext}")
    return whole.replace("{id}", file_stem(job))


def file_stem(job: str) -> str:
    """Return the id of a job as a part of the name of a file; different ids stay different."""
    plain = _PLAIN.sub("_", job).rstrip(". ")[:100]
    if plain == job and not plain.startswith("."):
        return plain
    return f"{plain.lstrip('.')}-{hashlib.sha256(job.encode()).hexdigest()[:8]}"
