"""List the newest tasks of text to video, and download those that have succeeded.

Run it with: python latest_tasks.py 10
Files that are complete already are not downloaded again.
"""

import sys
from itertools import islice

from kling import Kling, models

count = int(sys.argv[1]) if len(sys.argv) > 1 else 10

with Kling() as client:
    newest = list(islice(client.list(models.TextToVideoRequest, page_size=count), count))
    for task in newest:
        created = f"{task.created_at:%Y-%m-%d %H:%M}" if task.created_at else "-"
        print(created, task.ref, task.status, task.message, file=sys.stderr)
    succeeded = [task for task in newest if task.status == "succeeded"]
    for path in client.download_all(succeeded, "videos"):
        print(path)
