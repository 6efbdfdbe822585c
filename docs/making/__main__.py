"""Write the reference pages and the picture of the house anew."""

from docs.making import house, statements
from docs.making.pages import FOLDER, PAGES, made

for name in PAGES:
    (FOLDER / name).write_text(made(name), encoding="utf-8")
house.write()
statements.write()
