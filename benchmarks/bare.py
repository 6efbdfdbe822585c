"""The bare parts of reading PDFs for names, as anybody would put them together: python -m benchmarks.bare FOLDER

PDFium gives the text of each page with a box for every character, spaCy's small English model finds names. Nothing is cut
into passages, classified or kept. Prints what was read and the processor seconds of each part.
"""

import json
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pypdfium2

from goalmap.extract.tagger.model import PACKAGE

UNUSED = ["tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer"]
"""All but the name tagger, which brings its own tok2vec."""
TOGETHER = 64
"""Pages that the name tagger is given at once."""


def pages(folder: Path) -> Iterator[str]:
    """The text of each page; a box is asked for every character, too."""
    for path in sorted(folder.rglob("*.pdf")):
        with pypdfium2.PdfDocument(path) as pdf:
            for page in pdf:
                text = page.get_textpage()
                [text.get_charbox(place) for place in range(text.count_chars())]
                yield text.get_text_range()


def main(folder: Path) -> None:
    begun = time.process_time()
    nlp = import_module(PACKAGE).load(exclude=UNUSED)
    loaded = time.process_time()
    texts = list(pages(folder))
    read = time.process_time()
    names = sum(len(doc.ents) for doc in nlp.pipe(texts, batch_size=TOGETHER))
    ended = time.process_time()
    spent = {"load": loaded - begun, "read": read - loaded, "tag": ended - read}
    counted = {"pages": len(texts), "words": sum(len(text.split()) for text in texts), "names": names}
    print(json.dumps(counted | spent))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
