"""Options that several commands of `kling batch` share."""

import click

state_argument = click.argument("jobs_or_state", metavar="JOBS|STATE")
state_option = click.option(
    "--state",
    metavar="PATH|URL",
    help="State of the batch: a SQLite file, or a Postgres database such as "
    "postgresql://USER@HOST/NAME, with its password in PGPASSWORD or ~/.pgpass.  "
    "[default: JOBS with the suffix .sqlite]",
)
batch_option = click.option(
    "--batch",
    "name",
    metavar="NAME",
    help="Name of the batch, if a database contains several.  [default: the name of JOBS]",
)
