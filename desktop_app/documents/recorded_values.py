"""What is filled into a template, as text to be kept beside the paper, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from desktop_app.documents.template_pieces import Row

Values = dict[str, str | Sequence[Row]]
"""Field → text, list → rows: what `Template.fill` takes."""


def values_text(values: Mapping[str, str | Sequence[Row]]) -> str:
    """The values as JSON, the same text for the same values."""
    plain = {
        name: value if isinstance(value, str) else [dict(row) for row in value]
        for name, value in values.items()
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def values_of(text: str) -> Values:
    """The values that `values_text` wrote down."""
    values: Values = json.loads(text)
    return values
