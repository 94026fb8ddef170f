"""Documents that would run or fetch something where they are opened, one a kind; made by the tests alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
NOWHERE = "http://127.0.0.1:9/"


def saved(document: Document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def with_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The same package with these parts, new or in the place of what was there."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return target.getvalue()


def remote_picture(document: Document, where: str = NOWHERE) -> bytes:
    related = document.part.relate_to(f"{where}a.png", f"{_OFFICE}/image", is_external=True)
    picture = (
        f'<w:p {nsdecls("w", "wp", "a", "pic", "r")}><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/>'
        '<wp:docPr id="91" name="x"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="0" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:link="{related}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    document.element.body.insert(0, parse_xml(picture))
    return saved(document)


def remote_template(document: Document, where: str = NOWHERE) -> bytes:
    settings: Any = document.part._settings_part
    related = settings.relate_to(f"{where}a.dotm", f"{_OFFICE}/attachedTemplate", is_external=True)
    document.settings.element.append(parse_xml(f'<w:attachedTemplate {nsdecls("w", "r")} r:id="{related}"/>'))
    return saved(document)


def field(instruction: str) -> Callable[[Document], bytes]:
    """A field cut into runs, as Word cuts it."""

    def made(document: Document) -> bytes:
        paragraph = document.add_paragraph()
        middle = len(instruction) // 2
        pieces = (
            '<w:fldChar w:fldCharType="begin"/>',
            f'<w:instrText xml:space="preserve">{instruction[:middle]}</w:instrText>',
            f'<w:instrText xml:space="preserve">{instruction[middle:]}</w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>结果</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
        for piece in pieces:
            paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{piece}</w:r>"))
        return saved(document)

    return made


def simple_field(document: Document) -> bytes:
    paragraph = document.add_paragraph()
    paragraph._p.append(
        parse_xml(f"<w:fldSimple {nsdecls('w')} w:instr='DDEAUTO c:\\\\cmd.exe \"/c calc\"'/>")
    )
    return saved(document)


def macro(document: Document) -> bytes:
    """As Word saves a .docm: the project, its relationship, and the type of the document."""
    data = saved(document)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = package.read("[Content_Types].xml")
        related = package.read("word/_rels/document.xml.rels")
    types = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    ).replace(
        b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    )
    related = related.replace(
        b"</Relationships>",
        f'<Relationship Id="rIdM" Type="{_MICROSOFT}/vbaProject" Target="vbaProject.bin"/></Relationships>'.encode(),
    )
    return with_parts(
        data,
        {
            "[Content_Types].xml": types,
            "word/_rels/document.xml.rels": related,
            "word/vbaProject.bin": b"\xd0\xcf\x11\xe0macro",
        },
    )


def brought_in(kind: str, name: str) -> Callable[[Document], bytes]:
    """Another file inside, by that kind of relationship."""

    def made(document: Document) -> bytes:
        data = saved(document)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            related = package.read("word/_rels/document.xml.rels")
        one = f'<Relationship Id="rIdX" Type="{_OFFICE}/{kind}" Target="{name}"/></Relationships>'
        related = related.replace(b"</Relationships>", one.encode())
        return with_parts(data, {"word/_rels/document.xml.rels": related, f"word/{name}": b"<html>x</html>"})

    return made


KINDS: dict[str, tuple[Callable[[Document], bytes], str]] = {
    "remote picture": (remote_picture, "外部的图片或文件"),
    "remote template": (remote_template, "外部模板"),
    "picture by a field": (field(f'INCLUDEPICTURE "{NOWHERE}b.png" \\d'), "会取用其他文件的域"),
    "text by a field": (field(' includetext "C:\\\\secret.docx"'), "会取用其他文件的域"),
    "DDE": (field('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc.exe"'), "会取用其他文件的域"),
    "DDE, simple": (simple_field, "会取用其他文件的域"),
    "macro": (macro, "宏"),
    "OLE": (brought_in("oleObject", "embeddings/oleObject1.bin"), "嵌入的对象"),
    "altChunk": (brought_in("aFChunk", "afchunk.html"), "并入的其他文件"),
    "ActiveX": (brought_in("control", "activeX/activeX1.xml"), "ActiveX 控件"),
}
"""By name: how it is made of a document, and what it is called."""


def blank() -> Document:
    document = docx.Document()
    document.add_paragraph("正文")
    return document
