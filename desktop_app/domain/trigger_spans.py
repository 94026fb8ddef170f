"""What a trigger of an open item is: it looks at a situation and says since when and until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop_app.domain.regulation import OpenItemRule
from desktop_app.domain.situation import Situation

Span = tuple[date, date | None]
"""Since when an item is open, and the day by which it should be done, where one is known."""

Trigger = Callable[[Situation, OpenItemRule], Span | None]
