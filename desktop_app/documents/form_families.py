"""Families of papers that share fields: all slips, all letters, every paper about one case."""

from __future__ import annotations

from desktop_app.documents import paper_catalogue as forms

SLIPS = (forms.SLIP, forms.SLIP_ANONYMOUS)
NOTICES = (forms.REMINDER, forms.URGE)
SUPERVISION = (forms.SUPERVISION_LETTER, forms.SUPERVISION_SLIP)
TRANSFER = (forms.TRANSFER_LETTER, forms.TRANSFER_REPORT)
LETTERS = (forms.SUPERVISION_LETTER, forms.TRANSFER_LETTER)
"""In the letter form of GB/T 9704 (信函格式)."""
REPORTS = (forms.TRANSFER_REPORT, forms.INSTRUCTION_REPORT)
OF_UNITS = (forms.EXTENSION, forms.RETURN)
"""Filled in by the unit, answered by the office."""
TO_CITIZENS = (forms.REFUSAL, forms.PRIVATE_ANSWER, forms.EXPLANATION)
RECORDS = (forms.INVESTIGATION, forms.FOLLOW_UP)
OF_THE_FILE = (forms.FILE_COVER, forms.FILE_CATALOGUE, forms.FILE_NOTE)

OF_SEVERAL_CASES = (*NOTICES, *SUPERVISION)
OF_ONE_CASE = (
    *SLIPS,
    *TRANSFER,
    *OF_UNITS,
    forms.REWORK,
    *TO_CITIZENS,
    *RECORDS,
    forms.APPROVAL,
    forms.REPLY,
    forms.INSTRUCTION_REPORT,
    forms.DEADLINE_NOTE,
    *OF_THE_FILE,
)
OF_THE_OFFICE = (forms.BULLETIN,)
"""Of no case, or of many: under the office's own name."""
ALL = (*OF_SEVERAL_CASES, *OF_ONE_CASE)
OFFICE_FORMS = tuple(one for one in ALL if one not in (*LETTERS, *REPORTS))
"""On a form of the office's own, under its name."""
