"""How far work has come that goes over all cases several times, as verifying and rebuilding do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.errors import Cancelled

Progress = Callable[[int, int], bool]
"""Called with what is done and what there is; False stops the work."""
Watch = Callable[[int], None]
"""Called within one stage with how many of its own pieces are done; Cancelled where the work is to stop."""


def unwatched(done: int) -> None:
    """Where nobody wants to know."""


@dataclass(frozen=True, slots=True)
class Stages:
    """So many passes over `cases`; whatever a pass counts in, it is told as that share of the cases."""

    progress: Progress | None
    passes: int
    cases: int

    def watch(self, passed: int, pieces: int) -> Watch:
        """What watches the pass after `passed` others, which takes so many pieces."""

        def tell(done: int) -> None:
            share = self.cases * min(done, pieces) // pieces if pieces else self.cases
            at = passed * self.cases + share
            if self.progress is not None and not self.progress(at, self.passes * self.cases):
                raise Cancelled

        return tell
