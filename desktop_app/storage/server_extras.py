"""What PostgreSQL has beyond tables and indexes: the search index, the journal's guards, the counts kept by triggers,
and the news to other seats. The pair of `sqlite_extras`."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.storage.tables import metadata

CHANNEL = "liuyan_changed"
"""On which the server tells which tables somebody has changed; once a table and transaction."""

_NEVER_CHANGED = ("events", "access_log", "seals", "bulletins")
_NOT_TOLD = frozenset(("alembic_version", "journal_head", "search_texts", "status_counts", "counters"))
"""What never changes without another table that is told of."""


def _guards() -> Iterator[str]:
    yield (
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%% are never changed or deleted', TG_TABLE_NAME; END $$"
    )
    for table in _NEVER_CHANGED:
        yield (
            f"CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        yield (
            f"CREATE TRIGGER {table}_are_not_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def _counts() -> Iterator[str]:
    yield """
CREATE FUNCTION count_cases() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP <> 'INSERT' THEN
        UPDATE status_counts SET count = count - 1
        WHERE status = OLD.status AND is_open = OLD.is_open AND voided = OLD.voided;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO status_counts (status, is_open, voided, count) VALUES (NEW.status, NEW.is_open, NEW.voided, 1)
        ON CONFLICT (status, is_open, voided) DO UPDATE SET count = status_counts.count + 1;
    END IF;
    RETURN NULL;
END $$"""
    yield "CREATE TRIGGER cases_counted AFTER INSERT OR DELETE ON cases FOR EACH ROW EXECUTE FUNCTION count_cases()"
    yield (
        "CREATE TRIGGER cases_counted_over AFTER UPDATE OF status, is_open, voided ON cases FOR EACH ROW "
        "WHEN ((OLD.status, OLD.is_open, OLD.voided) IS DISTINCT FROM (NEW.status, NEW.is_open, NEW.voided)) "
        "EXECUTE FUNCTION count_cases()"
    )


def _news() -> Iterator[str]:
    yield (
        "CREATE FUNCTION tell_seats() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN PERFORM pg_notify('{CHANNEL}', TG_TABLE_NAME); RETURN NULL; END $$"
    )
    for name in sorted(metadata.tables.keys() - _NOT_TOLD):
        yield tell_of(name)


def tell_of(table: str) -> str:
    """The trigger that tells other seats of a change in a table."""
    return (
        f"CREATE TRIGGER {table}_told AFTER INSERT OR UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION tell_seats()"
    )


SERVER_EXTRAS: tuple[str, ...] = (*_guards(), *_counts(), *_news())
"""Statements to run once, after the tables are made."""
