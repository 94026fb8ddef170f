"""The picture of a code: drawn as another library draws it, and found again however it lies on a page."""

from __future__ import annotations

import io
import random

import pytest
import segno
from hypothesis import assume, given, settings
from PIL import Image, ImageFilter

from desktop_app.documents import codes
from desktop_app.documents.codes import code_picture, codes_in
from desktop_app.documents.pdf_pages import PageImage
from desktop_app.domain.paper_codes import PaperCode
from tests.domain.test_paper_codes import CODE, TEXT
from tests.domain.test_paper_codes import codes as any_code

_LONGEST = str(PaperCode("999999", "9999-999999999", "slip", 999_999_999_999))


def picture(text: str) -> Image.Image:
    return Image.open(io.BytesIO(code_picture(text)))


def read(page: Image.Image) -> tuple[str, ...]:
    return codes_in(PageImage(page.width, page.height, page.convert("RGB").tobytes()))


def page_with(*texts: str, side: int = 200) -> Image.Image:
    """An A4 page at 200 dots an inch with the codes in its corners."""
    page = Image.new("L", (1654, 2339), 255)
    for text, place in zip(texts, [(1300, 50), (100, 50), (100, 2000)], strict=False):
        page.paste(picture(text).convert("L").resize((side, side), Image.Resampling.BILINEAR), place)
    return page


@settings(deadline=None, max_examples=30)
@given(any_code)
def test_it_is_the_symbol_of_the_standard_as_another_library_draws_it(code: PaperCode) -> None:
    # Where the bits happen to end on a whole byte, segno puts a byte of zeros before the padding.
    assume(len(str(code)) != 26)
    image = picture(str(code))
    symbol = segno.make(str(code), version=3, error="q", mask=1, micro=False, boost_error=False)
    side = image.width // codes.MODULES
    drawn = [
        [
            image.getpixel((int((x + 4.5) * side), int((y + 4.5) * side))) == 0
            for x in range(codes.SYMBOL_MODULES)
        ]
        for y in range(codes.SYMBOL_MODULES)
    ]
    assert drawn == [[bool(module) for module in row] for row in symbol.matrix]


@settings(deadline=None, max_examples=30)
@given(any_code)
def test_every_code_is_read_off_its_picture(code: PaperCode) -> None:
    assert read(picture(str(code))) == (str(code),)


def test_the_longest_code_goes_in() -> None:
    assert read(picture(_LONGEST)) == (_LONGEST,)


def test_the_picture_is_black_on_white_with_its_quiet_zone_and_always_of_one_size() -> None:
    image = picture(TEXT)
    assert (image.mode, image.size) == ("1", (296, 296))
    assert picture(_LONGEST).size == picture("").size == image.size
    inner = image.crop((32, 32, 264, 264))
    frame = image.convert("L")
    frame.paste(255, (32, 32, 264, 264))
    assert frame.getextrema() == (255, 255)
    assert inner.getpixel((0, 0)) == inner.getpixel((231, 0)) == inner.getpixel((0, 231)) == 0


def test_the_same_code_gives_the_same_bytes() -> None:
    assert code_picture(TEXT) == code_picture(str(CODE))
    assert code_picture(TEXT) != code_picture(_LONGEST)


def test_without_a_code_the_place_is_white() -> None:
    assert picture("").getextrema() == (255, 255)


@pytest.mark.parametrize("turn", [0, 90, 180, 270, 2, -2, 45])
def test_a_page_may_lie_in_any_way(turn: int) -> None:
    assert read(page_with(TEXT).rotate(turn, expand=True, fillcolor=255)) == (TEXT,)


def test_a_grey_unsharp_spotted_page_is_read() -> None:
    page = page_with(TEXT).filter(ImageFilter.GaussianBlur(1.5))
    chance = random.Random(7)
    pixels = page.load()
    assert pixels is not None
    for _ in range(100_000):
        pixels[chance.randrange(page.width), chance.randrange(page.height)] = chance.randrange(256)
    pale = page.point([80 + level * 120 // 255 for level in range(256)])
    jpeg = io.BytesIO()
    pale.save(jpeg, "JPEG", quality=40)
    assert read(Image.open(jpeg)) == (TEXT,)


def test_a_code_that_is_partly_stamped_over_is_read() -> None:
    page = page_with(TEXT)
    page.paste(0, (1385, 130, 1425, 160))
    assert read(page) == (TEXT,)


def test_all_codes_of_a_page_are_found_each_once() -> None:
    assert set(read(page_with(TEXT, _LONGEST, TEXT))) == {TEXT, _LONGEST}


def test_other_peoples_codes_are_passed_over() -> None:
    page = page_with(TEXT)
    other = io.BytesIO()
    segno.make("https://liuyan.people.com.cn/", error="q").save(other, kind="png", scale=6)
    page.paste(Image.open(other).convert("L"), (100, 1000))
    assert read(page) == (TEXT,)


def test_an_empty_page_holds_no_code() -> None:
    assert read(Image.new("L", (1654, 2339), 255)) == ()
