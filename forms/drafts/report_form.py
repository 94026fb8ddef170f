"""The kit of reports upward: the text block and signature of GB/T 9704-2012, numbered from the first page.

Without a red head: an office that puts one over its reports prints on its own headed paper.
"""

from __future__ import annotations

from official_text import BODY, empty, page_numbers, page_section, title
from package import Draft


def report(file: str, name: str, text: str) -> Draft:
    """A report. text: from the addressee on."""
    body = empty() + title("{{报告标题}}") + text
    return Draft(
        file,
        name,
        body,
        page_section(first_page=True),
        BODY,
        page_numbers(first_page=True),
        even_and_odd=True,
    )
