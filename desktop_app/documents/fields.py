"""The one dictionary of fields: what may stand between `{{` and `}}` in a template, and what it means.

An office that edits its own copy of a template may use any field listed here for that paper, in any place and
as often as it likes. Fields of a list stand in a table row and are written with the list's name: `{{件.标题}}`;
the row is repeated for each member of the list. For the office: docs/paper-fields.md.
"""

from __future__ import annotations

from desktop_app.documents.field import Field
from desktop_app.documents.fields_of_answers import (
    APPROVAL_FIELDS,
    EXPLANATION_FIELDS,
    FOLLOW_UP_FIELDS,
    INVESTIGATION_FIELDS,
    PRIVATE_FIELDS,
    REFUSAL_FIELDS,
    REPLY_FIELDS,
)
from desktop_app.documents.fields_of_bulletins import BULLETIN_FIELDS
from desktop_app.documents.fields_of_cases import CASES, CODE, EVERY_PAPER, ONE_CASE, SEVERAL_CASES
from desktop_app.documents.fields_of_files import DEADLINE_FIELDS, FILE_FIELDS
from desktop_app.documents.fields_of_letters import (
    LETTER_FIELDS,
    NOTICE_FIELDS,
    REPORT_FIELDS,
    TRANSFER_FIELDS,
)
from desktop_app.documents.fields_of_units import (
    EXTENSION_FIELDS,
    RETURN_FIELDS,
    REWORK_FIELDS,
    SLIP_FIELDS,
)

__all__ = ["CASES", "CODE", "FIELDS", "Field", "fields_of", "required_fields"]

FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        *EVERY_PAPER,
        *ONE_CASE,
        *SEVERAL_CASES,
        *SLIP_FIELDS,
        *LETTER_FIELDS,
        *NOTICE_FIELDS,
        *TRANSFER_FIELDS,
        *EXTENSION_FIELDS,
        *RETURN_FIELDS,
        *REWORK_FIELDS,
        *REFUSAL_FIELDS,
        *PRIVATE_FIELDS,
        *EXPLANATION_FIELDS,
        *INVESTIGATION_FIELDS,
        *APPROVAL_FIELDS,
        *REPLY_FIELDS,
        *FOLLOW_UP_FIELDS,
        *REPORT_FIELDS,
        *DEADLINE_FIELDS,
        *FILE_FIELDS,
        *BULLETIN_FIELDS,
    )
}
"""Every field by its name."""


def fields_of(form_id: str) -> dict[str, Field]:
    """The fields a template of this paper may hold, by name."""
    return {name: field for name, field in FIELDS.items() if form_id in field.forms}


def required_fields(form_id: str) -> tuple[str, ...]:
    """The fields a template of this paper must hold, in the dictionary's order."""
    return tuple(name for name, field in FIELDS.items() if form_id in field.required)
