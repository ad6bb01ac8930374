"""Send what nobody has described, such as Kling 4.0, and find its task again after a kill.

The path and the body are placeholders: write those that your console shows. Nothing is checked.
"""

import kling

# With an id of your own, used once, the program can be run again: it finds what it paid for.
body = {"prompt": "A fox at dawn", "options": {"external_task_id": "fox-at-dawn-1"}}
request = kling.Unlisted("/text-to-video/kling-4.0", body)
with kling.Kling() as client:
    try:
        task = client.create(request)
    except kling.APIError as error:
        if error.not_created:
            raise
        task = client.recover(request.path, error)
    for path in client.download(client.wait(task, timeout=900), "out"):
        print(path)
