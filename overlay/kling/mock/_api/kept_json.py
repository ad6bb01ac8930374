"""The JSON of tasks that have ended, kept for the lists, which show them again and again."""

import json

from kling.mock._api.task_views import Views
from kling.mock._tasks import Tasks

# Texts, of about a kilobyte each.
_MOST = 2000


class KeptJson:
    """Gives tasks of the /v1 standard as JSON, by their numbers.

    Args:
        tasks: where they are.
        views: how they are shown.
    """

    def __init__(self, tasks: Tasks, views: Views) -> None:
        self._tasks = tasks
        self._views = views
        self._texts: dict[tuple[int, str], str] = {}

    def of(self, number: int, now: float, base_url: str) -> str:
        """Return a task as it is at a date in Unix seconds; nothing changes one that has ended."""
        text = self._texts.get((number, base_url))
        if text is None:
            task = self._tasks.by_number(number)
            assert task is not None  # the numbers are those of a page
            text = json.dumps(self._views.shown(task, now, base_url))
            if now >= task.end:
                if len(self._texts) >= _MOST:
                    self._texts.clear()
                self._texts[number, base_url] = text
        return text
