"""Drawn pages made to look scanned: turned, askew, grey, noisy, stamped, written on, packed as offices pack them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

KINDS = ("jpg", "png", "tif", "fax.tif", "pdf", "grey.pdf")
"""What scanners of offices write; a fax is black and white, CCITT group 4."""


def scanned(page: Image.Image, chance: random.Random, *, sealed: bool = False) -> Image.Image:
    """One page as it comes off a scanner; the same chance gives the same page. sealed: a seal was put on the code."""
    image = _written_on(page.convert("RGB"), chance, sealed)
    turn = chance.choice((0, 0, 0, 90, 180, 270)) + chance.uniform(-2, 2)
    image = image.rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor=(250, 250, 248))
    image = image.filter(ImageFilter.GaussianBlur(chance.uniform(0, 0.9)))
    dark, pale = chance.randrange(0, 70), chance.randrange(200, 256)
    image = image.point([dark + level * (pale - dark) // 255 for level in range(256)] * 3)
    return _noisy(image, chance)


def save(pages: Sequence[Image.Image], folder: Path, stem: str, kind: str, chance: random.Random) -> Path:
    """The pages as one file of a kind of `KINDS`; a picture that is no TIFF holds one page."""
    ending = kind.rpartition(".")[2]
    target = folder / f"{stem}.{ending}"
    if kind == "fax.tif":
        pages = [
            page.convert("L").point(lambda level: 255 if level > 120 else 0).convert("1") for page in pages
        ]
    elif kind.startswith("grey") or chance.random() < 0.4:
        pages = [page.convert("L") for page in pages]
    first, *rest = pages
    quality = chance.randrange(35, 85)
    if ending == "pdf":
        first.save(target, "PDF", save_all=True, append_images=rest, resolution=200, quality=quality)
    elif ending == "tif":
        way = "group4" if kind == "fax.tif" else "tiff_lzw"
        first.save(target, "TIFF", save_all=True, append_images=rest, compression=way)
    elif rest:
        raise ValueError(f"{kind} holds one page")
    else:
        first.save(target, quality=quality)
    return target


def _written_on(image: Image.Image, chance: random.Random, sealed: bool) -> Image.Image:
    """A red seal where seals go, one more on the code where it is `sealed`, and some ink."""
    layer = Image.new("RGB", image.size, "white")
    pen = ImageDraw.Draw(layer)
    unit = image.width / 210
    on_code = [(180 + chance.uniform(-8, 8), 22 + chance.uniform(-8, 8))]
    for x, y in [(150, 250), *on_code[: int(sealed)]]:
        box = [unit * length for length in (x - 20, y - 20, x + 20, y + 20)]
        pen.ellipse(box, outline=(215, 60, 60), width=round(unit * 1.2))
        pen.regular_polygon((unit * x, unit * y, unit * 7), 5, fill=(225, 80, 80))
    for _ in range(chance.randrange(4)):
        x, y = unit * chance.uniform(45, 150), unit * chance.uniform(190, 240)
        points = [(x + unit * 6 * at, y + unit * chance.uniform(-4, 4)) for at in range(8)]
        pen.line(points, fill=(25, 25, 90), width=round(unit * 0.7), joint="curve")
    return ImageChops.multiply(image, layer)


def _noisy(image: Image.Image, chance: random.Random) -> Image.Image:
    noise = Image.frombytes("L", (512, 512), chance.randbytes(512 * 512))
    sheet = Image.new("L", image.size)
    for top in range(0, image.height, 512):
        for left in range(0, image.width, 512):
            sheet.paste(noise, (left, top))
    return Image.blend(image, Image.merge("RGB", (sheet,) * 3), chance.uniform(0.02, 0.12))
