"""The measurements as one Markdown table, with a verdict where the target is a figure."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from benchmarks.measure import Row

_TARGET = re.compile(
    r"\s*(?P<sign><=|≤|<|>=|≥|>)\s*(?P<figure>[\d.,]+)\s*"
    r"(?P<unit>x\s*faster|×\s*faster|x|×|ms|s\b|/s)",
    re.IGNORECASE,
)


def verdict(row: Row) -> str:
    """``yes``, ``no``, or ``-`` where the target's words do not begin with a comparison and a figure."""
    found = _TARGET.match(row.target)
    if found is None:
        return "-"
    unit = found["unit"].lower().replace("×", "x")
    measured = {
        "x": row.ratio,
        "ms": row.ours * 1000,
        "s": row.ours,
        "/s": 1 / row.ours if row.ours > 0 else math.inf,
    }.get(unit, 1 / row.ratio if row.ratio > 0 else math.nan)
    if math.isnan(measured):
        return "-"
    wanted = float(found["figure"].replace(",", ""))
    met = measured <= wanted if found["sign"] in {"<=", "≤", "<"} else measured >= wanted
    return "yes" if met else "**no**"


def seconds(value: float) -> str:
    """A time for people: µs, ms or s with three figures; ``-`` for none."""
    if value <= 0 or math.isnan(value):
        return "-"
    for unit, scale in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= scale or unit == "µs":
            return f"{value / scale:.3g} {unit}" if value / scale < 1000 else f"{value / scale:,.0f} {unit}"
    raise AssertionError("unreachable")


def markdown(rows: Sequence[Row]) -> str:
    """One table: operation, size, ours, how it grew from the smallest size, peer, ratio, target, met, note."""
    lines = [
        "| operation | size | ours | growth | peer or floor | ratio | target | met? | note |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        begun = first.setdefault((row.operation, row.peer_name), row)
        growth = "" if begun is row or begun.ours <= 0 else f"{row.ours / begun.ours:.3g} ×"
        ratio = "-" if math.isnan(row.ratio) else f"{row.ratio:.3g} ×"
        peer = f"{row.peer_name} {seconds(row.peer)}" if row.peer > 0 else row.peer_name
        cells = (
            row.operation, row.size, seconds(row.ours), growth, peer, ratio, row.target, verdict(row), row.note
        )  # fmt: skip
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)
