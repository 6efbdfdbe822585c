"""Web pages, e-mails, rich and plain text that mean no good."""

import random

from tests.hostile.case import BOUNDED, EMPTY, READ, STOPPED, UNKNOWN, Bait, Case

UNREADABLE = STOPPED | EMPTY
HEAD = "From: Jo <jo@example.org>\nTo: all@example.org\nSubject: News\nMIME-Version: 1.0\n"
WORDS = ("garden", "winter", "market", "people", "bridge", "letters", "kitchen", "morning")


def _html(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


# Web pages


def _one_line(bait: Bait) -> bytes:
    choice = random.Random(5)
    words = " ".join(choice.choices(WORDS, k=200_000))
    return _html(f"<p>{bait.sentence()}</p><p>{words}</p>")


def _calls_home(bait: Bait) -> bytes:
    url = bait.url
    head = (
        f"<base href='{url}/'><meta http-equiv='refresh' content='0;url={url}/next'><link rel='stylesheet' href='a.css'>"
        f"<script src='{url}/a.js'></script><link rel='canonical' href='{url}/me'>"
    )
    frames = f"<iframe src='{url}/frame'></iframe><img src='p.png'><object data='{url}/o'></object><embed src='e'>"
    return _html(f"{frames}<p>{bait.sentence()}</p><form action='{url}/f'></form>", head)


def _xhtml(bait: Bait) -> bytes:
    entity = f'<!DOCTYPE html [<!ENTITY secret SYSTEM "{bait.secret.as_uri()}">]>'
    link = f"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='{bait.secret.as_uri()}' parse='text'/>"
    page = (
        f"<html xmlns='http://www.w3.org/1999/xhtml'><body><p>{bait.sentence()}</p><p>&secret;</p>{link}</body></html>"
    )
    return f'<?xml version="1.0"?>{entity}{page}'.encode()


def _script(bait: Bait) -> bytes:
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    shown = bad.replace("<", "&lt;")
    return _html(
        f"<h1>{shown}</h1><p>{shown} {bait.sentence(1)}</p><p>{bait.sentence()}</p>", f"<title>{shown}</title>"
    )


def _wrong_charset(bait: Bait) -> bytes:
    return _html(f"<p>{bait.sentence()}</p><p>“It cost £5,” she said – and that’s all.</p>").decode().encode("cp1252")


# E-mails


def _multiparts(bait: Bait) -> bytes:
    heads = (f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(1_000))
    ends = (f"\n--b{n}--\n" for n in reversed(range(1_000)))
    return (HEAD + "".join(heads) + f"Content-Type: text/plain\n\n{bait.sentence()}\n" + "".join(ends)).encode()


def _attachments(bait: Bait) -> bytes:
    names = ("../../../outside/slip.txt", str(bait.secret), "..\\..\\slip.txt", "", "a\0b.txt", "x" * 400 + ".txt")
    parts = "".join(
        f'--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename="{name}"\n\n{bait.sentence(number)}\n'
        for number, name in enumerate(names, start=1)
    )
    far = (
        f'--b\nContent-Type: message/external-body; access-type=URL; URL="{bait.url}/m"\n\nContent-Type: text/plain\n\n\n'
        f'--b\nContent-Type: message/external-body; access-type=local-file; name="{bait.secret}"\n\n'
        "Content-Type: text/plain\n\n\n--b\nContent-Transfer-Encoding: base64\n\n%%%not base64%%%\n"
    )
    head = f"{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
    return (head + f"{bait.sentence()}\n{parts}{far}--b--\n").encode()


def _header(bait: Bait) -> bytes:
    return (HEAD + "X-Long: " + "a" * 1_000_000 + f"\nContent-Type: text/plain\n\n{bait.sentence()}\n").encode()


def _charset(bait: Bait) -> bytes:
    return (HEAD + f"Content-Type: text/plain; charset=klingon\n\n{bait.sentence()}\n").encode()


# Rich text


def _groups(bait: Bait) -> bytes:
    return b"{\\rtf1\\ansi " + b"{" * 100_000 + bait.sentence().encode() + b"}" * 100_000 + b"}"


def _overrun(bait: Bait) -> bytes:
    run = b"{\\pict\\bin999999999 " + bytes(200)
    return b"{\\rtf1\\ansi " + bait.sentence().encode() + b"\\par {\\object\\objdata 0105}" + run + b"}}"


# Plain text


def _noise(bait: Bait) -> bytes:
    return random.Random(7).randbytes(30_000)


def _nulls(bait: Bait) -> bytes:
    said = "".join(f"{bait.sentence(number)}\n\n" for number in range(9))
    return f"{said}One\0two\x1b[31mred\x07\x08 three\u202efour\u202c.\n".encode()


def _one_word(bait: Bait) -> bytes:
    return (bait.sentence() + "\n\n" + "abcdefgh" * 130_000).encode()


def _traps(bait: Bait) -> bytes:
    """What makes patterns that look back try for ever."""
    traps = ("." * 40_000, " ." * 20_000, "a." * 40_000, "1" * 40_000, "1," * 40_000, "-\n" * 5_000, "a@" * 40_000)
    more = ("A. " * 5_000, "Dr " * 5_000, "and, " * 5_000, "\t" * 40_000, "a-" * 20_000, "£1 " * 5_000)
    return "\n\n".join([bait.sentence(), *traps, *more, bait.sentence(1)]).encode()


def _signs(bait: Bait) -> bytes:
    """Long runs of signs that a tokenizer takes off a word one by one."""
    return "\n\n".join([bait.sentence(), *(sign * 20_000 for sign in '"“(£['), bait.sentence(1)]).encode()


def _markdown(bait: Bait) -> bytes:
    traps = (">" * 5_000, "[" * 2_000, "*a **b " * 2_000, "`" * 2_000, "- " * 3_000, "![](" * 2_000, "<" * 2_000)
    return "\n\n".join([bait.sentence(), *traps, bait.sentence(1)]).encode()


def _front_matter(bait: Bait) -> bytes:
    steps = "".join(f"e{n}: &e{n} [{', '.join([f'*e{n - 1}'] * 10)}]\n" for n in range(1, 10))
    return (
        f"---\ne0: &e0 [x]\n{steps}title: !!python/object/apply:os.system ['true']\n---\n\n{bait.sentence()}\n".encode()
    )


def _formulas(bait: Bait) -> bytes:
    rows = (
        f'"=HYPERLINK(""{bait.url}/c"")"',
        '"\t=1+1"',
        '"\r=1+1"',
        "@SUM(1)",
        "-1+1",
        "+1+1",
        f'"{bait.sentence()}"',
    )
    return ("What,Where\n" + "".join(f"{row},{row}\n" for row in rows)).encode()


CASES = (
    Case("web/deep.html", lambda bait: _html("<div>" * 20_000 + bait.sentence() + "</div>" * 20_000), READ, found=1),
    Case("web/inline.html", lambda bait: _html("<b><i>" * 10_000 + f"<p>{bait.sentence()}</p>"), READ, found=1),
    Case(
        "web/attributes.html",
        lambda bait: _html("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + f">{bait.sentence()}</p>"),
        READ,
        found=1,
    ),
    Case("web/one-line.html", _one_line, READ, found=1),
    Case("web/calls-home.html", _calls_home, READ, found=1),
    Case("web/entity.xhtml", _xhtml, READ, found=1),
    Case("web/script.html", _script, READ, found=1),
    Case(
        "web/formula.html",
        lambda bait: _html(
            f"<h1>=1+cmd</h1><p>=cmd {bait.sentence(1)}</p><p>{bait.sentence()}</p>", "<title>=1+cmd</title>"
        ),
        READ,
        found=1,
    ),
    Case(
        "web/hidden-signs.html",
        lambda bait: _html(f"<p>{bait.sentence()}</p><p>a\u202eb\u2066c\u200bd\ufefe\u00ade</p>"),
        READ,
        found=1,
    ),
    Case("web/charset.html", _wrong_charset, READ, found=1),
    Case("mail/multiparts.eml", _multiparts, BOUNDED),
    Case("mail/attachments.eml", _attachments, READ, found=7),
    Case("mail/header.eml", _header, READ, found=1),
    Case("mail/charset.eml", _charset, READ, found=1),
    Case("rich/groups.rtf", _groups, BOUNDED),
    Case("rich/overrun.rtf", _overrun, READ, found=1),
    Case("plain/empty.txt", lambda bait: b"", EMPTY),
    Case("plain/nulls.txt", _nulls, READ, found=9),
    Case("plain/noise.txt", _noise, UNKNOWN | UNREADABLE),
    Case("plain/one-word.txt", _one_word, READ, found=1),
    Case("plain/traps.txt", _traps, READ, found=2),
    Case("plain/signs.txt", _signs, READ, found=2),
    Case("plain/traps.md", _markdown, READ, found=2),
    Case("plain/front-matter.md", _front_matter, READ, found=1),
    Case("plain/utf16.txt", lambda bait: (bait.sentence() + "\n").encode("utf-16-be"), READ, found=1),
    Case("plain/formulas.csv", _formulas, READ, found=1),
)
