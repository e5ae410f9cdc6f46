"""Runs the migrations on the connection that `console.central.migrate` hands in."""

from alembic import context

from console.central.people import tables as _people  # noqa: F401 - declares its tables
from console.central.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,  # the caller's transaction is the one
)
context.run_migrations()
