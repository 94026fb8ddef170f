"""What PostgreSQL has beyond tables and indexes: the search index, the journal's guards, the counts kept by triggers,
and the news to other seats. The pair of `sqlite_extras`."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.storage.tables import cases

CHANNEL = "liuyan_changed"
"""On which the server tells what somebody has changed: a table's name, ``office``, or ``events`` and ids of cases."""

_NEVER_CHANGED = ("events", "access_log", "seals", "bulletins")
_TOLD = (
    "attachments",
    "bulletins",
    "drafts",
    "holiday_notices",
    "import_batches",
    "papers",
    "settings",
    "units",
    "users",
)
"""Tables of which others are told by name. Whatever changes a case, and most else, is an event: those are told of
with their cases."""
_CASES_TOLD = 50
"""So many cases in one change are told by number; of more, as of an import, only that cases have changed."""


def _orders() -> Iterator[str]:
    """The indexes of the lists, with the id behind what they are sorted by."""
    for index in sorted(cases.indexes, key=lambda one: str(one.name)):
        names = [column.name for column in index.columns]
        where = index.dialect_options["postgresql"]["where"]
        columns = ", ".join(names if "id" in names else [*names, "id"])
        yield f"CREATE INDEX {index.name} ON cases ({columns}) WHERE {where}"


def _search_table() -> Iterator[str]:
    # Tokens as words, which pack to less than half of a tsvector, and pushed out of the row: the index is asked for
    # them and nobody else, and the rows stay few pages. The cost keeps the planner from reading them row by row.
    yield (
        "CREATE TABLE case_search (case_id bigint PRIMARY KEY, terms text COMPRESSION pglz NOT NULL) "
        "WITH (toast_tuple_target = 128)"
    )
    yield (
        "CREATE FUNCTION search_terms(words text) RETURNS tsvector LANGUAGE plpgsql "
        "IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$ BEGIN RETURN words::tsvector; END $$"
    )


def _search_index() -> Iterator[str]:
    # An act changes five hundred places of the index. A pending list of fifty acts is written in the order of the
    # index: a fifth of the work, for a tenth of a second at every fiftieth act.
    yield (
        "CREATE INDEX ix_case_search_terms ON case_search USING gin (search_terms(terms)) "
        "WITH (fastupdate = on, gin_pending_list_limit = 1024)"
    )
    # How frequent each token is would cost as much to find out as an index, and serve nothing.
    yield "ALTER TABLE case_search ALTER COLUMN terms SET STATISTICS 0"
    yield "ALTER INDEX ix_case_search_terms ALTER COLUMN 1 SET STATISTICS 0"


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


def _presence() -> Iterator[str]:
    # Not logged: who was there before a crash is of no use to anybody (see `presence`).
    yield (
        'CREATE UNLOGGED TABLE presence (seat text COLLATE "C" PRIMARY KEY, "user" text COLLATE "C" NOT NULL, '
        'case_id bigint NOT NULL, doing text COLLATE "C" NOT NULL, since timestamptz NOT NULL, '
        "beat timestamptz NOT NULL)"
    )


def _last_changes() -> Iterator[str]:
    # What a seat asks after an answer was lost (see `server`): the number of the newest change that came over a line.
    yield (
        'CREATE TABLE last_changes (line text COLLATE "C" PRIMARY KEY, number bigint NOT NULL, '
        'day text COLLATE "C" NOT NULL) WITH (fillfactor = 20)'
    )


def _news() -> Iterator[str]:
    yield (
        "CREATE FUNCTION tell_seats() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN PERFORM pg_notify('{CHANNEL}', TG_TABLE_NAME); RETURN NULL; END $$"
    )
    yield f"""
CREATE FUNCTION tell_events() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE
    of_cases bigint; of_office bigint; ids text;
BEGIN
    SELECT count(DISTINCT case_id), count(*) - count(case_id),
        CASE WHEN count(DISTINCT case_id) <= {_CASES_TOLD} THEN string_agg(DISTINCT case_id::text, ' ') END
    INTO of_cases, of_office, ids FROM fresh;
    IF of_cases > 0 THEN PERFORM pg_notify('{CHANNEL}', 'events ' || coalesce(ids, '')); END IF;
    IF of_office > 0 THEN PERFORM pg_notify('{CHANNEL}', 'office'); END IF;
    RETURN NULL;
END $$"""
    yield (
        "CREATE TRIGGER events_told AFTER INSERT ON events REFERENCING NEW TABLE AS fresh "
        "FOR EACH STATEMENT EXECUTE FUNCTION tell_events()"
    )
    for name in _TOLD:
        yield tell_of(name)


def tell_of(table: str) -> str:
    """The trigger that tells other seats of a change in a table."""
    return (
        f"CREATE TRIGGER {table}_told AFTER INSERT OR UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION tell_seats()"
    )


ORDERS = tuple(_orders())
SEARCH_TABLE = tuple(_search_table())
SEARCH_INDEX = tuple(_search_index())
AFTER_ROWS = (*_guards(), *_counts(), *_presence(), *_last_changes(), *_news())
"""What stands in the way of rows that come all at once, which were counted, and told to seats, where they come from."""

SERVER_EXTRAS: tuple[str, ...] = (*ORDERS, *SEARCH_TABLE, *SEARCH_INDEX, *AFTER_ROWS)
"""Statements to run once, after the tables are made."""
