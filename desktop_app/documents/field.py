"""What a field of a paper is: its name between `{{` and `}}`, its meaning, and how it behaves on paper."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the papers.

    name: as written in a template, with the list's name in front where it belongs to one (`件.标题`).
    example: what it may say, for the list of fields and for trying a template.
    forms: papers that can fill it; required: those whose template must hold it.
    protected: the citizen's identity (X6, T7.2); kept out of papers without identity.
    paragraphs: free text; where it has a paragraph to itself, each line of the text gets a like paragraph.
    vanishes: when it is empty, the paragraph it stands in is left out.
    line_chars: it must stay on one line that holds so many characters; longer text is drawn narrower.
    """

    name: str
    meaning: str
    example: str
    forms: frozenset[str]
    required: frozenset[str] = frozenset()
    protected: bool = False
    paragraphs: bool = False
    vanishes: bool = False
    line_chars: int | None = None

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
    protected: bool = False,
    paragraphs: bool = False,
    vanishes: bool = False,
    line_chars: int | None = None,
) -> Field:
    """A field of the dictionary. required: those of its papers that cannot do without it."""
    return Field(
        name,
        meaning,
        example,
        frozenset(forms),
        frozenset(required),
        protected,
        paragraphs,
        vanishes,
        line_chars,
    )
