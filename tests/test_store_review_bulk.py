"""Which proposals many decisions are about, found in the database."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from goalmap.store.review.bulk import EXAMPLES, ORDERS, Wanted, alone, count, fingerprint_of, matching, preview, stretch
from tests.large import STAGES, TEXT, large_database
from tests.reader import ROOT, Reader, forms

GOALS = [f"purpose-goals/{code}" for code in range(1, 15)]
FILTERS = st.builds(
    Wanted,
    framework=st.just("purpose-goals"),
    goal=st.sampled_from(["", *GOALS]),
    publisher=st.sampled_from(["", "", "Trust 1", "trust", "nobody"]),
    document=st.sampled_from(["", "", "d000002", "none"]),
    stage=st.sampled_from(["", "", *STAGES]),
    least=st.none() | st.floats(0, 1),
    most=st.none() | st.floats(0, 1),
    words=st.sampled_from(["", "", *TEXT.split()[:8], "school heating"]),
)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    db = large_database(tmp_path_factory.mktemp("bulk") / "large.db", 400)
    yield db
    db.close()


@given(wanted=FILTERS, order=st.sampled_from(list(ORDERS)))
def test_the_list_the_count_and_the_preview_hold_the_same_proposals(db: Database, wanted: Wanted, order: str) -> None:
    listed: list[str] = []
    after = ""
    while not listed or after:
        shown = stretch(db, wanted, order, after)
        listed += [row["id"] for row in shown.rows]
        after = shown.after
        if not shown.rows:
            break
    found = matching(db, wanted)
    assert len(listed) == len(set(listed)) == count(db, wanted) == len(found)
    assert set(listed) == {one.id for one in found}


@given(wanted=FILTERS)
def test_filters_leave_what_they_say(db: Database, wanted: Wanted) -> None:
    sql = """
        select pr.id, pr.goal_id, pr.stage, pr.score, p.text, d.id document, d.publisher from proposals pr
        join passages p on p.id = pr.passage_id join documents d on d.id = p.document_id
    """
    fitting = {
        row["id"]
        for row in db.query(sql)
        if wanted.goal in ("", row["goal_id"])
        and wanted.stage in ("", row["stage"])
        and wanted.document in ("", row["document"])
        and wanted.publisher.lower() in row["publisher"].lower()
        and (wanted.least is None or row["score"] >= wanted.least)
        and (wanted.most is None or row["score"] <= wanted.most)
    }
    found = {one.id for one in matching(db, wanted)}
    assert found <= fitting
    assert found == fitting or wanted.words


@given(words=st.text())
def test_any_words_can_be_searched_for(db: Database, words: str) -> None:
    assert count(db, Wanted("purpose-goals", words=words)) >= 0


@given(wanted=FILTERS)
def test_a_preview_tells_of_all_that_match_and_shows_the_weakest_and_the_strongest(
    db: Database, wanted: Wanted
) -> None:
    shown = preview(db, wanted, 0)
    scores = [row["score"] for row in shown.examples]
    assert sum(number for _, number in shown.goals) == len(shown.found)
    assert sum(number for _, number in shown.publishers) == len(shown.found)
    assert sum(row["proposals"] for row in shown.documents) == len(shown.found) or shown.count_of_documents > 20
    assert len(scores) == len({row["id"] for row in shown.examples}) == min(EXAMPLES, len(shown.found))
    assert all(before <= after for before, after in pairwise(scores))
    if scores:
        assert (scores[0], scores[-1]) == (shown.found[0].score, shown.found[-1].score)


@given(wanted=FILTERS)
def test_a_fingerprint_tells_one_set_from_another_whatever_the_order(db: Database, wanted: Wanted) -> None:
    found = matching(db, wanted)
    assert fingerprint_of(reversed(found)) == fingerprint_of(found)
    if found:
        first, *others = found
        assert fingerprint_of(others) != fingerprint_of(found)
        assert fingerprint_of([first._replace(stage="another"), *others]) != fingerprint_of(found)
        assert matching(db, alone(wanted, [first.id])) == (first,)


@pytest.mark.slow
def test_ten_thousand_of_a_hundred_thousand_are_listed_shown_and_written_in_a_few_row_pages_time(
    tmp_path: Path,
) -> None:
    """Measured beside a bare row page of Datasette's in the same run; the bounds leave room for a busy machine."""
    db = large_database(tmp_path / "review.db", 100_000)
    (least,) = db.execute("select score + 0.0001 from proposals order by score desc limit 1 offset 9990").fetchone()
    db.close()
    reader = Reader(tmp_path / "review.db")
    address = f"{ROOT}/review/list"
    row = median(lambda: reader.get("/review/proposals/g0000100"))
    assert median(lambda: reader.get(address)) < 12 * row
    assert median(lambda: reader.get(f"{address}?goal=3&order=score")) < 12 * row
    page = reader.get(f"{address}?least={least:.4f}")
    button = next(name for name in forms(page.text)[0].buttons if name.startswith("Accept all 9,9"))
    assert median(lambda: reader.send(page, button)) < 40 * row
    (form,) = forms(reader.send(page, button).text)
    start = process_time()
    assert reader.post(form.address, [*form.fields, ("confirmed", "1")]).status_code == 303
    assert process_time() - start < 300 * row
    assert reader.db.table("decisions").count > 9_900
    reader.db.close()


def median(action: object, times: int = 5) -> float:
    """The seconds of computing that an action takes."""
    assert callable(action)
    taken = []
    for _ in range(times):
        start = process_time()
        action()
        taken.append(process_time() - start)
    return sorted(taken)[times // 2]
