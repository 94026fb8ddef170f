"""What Alembic runs: the migrations, on the connection that `storage.migrate` has opened and begun."""

from __future__ import annotations

from alembic import context

from desktop_app.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
