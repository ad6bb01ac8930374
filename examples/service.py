"""A service that makes videos of JSON, keeps its tasks in a database, and resumes after a restart.

Start it with: uvicorn service:app
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


def keep(job: str, task: Task) -> None:
    """Store a task under the name of its job."""
    db.execute("REPLACE INTO tasks VALUES (?, ?)", [job, json.dumps(task.to_dict())])


def kept() -> dict[str, Task]:
    """Return the stored tasks by the names of their jobs."""
    rows = db.execute("SELECT job, task FROM tasks")
    return {job: Task.from_dict(json.loads(text)) for job, text in rows}


async def finish(job: str, task: Task) -> None:
    """Wait until a task has ended, and store it."""
    [ended] = await app.state.kling.wait_all([task])
    keep(job, ended)


async def create(request: Request) -> JSONResponse:
    """Create the task of a job; a job that is sent again is not paid for again."""
    job = request.path_params["job"]
    try:
        task = await app.state.kling.create(
            "text_to_video", await request.json(), external_task_id=job, reuse=True
        )
    except InvalidRequestError as error:
        return JSONResponse({"problems": [str(one) for one in error.problems]}, 400)
    keep(job, task)
    app.state.waits.append(asyncio.create_task(finish(job, task)))
    return JSONResponse({"ref": task.ref}, 202)


async def show(request: Request) -> JSONResponse:
    """Say how far a job is."""
    task = kept().get(request.path_params["job"])
    if task is None:
        return JSONResponse({"problems": ["there is no such job"]}, 404)
    urls = [output.url for output in task.outputs]
    return JSONResponse({"ref": task.ref, "status": task.status, "urls": urls})


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """Wait for what was left behind; what is waited for in the end is left to the next start."""
    async with AsyncKling() as app.state.kling:
        left = {job: task for job, task in kept().items() if not task.ended}
        app.state.waits = [asyncio.create_task(finish(job, task)) for job, task in left.items()]
        yield
        for wait in app.state.waits:
            wait.cancel()


app = Starlette(lifespan=lifespan)
app.add_route("/videos/{job}", create, ["POST"])
app.add_route("/videos/{job}", show, ["GET"])
