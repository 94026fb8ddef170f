"""文书模板 in words: where each template comes from, what is wrong with it, and the fields it may hold. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.documents.fields import fields_of, required_fields
from desktop_app.documents.office_templates import Checked, TemplateInUse

OWN, SHIPPED = "本单位修改", "随程序"
NOT_CHECKED, SOUND = "", "可以使用"


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field as it is written in a template, what it means, and what must be known of it."""

    written: str
    meaning: str
    note: str


def source_words(template: TemplateInUse) -> str:
    return OWN if template.own else SHIPPED


def checked_words(template: TemplateInUse, checked: bool) -> str:
    if not checked:
        return NOT_CHECKED
    return f"{len(template.faults)} 处有误" if template.faults else SOUND


def fault_lines(template: TemplateInUse) -> list[str]:
    return [str(fault) for fault in template.faults]


def result_words(checked: Checked) -> str:
    """What a check of all came to, for the strip."""
    given = f"{'、'.join(checked.given)}已换成改过的，各席位从现在起都用它。" if checked.given else ""
    if checked.sound:
        return f"{len(checked.templates)} 份模板都可以使用。{given}"
    bad = [one.title for one in checked.templates if one.faults]
    words = [f"{'、'.join(bad)}的模板有误，改好以前不能制作"] if bad else []
    words += [str(fault) for fault in checked.others]
    return "；".join(words) + "。" + given


def field_lines(form: str) -> Sequence[FieldLine]:
    """Those that must stand in the template first."""
    required = set(required_fields(form))
    lines = []
    for name, field in fields_of(form).items():
        marks = (
            (name in required, "必有"),
            (field.group is not None, "表格里逐行重复"),
            (field.paragraphs, "分段"),
            (field.vanishes, "空则略去"),
            (field.protected, "身份"),
        )
        note = "，".join(words for holds, words in marks if holds)
        lines.append(FieldLine(f"{{{{{name}}}}}", field.meaning, note))
    return sorted(lines, key=lambda line: "必有" not in line.note)
