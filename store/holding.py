"""Texts that hold another one, as SQL asks for them."""


def holding(text: str) -> str:
    r"""A pattern for `like ... escape '\'` of what holds the text, whose own signs stand for themselves.

    >>> holding("5%")
    '%5\\%%'
    """
    for special in "\\%_":
        text = text.replace(special, "\\" + special)
    return f"%{text}%"
