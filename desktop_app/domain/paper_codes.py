"""The code printed on a paper, by which its scan, its reply and a scanner's beep find the case again.

`483920-2026-0312-01-1187-76`: the office, the register number, the form, the event the paper rests on, two check
digits. Digits and hyphens alone, because a scanner types them as a keyboard does, and a Chinese input method
that happens to be on lets these through. Nothing of the citizen stands in it. Why so: docs/adr/014.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.domain.numbering import RegisterNumber, without_dress

FORM_NUMBERS = {
    "slip": 1,
    "slip-anonymous": 2,
    "supervision-letter": 3,
    "supervision-slip": 4,
    "reminder": 5,
    "urge": 6,
    "transfer-letter": 7,
    "transfer-report": 8,
    "extension": 9,
    "return": 10,
    "rework": 11,
    "refusal": 12,
    "private-answer": 13,
    "investigation": 14,
    "explanation": 15,
    "approval": 16,
    "reply": 17,
    "instruction-report": 18,
    "follow-up": 19,
    "deadline-note": 20,
    "bulletin": 21,
    "file-cover": 22,
    "file-catalogue": 23,
    "file-note": 24,
}
"""What stands for a form in a code. Papers are out with these numbers: never change one, give a new form a new one."""

_FORMS = {number: form for form, number in FORM_NUMBERS.items()}
_OFFICE_DIGITS = 6
_CODE = r"[0-9]{6}-[0-9]{4}-[0-9]{4,9}-[0-9]{2}-[0-9]{1,12}-[0-9]{2}"
_WHOLE = re.compile(_CODE)
_WITHIN = re.compile(rf"(?<![0-9-]){_CODE}(?![0-9-])")


@dataclass(frozen=True, slots=True)
class PaperCode:
    """What a code says. form: empty for one this version does not know; event: 0 where the paper rests on none."""

    office: str
    number: str
    form: str
    event: int

    def __str__(self) -> str:
        body = f"{self.office}-{self.number}-{FORM_NUMBERS[self.form]:02d}-{self.event}"
        return f"{body}-{_check_digits(body)}"


def office_code_of(chance: int) -> str:
    """The digits by which an office knows its own papers, of any number drawn by chance."""
    least = 10 ** (_OFFICE_DIGITS - 1)
    return str(least + chance % (9 * least))


def looks_like_code(text: str) -> bool:
    """Whether a text has the shape of a code, right or misread."""
    return _WHOLE.fullmatch(without_dress(text)) is not None


def read_code(text: str) -> PaperCode | None:
    """The code that was scanned or typed, in any width of characters; None where it is none, or misread."""
    plain = without_dress(text)
    if _WHOLE.fullmatch(plain) is None:
        return None
    body, _, check = plain.rpartition("-")
    office, year, serial, form, event = body.split("-")
    if check != _check_digits(body) or int(serial) < 1 or int(year) < 1000:
        return None
    number = str(RegisterNumber(int(year), int(serial)))
    # A serial or an event written with further zeros is no code of ours, though its check digits may come out right.
    if f"{office}-{number}-{form}-{int(event)}" != body:
        return None
    return PaperCode(office, number, _FORMS.get(int(form), ""), int(event))


def codes_within(text: str) -> tuple[str, ...]:
    """Everything of the shape of a code that stands in a longer text, each once, in order."""
    return tuple(dict.fromkeys(found[0] for found in _WITHIN.finditer(without_dress(text, spaces=True))))


def _check_digits(body: str) -> str:
    """ISO 7064, MOD 97-10: finds every single wrong digit and every exchange of two neighbours."""
    return f"{98 - int(body.replace('-', '')) * 100 % 97:02d}"
