"""What SQLite has beyond tables and indexes: the search index, the journal's guards, the counts kept by triggers."""

from __future__ import annotations

SQLITE_EXTRAS: tuple[str, ...] = (
    # Tokens are bigrams of our own (see search_index), so nothing but presence is kept of them.
    "CREATE VIRTUAL TABLE case_search USING fts5"
    "(terms, content='', contentless_delete=1, detail='none', tokenize='ascii')",
    "CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events "
    "BEGIN SELECT RAISE(ABORT, 'events are never changed'); END",
    "CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events "
    "BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END",
    "CREATE TRIGGER access_log_is_not_changed BEFORE UPDATE ON access_log "
    "BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END",
    "CREATE TRIGGER access_log_is_not_deleted BEFORE DELETE ON access_log "
    "BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END",
    "CREATE TRIGGER seals_are_not_changed BEFORE UPDATE ON seals "
    "BEGIN SELECT RAISE(ABORT, 'seals are never changed'); END",
    "CREATE TRIGGER seals_are_not_deleted BEFORE DELETE ON seals "
    "BEGIN SELECT RAISE(ABORT, 'seals are never deleted'); END",
    "CREATE TRIGGER bulletins_are_not_changed BEFORE UPDATE ON bulletins "
    "BEGIN SELECT RAISE(ABORT, 'bulletins are never changed'); END",
    "CREATE TRIGGER bulletins_are_not_deleted BEFORE DELETE ON bulletins "
    "BEGIN SELECT RAISE(ABORT, 'bulletins are never deleted'); END",
    "CREATE TRIGGER cases_counted_in AFTER INSERT ON cases BEGIN "
    "INSERT INTO status_counts (status, is_open, voided, count) VALUES (NEW.status, NEW.is_open, NEW.voided, 1) "
    "ON CONFLICT (status, is_open, voided) DO UPDATE SET count = count + 1; END",
    "CREATE TRIGGER cases_counted_out AFTER DELETE ON cases BEGIN "
    "UPDATE status_counts SET count = count - 1 "
    "WHERE status = OLD.status AND is_open = OLD.is_open AND voided = OLD.voided; END",
    "CREATE TRIGGER cases_counted_over AFTER UPDATE OF status, is_open, voided ON cases BEGIN "
    "UPDATE status_counts SET count = count - 1 "
    "WHERE status = OLD.status AND is_open = OLD.is_open AND voided = OLD.voided; "
    "INSERT INTO status_counts (status, is_open, voided, count) VALUES (NEW.status, NEW.is_open, NEW.voided, 1) "
    "ON CONFLICT (status, is_open, voided) DO UPDATE SET count = count + 1; END",
)
"""Statements to run once, after the tables are made."""
