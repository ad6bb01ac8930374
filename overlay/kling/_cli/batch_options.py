"""Options that several commands of a batch have."""

import click

state_argument = click.argument("given", metavar="JOBS|STATE")
state_option = click.option(
    "--state",
    metavar="PATH|URL",
    help="The state: a file of SQLite, or a database of Postgres as postgresql://USER@HOST/NAME; "
    "give a password by PGPASSWORD or ~/.pgpass.  [default: JOBS with the suffix .sqlite]",
)
batch_option = click.option(
    "--batch",
    "name",
    metavar="NAME",
    help="The batch, of several in a database.  [default: the name of the table]",
)
