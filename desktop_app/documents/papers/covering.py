"""The one way from what is recorded to what is printed: the words of each field covered as the field says (X 第六条).

Every value of a paper goes through here, in `registry.values_for`, so that no module that makes values can forget it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop_app.documents.field import Cover
from desktop_app.documents.fields import FIELDS
from desktop_app.documents.paper_catalogue import PAPERS
from desktop_app.documents.recorded_values import Values
from desktop_app.documents.template_pieces import Row
from desktop_app.domain.privacy import find_protected, mask_text
from desktop_app.services.papers import PaperSource

_AS_IT_IS = frozenset((Cover.FACT, Cover.PUBLIC, Cover.IDENTITY))


def covered_values(source: PaperSource, values: Values) -> Values:
    """The values as this paper may show them; as they are where it may name the citizen."""
    if PAPERS[source.form.form].identity:
        return values
    return {name: _covered(source, name, value) for name, value in values.items()}


def cover(source: PaperSource, kind: Cover) -> Callable[[str], str]:
    """How words of that kind are printed on this paper, which may speak of several citizens' cases."""
    if kind in _AS_IT_IS or PAPERS[source.form.form].identity:
        return lambda words: words
    cases = source.together
    permitted = tuple({phone for one in cases for phone in permitted_telephones(one)})

    def covered(words: str) -> str:
        for one in cases:
            hits = find_protected(words, one.message.citizen, permitted)
            words = mask_text(words, [hit for hit in hits if kind is Cover.WORDS or hit.kind != "landline"])
        return words

    return covered


def permitted_telephones(source: PaperSource) -> tuple[str, ...]:
    """Of the office, the unit and its handler: T 第十二条 wants them told."""
    reply = source.case.reply_in
    phones = [source.office.phone, *([reply.phone] if reply is not None else [])]
    phones += [source.unit.phone] if source.unit is not None else []
    return tuple(phone for phone in phones if phone)


def _covered(source: PaperSource, name: str, value: str | Sequence[Row]) -> str | Sequence[Row]:
    if isinstance(value, str):
        return cover(source, FIELDS[name].cover)(value)
    return [
        {key: cover(source, FIELDS[f"{name}.{key}"].cover)(words) for key, words in row.items()}
        for row in value
    ]
