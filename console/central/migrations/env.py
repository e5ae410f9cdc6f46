"""Runs the migrations on the connection that `console.central.migrate` hands in."""

from alembic import context

from console.central.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,  # the caller's transaction is the one
)
context.run_migrations()
