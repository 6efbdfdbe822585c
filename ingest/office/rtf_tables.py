"""What the words of Rich Text Format mean, as far as they matter to a reader of its text."""

import codecs

CHARACTERS = {
    "tab": " ",
    "line": " ",
    "page": " ",
    "column": " ",
    "softline": " ",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
}
SYMBOLS = {"~": "\u00a0", "_": "-", "{": "{", "}": "}", "\\": "\\", "\t": " "}
"""Characters after a backslash that stand for text; a soft hyphen (\\-) stands for none."""
IGNORED = frozenset({
    "aftncn", "aftnsep", "aftnsepc", "annotation", "bkmkend", "bkmkstart", "blipuid", "colortbl", "comment", "datafield",
    "doccomm", "falt", "filetbl", "fldinst", "ftncn", "ftnsep", "ftnsepc", "generator", "listoverridetable", "listtable",
    "nonshppict", "nonesttables", "objdata", "panose", "pgdsctbl", "pict", "private", "revtbl", "rsidtbl", "rxe", "shprslt",
    "sp", "tc", "template", "themedata", "tcn", "txe", "xe", "xmlnstbl",
})  # fmt: skip
"""Groups that begin with one of these hold no text of the document."""
KEPT = frozenset({"shpinst", "shptxt", "do", "dptxbxtext", "footnote"})
"""Groups that a program may skip if it does not know them, but that hold the text of a box or a note."""
CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    255: "cp437",
}
"""The encoding of a font's text by its number for a script; those left out have the document's."""
DOCUMENT_CODECS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
CODE_PAGES = {10000: "mac_roman", 65001: "utf-8"}


def codec_of_page(number: int) -> str:
    """The encoding that a code page's number stands for; that of Western Windows where it is none.

    >>> codec_of_page(1251), codec_of_page(10000), codec_of_page(77777)
    ('cp1251', 'mac-roman', 'cp1252')
    """
    name = CODE_PAGES.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
