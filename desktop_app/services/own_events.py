"""The events that one seat has recorded itself: what it did is no news to it, under whatever name it was done."""

from __future__ import annotations

from collections.abc import Iterable


class OwnEvents:
    """Numbers of events, kept as spans. Added to by whichever thread records, asked by any."""

    def __init__(self) -> None:
        self._spans: list[range] = []

    def add(self, span: range) -> None:
        """The events of one transaction, which bear numbers in a row; an empty span is passed over."""
        if not span:
            return
        if self._spans and self._spans[-1].stop == span.start:
            self._spans[-1] = range(self._spans[-1].start, span.stop)
        else:
            self._spans.append(span)

    def add_all(self, spans: Iterable[range]) -> None:
        """What a process of its own recorded for this seat."""
        for span in spans:
            self.add(span)

    @property
    def spans(self) -> tuple[range, ...]:
        return tuple(self._spans)

    def __contains__(self, event: int) -> bool:
        return any(event in span for span in reversed(self._spans))
