"""What a change or a job has changed, as every page is told of it."""

from __future__ import annotations

from dataclasses import dataclass

ALL_KINDS = frozenset(("cases", "units", "settings", "batches"))


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed: kinds of `cases`, `units`, `settings`, `batches`; `numbers` of the cases, empty for any."""

    kinds: frozenset[str]
    numbers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, *kinds: str, numbers: frozenset[str] = frozenset()) -> Changes:
        return cls(frozenset(kinds), numbers)

    def touches(self, number: str) -> bool:
        """Whether the case of that number may have changed."""
        return "cases" in self.kinds and (not self.numbers or number in self.numbers)
