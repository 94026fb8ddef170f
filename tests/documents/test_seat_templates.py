"""Templates that all seats of an office share: changed at one seat, used at every other, never lost to one another."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from desktop_app.documents.office_templates import (
    check,
    copy_to_change,
    sample_paper,
    templates_in_use,
)
from desktop_app.documents.own_templates import own_folder
from desktop_app.documents.paper_catalogue import TEMPLATES
from desktop_app.errors import Refusal
from desktop_app.services import office
from desktop_app.services.session import Session
from desktop_app.storage.server_address import read_address, write_address
from tests.cli.offices import FIRST, PASSWORD, USERS, T, make_template

pytestmark = pytest.mark.server_only("a file's office has one folder of templates, and one seat")

FORM = "slip"
NAME = TEMPLATES[FORM].file_name
TITLE = "人民网地方领导留言板咨询事项承办单"


@pytest.fixture
def seats(tmp_path: Path) -> Iterator[tuple[Session, Session]]:
    """Two seats of one office, the same administrator before each."""
    make_template(tmp_path / "one", T)
    address = read_address(tmp_path / "one")
    assert address is not None
    write_address(tmp_path / "two", address)
    one, two = (office.enter(tmp_path / name, FIRST, PASSWORD) for name in ("one", "two"))
    yield one, two
    one.close()
    two.close()


def _change(session: Session, words: str, form: str = FORM) -> None:
    """As in the office suite: words are added at the end."""
    path = own_folder(session) / TEMPLATES[form].file_name
    document = docx.Document(str(path))
    document.add_paragraph(words)
    document.save(str(path))


def _sample(session: Session, form: str = FORM) -> str:
    document = docx.Document(io.BytesIO(sample_paper(session, form)))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_a_change_is_every_seat_s_once_it_was_checked(seats: tuple[Session, Session]) -> None:
    one, two = seats
    copy_to_change(one, FORM)
    _change(one, "附：注意事项")
    assert "附：注意事项" not in _sample(one) + _sample(two)
    checked = check(one)
    assert checked.sound and checked.given == (TITLE,)
    assert "附：注意事项" in _sample(one) and "附：注意事项" in _sample(two)
    (there,) = (found for found in templates_in_use(two) if found.form == FORM)
    assert there.own and there.file == own_folder(two) / NAME
    assert there.file.read_bytes() == (own_folder(one) / NAME).read_bytes()
    assert check(one).given == () and check(two).given == ()
    with one.read() as work:
        last = work.journal.last()
        assert last is not None
        event = work.journal.get(last[0])
    assert event is not None and (event.action, event.keys["file"]) == ("change-template", NAME)


def test_a_copy_that_nobody_changed_follows_the_others(seats: tuple[Session, Session]) -> None:
    one, two = seats
    copy_to_change(one, FORM)
    copy_to_change(two, FORM)
    _change(one, "第一版")
    check(one)
    assert check(two).given == ()
    assert (own_folder(two) / NAME).read_bytes() == (own_folder(one) / NAME).read_bytes()
    _change(two, "第二版")
    assert check(two).given == (TITLE,)
    check(one)
    assert "第一版" in _sample(one) and "第二版" in _sample(one)


def test_two_seats_that_changed_the_same_lose_nothing(seats: tuple[Session, Session]) -> None:
    one, two = seats
    copy_to_change(one, FORM)
    copy_to_change(two, FORM)
    _change(one, "一席改的")
    _change(two, "二席改的")
    check(one)
    refused = check(two)
    assert not refused.sound and "另一个席位也改过" in str(refused.others[0])
    assert "二席改的" not in _sample(two)
    # As told: set aside what was changed, and change the new one.
    shutil.move(own_folder(two) / NAME, own_folder(two).parent / "kept.docx")
    check(two)
    _change(two, "二席改的")
    assert check(two).given == (TITLE,)
    assert "一席改的" in _sample(one) and "二席改的" in _sample(one)


def test_what_has_faults_stays_at_its_seat(seats: tuple[Session, Session]) -> None:
    one, two = seats
    copy_to_change(one, FORM)
    _change(one, "{{没有这个字段}}")
    checked = check(one)
    assert not checked.sound and checked.given == ()
    assert _sample(one) == _sample(two)


def test_only_who_keeps_the_office_gives_one_to_all(seats: tuple[Session, Session], tmp_path: Path) -> None:
    seats[1].close()
    two = office.enter(tmp_path / "two", next(iter(USERS)), PASSWORD)
    copy_to_change(two, FORM)
    _change(two, "经办改的")
    checked = check(two)
    two.close()
    assert "系统管理员" in str(checked.others[0])
    assert "经办改的" not in _sample(seats[0])


def test_a_template_of_the_office_is_not_copied_over(seats: tuple[Session, Session]) -> None:
    one, two = seats
    copy_to_change(one, FORM)
    _change(one, "改过")
    check(one)
    with pytest.raises(Refusal):
        copy_to_change(two, FORM)
