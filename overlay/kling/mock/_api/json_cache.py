"""A cache of the JSON of tasks that have ended. Clients query such tasks many times."""

import json

from kling.mock._api.task_views import Views
from kling.mock._tasks import Tasks

# The largest number of texts in the cache; each has about a kilobyte.
_MAX_TEXTS = 2000


class JsonCache:
    """Returns tasks as JSON, in the form of the /v1 standard, by their number.

    Args:
        tasks: the stored tasks.
        views: shows the tasks.
    """

    def __init__(self, tasks: Tasks, views: Views) -> None:
        self._tasks = tasks
        self._views = views
        self._texts: dict[tuple[int, str], str] = {}

    def task_json(self, number: int, now: float, base_url: str) -> str:
        """Return a task as it is at a time in Unix seconds.

        The JSON of a task that has ended comes from the cache, if it was returned before.
        """
        text = self._texts.get((number, base_url))
        if text is None:
            task = self._tasks.by_number(number)
            assert task is not None  # the numbers are those of stored tasks
            text = json.dumps(self._views.shown(task, now, base_url))
            if now >= task.end:
                if len(self._texts) >= _MAX_TEXTS:
                    self._texts.clear()
                self._texts[number, base_url] = text
        return text
