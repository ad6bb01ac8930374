"""A web service that makes videos from JSON bodies, and resumes its tasks after a restart.

Start it with: uvicorn service:app
Then POST the body of a text to video request to /videos/NAME, and GET /videos/NAME for its status.
"""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from kling import AsyncKling, InvalidRequestError, Task
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse

db = sqlite3.connect("tasks.sqlite", isolation_level=None)
db.execute("CREATE TABLE IF NOT EXISTS tasks (job TEXT PRIMARY KEY, task TEXT)")


def store(job: str, task: Task) -> None:
    """Store the task of a job."""
    db.execute("REPLACE INTO tasks VALUES (?, ?)", [job, json.dumps(task.to_dict())])


def stored() -> dict[str, Task]:
    """Return the stored tasks by job."""
    rows = db.execute("SELECT job, task FROM tasks")
    return {job: Task.from_dict(json.loads(text)) for job, text in rows}


async def finish(job: str, task: Task) -> None:
    """Wait until a task has ended, and store it."""
    [ended] = await app.state.kling.wait_all([task])
    store(job, ended)


async def create(request: Request) -> JSONResponse:
    """Create the task of a job; a repeated request returns the same task, and is not charged."""
    job = request.path_params["job"]
    try:
        task = await app.state.kling.create(
            "text_to_video", await request.json(), external_task_id=job, reuse=True
        )
    except InvalidRequestError as error:
        return JSONResponse({"problems": [str(problem) for problem in error.problems]}, 400)
    store(job, task)
    app.state.waits.append(asyncio.create_task(finish(job, task)))
    return JSONResponse({"ref": task.ref}, 202)


async def show(request: Request) -> JSONResponse:
    """Return the status and the results of a job."""
    task = stored().get(request.path_params["job"])
    if task is None:
        return JSONResponse({"problems": ["this job does not exist"]}, 404)
    urls = [output.url for output in task.outputs]
    return JSONResponse({"ref": task.ref, "status": task.status, "urls": urls})


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """Wait for the unfinished tasks of the last run; at shutdown, leave tasks to the next run."""
    async with AsyncKling() as app.state.kling:
        unfinished = {job: task for job, task in stored().items() if not task.ended}
        app.state.waits = [
            asyncio.create_task(finish(job, task)) for job, task in unfinished.items()
        ]
        yield
        for wait in app.state.waits:
            wait.cancel()


app = Starlette(lifespan=lifespan)
app.add_route("/videos/{job}", create, ["POST"])
app.add_route("/videos/{job}", show, ["GET"])
