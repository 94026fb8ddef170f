"""The page docs/paper-fields.md: for the office, which field means what and how a template is changed.

`python -m desktop_app.documents.field_page` writes it anew; a test sees that the page is what is written.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from desktop_app import paths
from desktop_app.documents.field import Field
from desktop_app.documents.fields import FIELDS, fields_of, required_fields
from desktop_app.documents.form_families import ALL, OF_ONE_CASE
from desktop_app.documents.paper_catalogue import BULLETIN, TEMPLATES, Paper
from desktop_app.domain.regulation import Regulation
from desktop_app.services import regulations

_EVERYWHERE = tuple(field for field in FIELDS.values() if field.forms == set(ALL))
_OF_A_CASE = tuple(
    field for field in FIELDS.values() if field.forms >= set(OF_ONE_CASE) and field not in _EVERYWHERE
)

_INTRODUCTION = """# 文书模板和字段

本页由程序按 `desktop_app/documents/fields*.py` 生成，请勿手改；改了字段之后运行
`python -m desktop_app.documents.field_page` 重新生成。

## 怎样改一份模板

1. 在窗口里打开“设置 → 文书模板”，选中一种文书，按“复制一份来改”。程序自带的模板原样复制到数据文件夹的
   `forms` 文件夹里，以后这种文书就用您的这一份，自带的不受影响。
2. 用 WPS 或 Word 打开它，版式、字体、栏目、固定的文字都可以改，字段可以移动、删除、多写几次。
   字段写作 `{{字段名}}`：半角的双花括号，中间不换行，例如 `{{标题}}`。
3. 存成原来的文件名，类型为“Word 文档（.docx）”，不要加密。开着修订也可以。
4. 在窗口里按“检查”，或者运行 `liuyan forms check 文件夹`。写错的、不属于这种文书的、缺少的字段，
   逐条指出在哪个文件、第几段、第几个表格第几行第几格。没有通过检查的模板，一份文书也不会出。
5. 按“预览”，看用例子填出来的样子。
6. 不想再用自己的一份，把它从 `forms` 文件夹里删掉，即恢复程序自带的。

能写字段的地方：正文、表格、文本框、页眉、页脚。脚注、批注里不行。

- **列表**的字段带列表的名字，如 `{{件.标题}}`，要写在表格的一行里；有几件，这一行就重复几次。
- **段落**的字段独占一段时，内容有几行就成几段，都照这一段的样式；和别的文字写在一起时，换行写在段内。
- 标“空则略去”的字段，没有内容时，它所在的那一段整段不印（段里还有别的字段的除外）。
- 标“一行”的字段，内容太长时自动收窄字形，不换行。
- **二维码**是一张图片，可选文字（在 WPS、Word 中右击图片可以看到）写作 `{{识别码}}`。可以移动；尺寸不要小于 25.4 毫米，
  周围的白边不要压住。要加到别的文书上，从程序自带的承办单里复制这张图片。
- 标“图片”的字段也这样写在图片的可选文字里，图片就换成画好的图；尺寸照模板里的。
- “保护”一栏写明这个字段里的文字怎样保护网民身份。“身份”是网民身份信息，只有写明“可以写网民身份”的文书能用。
  别的文书上：“遮盖”的，凡是姓名、电话、住址等受保护的信息一律换成星号，承办单位、经办人和本单位的电话除外；
  “遮盖，固定电话除外”的是本单位自己写的话；“公开前已逐条核对”的照公开稿一字不改；“程序生成”的是日期、编号、单位名称、
  办法条文，没有人随手写的字。把字段挪到哪里都一样，改模板改不掉。
- 留空待填的地方（签字、公章、日期），没有记录的内容就是空的，由人填写。

程序自带的公文用方正小标宋、仿宋_GB2312、楷体_GB2312、黑体；报告不印红头，需要红头的，印在本单位的红头纸上。
"""


def page(known: Sequence[Regulation]) -> str:
    """The whole page as Markdown, ending in one line break."""
    lines = [_INTRODUCTION, "## 共有的字段", "", "每种文书都能用：", "", *_table(_EVERYWHERE)]
    lines += ["", "讲一件留言的文书（提醒单、催办单、督办函、督办单以外的）还能用：", "", *_table(_OF_A_CASE)]
    lines += ["", "## 各种文书"]
    for paper in TEMPLATES.values():
        lines += ["", *_paper(paper, known)]
    return "\n".join(lines) + "\n"


def _paper(paper: Paper, known: Sequence[Regulation]) -> list[str]:
    form = paper.form_id
    shared = {*_EVERYWHERE, *(_OF_A_CASE if form in OF_ONE_CASE else ())}
    own = [field for field in fields_of(form).values() if field not in shared]
    titles = dict.fromkeys(regulation.forms[form].title for regulation in known if form in regulation.forms)
    if form == BULLETIN:
        titles = dict.fromkeys(one.bulletin.name for one in known if one.bulletin is not None)
    identity = "可以写网民身份" if paper.identity else "不写网民身份，都已遮盖"
    return [
        f"### {paper.title}",
        "",
        f"文件 `{paper.file_name}`；办法中的名称：{'、'.join(titles)}；{identity}。",
        "",
        f"必须有：{'、'.join(f'`{name}`' for name in required_fields(form))}。",
        "",
        *(_table(own) if own else ["只用共有的字段。"]),
    ]


def _table(fields: Iterable[Field]) -> list[str]:
    head = ["| 字段 | 含义 | 例 | 说明 | 保护 |", "| --- | --- | --- | --- | --- |"]
    return head + [
        f"| `{field.name}` | {field.meaning} | {_cell(field.example)} | {_kind(field)} | {field.cover} |"
        for field in fields
    ]


def _kind(field: Field) -> str:
    marks = (
        (field.group is not None, f"列表“{field.group}”"),
        (field.paragraphs, "段落"),
        (field.vanishes, "空则略去"),
        (field.line_chars is not None, "一行"),
        (field.picture, "图片"),
    )
    return "，".join(words for holds, words in marks if holds)


def _cell(text: str) -> str:
    return text.replace("|", "／").replace("\n", "<br>")


def place() -> Path:
    """Where the page stands in the work tree."""
    return paths.resources_folder().parent / "docs" / "paper-fields.md"


def main() -> int:
    place().write_text(page(regulations.load_all()), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
