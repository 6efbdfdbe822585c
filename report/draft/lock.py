"""The verbatim lock of a draft: every passage that it cites as it was read, every quotation where it is said to stand."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlite_utils import Database

from goalmap.classify.activities.model import Offsets, Origin
from goalmap.report.draft.model import Cited, Draft, Words
from goalmap.report.verbatim import NotVerbatim, Quotable

PASSAGES = """
select p.id, p.text, p.seal, p.page, p.heading, p.document_id, d.title, d.path, d.publisher, d.published, d.kind
from passages p join documents d on d.id = p.document_id where p.id in (select value from json_each(?))
"""


def locked(db: Database, draft: Draft) -> Draft:
    """The draft with the passages that it cites. Raises NotVerbatim, which says where a quotation does not hold."""
    words = [run for run in draft.every_run if isinstance(run, Words)]
    ids = dict.fromkeys(id for run in draft.every_run for id in getattr(run, "cites", ()))
    shown = [run for run in draft.runs if isinstance(run, Words)]
    passages = dict(_passages(db, ids, _marks(shown)))
    for id in ids:
        if id not in passages:
            raise NotVerbatim(f"The report cites passage {id}, which is not in the database. Nothing was written.")
    for run in words:
        cited = passages[run.passage_id]
        passage = Quotable(run.passage_id, cited.document.title, cited.text)
        passage.quote_unbroken("the quotation", run.start, run.end, run.text)
    return replace(draft, passages=passages)


def _passages(
    db: Database, ids: Iterable[str], marks: Mapping[str, tuple[Offsets, ...]]
) -> Iterable[tuple[str, Cited]]:
    for row in db.query(PASSAGES, [json.dumps(list(ids))]):
        title = row["title"] or row["path"].rpartition("/")[2]
        Quotable(row["id"], title, row["text"], row["seal"]).check_seal()
        document = Origin(row["document_id"], title, row["publisher"] or None, row["published"] or None, row["kind"])
        yield (
            row["id"],
            Cited(row["id"], row["text"], document, row["path"], row["page"], row["heading"], marks.get(row["id"], ())),
        )


def _marks(words: Iterable[Words]) -> Mapping[str, tuple[Offsets, ...]]:
    found: dict[str, set[Offsets]] = defaultdict(set)
    for run in words:
        found[run.passage_id].add((run.start, run.end))
    return {id: tuple(sorted(spans)) for id, spans in found.items()}
