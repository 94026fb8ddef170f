"""Names that any disc can carry."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.documents.archive.file_names import LONGEST, free, is_portable, portable


@given(st.text())
def test_whatever_a_file_was_called_its_name_is_fit(name: str) -> None:
    fit = portable(name)
    assert fit and len(fit) <= LONGEST
    assert not set(fit) & set('<>:"/\\|?*\0\n')
    assert not fit.startswith((".", " ")) and not fit.endswith((".", " "))
    assert is_portable(fit)


def test_names_that_windows_keeps_for_itself_are_changed() -> None:
    for name in ("CON", "nul.txt", "Com1.pdf", "lpt9"):
        assert portable(name) != name
    assert portable("CONTRACT.pdf") == "CONTRACT.pdf"


def test_nothing_leads_out_of_the_folder() -> None:
    assert portable("../../etc/passwd") == "etcpasswd"
    assert portable("..") == portable("") == "文件"


def test_a_long_name_keeps_its_ending() -> None:
    assert portable("长" * 200 + ".pdf") == "长" * (LONGEST - 4) + ".pdf"


def test_two_files_of_one_name_are_told_apart_without_regard_to_case() -> None:
    taken: set[str] = set()
    assert [free(name, taken) for name in ("回执.PDF", "回执.pdf", "回执.pdf")] == [
        "回执.PDF",
        "回执（2）.pdf",
        "回执（3）.pdf",
    ]
