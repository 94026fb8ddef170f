"""What past cases speak for, in the words of a form. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.gui.form_shapes import Advice
from desktop_app.services.suggestions import Suggestion

_LINKED = 2


def advice(key: str, suggestion: Suggestion | None, stands: str = "") -> Mapping[str, Advice]:
    """Advice for one field; none where nothing is proposed, or the same stands there already."""
    if suggestion is None or suggestion.name == stands:
        return {}
    others = f"；其次是{'、'.join(suggestion.others)}" if suggestion.others else ""
    return {
        key: Advice(
            suggestion.name,
            suggestion.name,
            f"{suggestion.words}{others}",
            suggestion.agreeing[:_LINKED],
        )
    }
