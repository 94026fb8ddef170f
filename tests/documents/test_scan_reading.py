"""Scanned files of every kind: their pages, their codes, and some of their pages as a file of its own."""

from __future__ import annotations

import io
import os
import random
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.documents import scan_reading
from desktop_app.documents.codes import code_picture
from desktop_app.documents.scan_reading import codes_by_page, opened_scan
from desktop_app.domain.paper_codes import PaperCode
from desktop_app.errors import BadData
from tests.documents.scan_samples import KINDS, save, scanned

CODES = tuple(str(PaperCode("483920", f"2026-{one:04d}", "slip", one)) for one in (1, 2, 3))


def sheet(code: str = "", dpi: int = 150) -> Image.Image:
    """An A4 page with a code where slips have it, and some lines of ink."""
    page = Image.new("RGB", (round(210 / 25.4 * dpi), round(297 / 25.4 * dpi)), "white")
    if code:
        drawn = Image.open(io.BytesIO(code_picture(code))).convert("RGB").resize((dpi, dpi))
        page.paste(drawn, (round(164.6 / 25.4 * dpi), round(6 / 25.4 * dpi)))
    for line in range(30):
        page.paste((30, 30, 30), (dpi, dpi * 2 + line * 40, dpi * 7, dpi * 2 + line * 40 + 4))
    return page


def codes_of(file: Path) -> tuple[tuple[str, ...], ...]:
    with opened_scan(file) as scan:
        return codes_by_page(scan)


@pytest.mark.parametrize("kind", KINDS)
def test_a_scan_of_any_kind_tells_its_code(tmp_path: Path, kind: str) -> None:
    chance = random.Random(kind)
    file = save([scanned(sheet(CODES[0]), chance)], tmp_path, "one", kind, chance)
    assert codes_of(file) == ((CODES[0],),)


@pytest.mark.parametrize("kind", ["tif", "fax.tif", "pdf", "grey.pdf"])
def test_each_page_of_many_tells_its_own(tmp_path: Path, kind: str) -> None:
    chance = random.Random(3)
    pages = [scanned(sheet(code), chance) for code in (CODES[0], "", CODES[1])]
    file = save(pages, tmp_path, "many", kind, chance)
    assert codes_of(file) == ((CODES[0],), (), (CODES[1],))


@pytest.mark.parametrize("kind", ["jpg", "grey.pdf"])
def test_a_seal_on_the_code_is_looked_through(tmp_path: Path, kind: str) -> None:
    for seed in range(4):
        chance = random.Random(seed)
        file = save([scanned(sheet(CODES[0], 200), chance, sealed=True)], tmp_path, f"{seed}", kind, chance)
        assert codes_of(file) == ((CODES[0],),)


def test_a_fax_whose_code_is_all_seal_is_never_read_as_another(tmp_path: Path) -> None:
    for seed in range(6):
        chance = random.Random(seed)
        file = save([scanned(sheet(CODES[0]), chance, sealed=True)], tmp_path, f"{seed}", "fax.tif", chance)
        assert codes_of(file) in ((("unreadable",),), ((),), ((CODES[0],),))


@pytest.mark.parametrize("kind", ["pdf", "tif", "fax.tif"])
def test_some_pages_make_a_file_of_their_own_and_always_the_same(tmp_path: Path, kind: str) -> None:
    chance = random.Random(5)
    file = save([sheet(code) for code in CODES], tmp_path, "many", kind, chance)
    with opened_scan(file) as scan:
        part = scan.part(2, 3)
        assert part == scan.part(2, 3) != scan.part(1, 2)
        assert scan.data == file.read_bytes()
    alone = tmp_path / f"part{file.suffix}"
    alone.write_bytes(part)
    assert codes_of(alone) == ((CODES[1],), (CODES[2],))


def test_a_page_is_drawn_as_large_as_is_asked_for(tmp_path: Path) -> None:
    chance = random.Random(1)
    for kind in ("pdf", "png"):
        with opened_scan(save([sheet()], tmp_path, "one", kind, chance)) as scan:
            picture = scan.picture(1, 160)
            assert (picture.height, abs(picture.width - 113) <= 1) == (160, True)
            assert len(picture.pixels) == picture.width * picture.height * 3


def test_a_photograph_taken_upright_is_shown_upright(tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    turned = Image.Exif()
    turned[0x0112] = 6
    sheet(CODES[0]).rotate(90, expand=True).save(file, exif=turned)
    with opened_scan(file) as scan:
        assert scan.picture(1, 400).height == 400


def test_what_shows_through_is_white(tmp_path: Path) -> None:
    file = tmp_path / "seen-through.png"
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(file)
    with opened_scan(file) as scan:
        assert scan.picture(1, 40).pixels == b"\xff" * (40 * 40 * 3)


@pytest.mark.parametrize("name", ["空.pdf", "空.jpg", "空.png", "空.tiff"])
@pytest.mark.parametrize("content", [b"", b"not a scan", b"\x89PNG\r\n\x1a\n" + bytes(30)])
def test_what_is_no_scan_says_so(tmp_path: Path, name: str, content: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(BadData) as caught:
        codes_of(file)
    assert name in caught.value.message


def test_a_picture_that_was_cut_off_says_so(tmp_path: Path) -> None:
    file = tmp_path / "半张.jpg"
    sheet(CODES[0]).save(file)
    file.write_bytes(file.read_bytes()[:4000])
    with pytest.raises(BadData, match="可能没有传完"):
        codes_of(file)


def test_a_picture_named_as_another_kind_is_read_as_what_it_is(tmp_path: Path) -> None:
    file = tmp_path / "named.png"
    sheet(CODES[0]).save(file, "JPEG")
    assert codes_of(file) == ((CODES[0],),)


def test_other_kinds_of_pictures_are_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "named.png"
    sheet().save(file, "BMP")
    with pytest.raises(BadData, match="不是可读的"):
        codes_of(file)


def test_what_is_too_large_is_told_and_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "one.png"
    sheet().save(file)
    with monkeypatch.context() as limits:
        limits.setattr(scan_reading, "_MOST_PIXELS", 1000)
        with pytest.raises(BadData, match="第 1 页：图片过大"):
            codes_of(file)
    monkeypatch.setattr(scan_reading, "LARGEST", 1024**2)
    os.truncate(file, 1024**2 + 1)
    with pytest.raises(BadData, match="超过 1 MB"):
        codes_of(file)


def test_a_file_that_has_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="打不开"):
        codes_of(tmp_path / "none.pdf")
