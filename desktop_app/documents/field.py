"""What a field of a paper is: its name between `{{` and `}}`, its meaning, and how it behaves on paper."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial


class Cover(StrEnum):
    """What a paper that goes to third parties does with the words of a field before they are printed."""

    WORDS = "遮盖"
    """What citizen, unit or office said or typed: whatever is protected in it is covered; the telephones of the
    unit, its handler and the office stay (T 第十二条)."""
    OWN_WORDS = "遮盖，固定电话除外"
    """What the office itself wrote in its letter: other numbers in it are its own."""
    PUBLIC = "公开前已逐条核对"
    """Looked at word by word before it went public; printed to the letter."""
    FACT = "程序生成"
    """Dates, numbers, names of units, texts of the regulation: nothing that anybody typed freely."""
    IDENTITY = "身份"
    """The citizen's identity; papers without it have no such field."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the papers.

    name: as written in a template, with the list's name in front where it belongs to one (`件.标题`).
    example: what it may say, for the list of fields and for trying a template.
    forms: papers that can fill it; required: those whose template must hold it.
    cover: what is done with its words on a paper without identity (X6, T7.2).
    paragraphs: free text; where it has a paragraph to itself, each line of the text gets a like paragraph.
    vanishes: when it is empty, the paragraph it stands in is left out.
    line_chars: it must stay on one line that holds so many characters; longer text is drawn narrower.
    picture: it stands as the alternative text of a picture, which is drawn anew; its value is a PNG in base64.
    """

    name: str
    meaning: str
    example: str
    forms: frozenset[str]
    required: frozenset[str] = frozenset()
    cover: Cover = Cover.WORDS
    paragraphs: bool = False
    vanishes: bool = False
    line_chars: int | None = None
    picture: bool = False

    @property
    def protected(self) -> bool:
        """Whether it says who the citizen is."""
        return self.cover is Cover.IDENTITY

    @property
    def group(self) -> str | None:
        """The list it belongs to, or None."""
        head, dot, _ = self.name.partition(".")
        return head if dot else None


def field(
    name: str,
    meaning: str,
    example: str,
    forms: tuple[str, ...],
    required: tuple[str, ...] = (),
    *,
    cover: Cover = Cover.WORDS,
    paragraphs: bool = False,
    vanishes: bool = False,
    line_chars: int | None = None,
    picture: bool = False,
) -> Field:
    """A field of the dictionary. required: those of its papers that cannot do without it."""
    return Field(
        name,
        meaning,
        example,
        frozenset(forms),
        frozenset(required),
        cover,
        paragraphs,
        vanishes,
        line_chars,
        picture,
    )


fact = partial(field, cover=Cover.FACT)
own_words = partial(field, cover=Cover.OWN_WORDS)
public = partial(field, cover=Cover.PUBLIC)
identity = partial(field, cover=Cover.IDENTITY)
