"""What each role of an office may do with each table of its database on a server; the server itself holds everybody
to it, whatever program is used. The pair, for rows, of `domain.rights`.

The journal, the access log, seals and bulletins are only ever added to. Case words are read by the casework roles
alone; disposal alone, which is the reviewer's, changes a protected word or takes a file away.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from desktop_app.domain.users import Role
from desktop_app.storage.tables import metadata

READ = "SELECT"
ADD = "SELECT, INSERT"
ADD_UNSEEN = "INSERT"
ADD_AND_MOVE = "SELECT, INSERT, UPDATE"
KEEP = "SELECT, INSERT, UPDATE, DELETE"
ENDS_ONLY = "SELECT (id, hash)"

EVERYBODY: Mapping[str, str] = MappingProxyType(
    {
        "alembic_version": READ,
        "settings": KEEP,  # but see GUARDED_SETTINGS
        "users": READ,
        "units": READ,
        "holiday_notices": READ,
        "office_forms": READ,
        "bulletins": READ,
        "journal_head": ADD_AND_MOVE,
        "events": ADD,
        "protected_words": ADD_UNSEEN,
        "access_log": f"{ADD_UNSEEN}, {ENDS_ONLY}",
        "seals": ADD,
        "last_changes": KEEP,
        "presence": KEEP,
    }
)
"""Of whoever has a login: what an act of any kind writes down, and what stands at the head of every page."""

_CASE_WORDS = tuple(sorted({*metadata.tables, "case_search"} - EVERYBODY.keys()))
"""All that is about cases, or made of them: every table that is not named above."""

_DISPOSED = ("attachments", "attachment_contents")

GRANTS: Mapping[Role, Mapping[str, str]] = MappingProxyType(
    {
        Role.OPERATOR: {
            **dict.fromkeys(_CASE_WORDS, KEEP),
            **dict.fromkeys(_DISPOSED, ADD),
            "protected_words": ADD,
            "access_log": READ,  # to verify it
            "bulletins": ADD,
            "units": KEEP,
            "holiday_notices": KEEP,
        },
        Role.REVIEWER: {
            **dict.fromkeys(_CASE_WORDS, KEEP),
            "import_batches": READ,
            "protected_words": ADD_AND_MOVE,
            "access_log": READ,
            "bulletins": ADD,
        },
        Role.VIEWER: {
            **dict.fromkeys(_CASE_WORDS, READ),
            # Worked out anew from what is there, by whoever looks at figures first; and what one has typed oneself.
            "case_figures": KEEP,
            "drafts": KEEP,
            "protected_words": ADD,
            "access_log": READ,
        },
        Role.ADMINISTRATOR: {"users": KEEP, "units": KEEP, "office_forms": KEEP},
        Role.SECURITY: {"users": KEEP, "access_log": READ},
        Role.AUDITOR: {"access_log": READ},
    }
)

FREE_SETTINGS = (
    "access.waiting",
    "backup.last",
    "calendar.built-in",
    "calendar.edition",
    "import.columns",
    "learned.units_edition",
    "office.code",
    "seals.key",
    "units.edition",
)
"""What anybody's work writes by the way; every other setting is 系统管理员's and 安全保密员's."""

KEPT_SETTINGS = ("seals.key",)
"""Written once, and by nobody again."""
