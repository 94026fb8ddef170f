"""The papers this program can make: their ids, their titles in the office's words, and whether they may name the citizen.

In which states a paper may be made, and under which article, is the regulation's to say (`[[form]]` in its
file); this module only knows what lies in `forms/`.
"""

from __future__ import annotations

from dataclasses import dataclass

SLIP = "slip"
SLIP_ANONYMOUS = "slip-anonymous"
SUPERVISION_LETTER = "supervision-letter"
REMINDER = "reminder"
URGE = "urge"


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of paper; its template is `<form_id>.docx`.

    `identity`: may carry the citizen's name and contact. A template of a paper without it is refused when it
    asks for a protected field.
    """

    form_id: str
    title: str
    identity: bool

    @property
    def file_name(self) -> str:
        """Name of the template, in the shipped folder and in the office's own."""
        return f"{self.form_id}.docx"


PAPERS: dict[str, Paper] = {
    paper.form_id: paper
    for paper in (
        Paper(SLIP, "承办单", identity=True),
        Paper(SLIP_ANONYMOUS, "承办单（隐去网民身份）", identity=False),
        Paper(SUPERVISION_LETTER, "督办函", identity=False),
        Paper(REMINDER, "提醒单", identity=False),
        Paper(URGE, "催办单", identity=False),
    )
}
