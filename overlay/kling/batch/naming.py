"""Makes the external_task_ids of tasks and the names of files."""

import hashlib
import re

DEFAULT_NAMING = "{id}"
_FIELDS = ("{id}", "{n}", "{family}", "{ext}")
# Characters of the id of a job that are replaced in an external_task_id or a file name.
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]")


def external_id(batch: str, job: str, try_number: int) -> str:
    """Return the external_task_id for one try of a job.

    People can recognize the job in it. No other try, job or batch has the same external_task_id.

    Args:
        batch: the key of the batch, which is random.
        job: the id of the job.
        try_number: the number of the try, from 1.
    """
    digest = hashlib.sha256(f"{batch}/{job}".encode()).hexdigest()[:16]
    return f"{_UNSAFE.sub('-', job)[:40]}-k{digest}~{try_number}"


def checked_naming(template: str) -> str:
    """Return a template for the names of files, if it is valid.

    Raises:
        TypeError: the template is not a text.
        ValueError: the template has an unknown field or a character that file names cannot have, or
            lacks {id}.
    """
    if not isinstance(template, str):
        raise TypeError(
            f"naming must be a text such as '{{id}}-{{n}}', not {type(template).__name__}"
        )
    rest = template
    for field in _FIELDS:
        rest = rest.replace(field, "")
    if set(rest) & set('{}<>:"/\\|?*'):
        raise ValueError(
            f"naming {template!r} is not a file name; outside of the fields {', '.join(_FIELDS)}, "
            'it must not contain any of the characters {}<>:"/\\|?*'
        )
    if "{id}" not in template:
        raise ValueError(
            f"naming {template!r} must contain {{id}}, so that each job has its own files"
        )
    return template


def name_for(template: str, job: str, *, several: bool) -> str:
    """Return the template for the files of one job, as `AsyncKling.download` takes it.

    Args:
        template: the template of the batch.
        job: the id of the job.
        several: whether the job has more than one file.
    """
    name = template if "{ext}" in template else f"{template}{{ext}}"
    if several and "{n}" not in name:
        name = name.replace("{ext}", "-{n}{ext}")
    return name.replace("{id}", file_stem(job))


def file_stem(job: str) -> str:
    """Return the id of a job in a form that a file name can contain.

    Different ids have different forms.
    """
    plain = _UNSAFE.sub("_", job).rstrip(". ")[:100]
    if plain == job and not plain.startswith("."):
        return plain
    # The id was changed. The checksum keeps it apart from other ids with the same plain form.
    return f"{plain.lstrip('.')}-{hashlib.sha256(job.encode()).hexdigest()[:8]}"
