"""Make one video, and continue after a crash without paying twice.

Run it with: python resume.py order-4711
Stop it at any time and run it again with the same order: it waits for the same task.
"""

import sys
from pathlib import Path

from kling import APIError, Kling, Task, models

order = sys.argv[1] if len(sys.argv) > 1 else "order-4711"
ref_file = Path(f"{order}.ref")
request = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox in the snow at dawn")


def created(client: Kling) -> Task:
    """Create the task of the order, or return the task of an earlier run."""
    try:
        # If an earlier run has used this id, the client returns the task of that run.
        return client.create(request, external_task_id=order, reuse=True)
    except APIError as error:
        if error.not_created:
            raise
        # No answer arrived, so the task may exist: look for it instead of paying again.
        return client.recover(error)


with Kling() as client:
    if ref_file.exists():
        ref = ref_file.read_text(encoding="utf-8")
    else:
        ref = created(client).ref
        ref_file.write_text(ref, encoding="utf-8")
    task = client.wait(ref, timeout=900)
    for path in client.download(task, "videos"):
        print(path)
