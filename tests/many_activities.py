"""A database with as many reviewed activities as a test asks for, written row by row."""

from sqlite_utils import Database

from goalmap.store.database import immediate
from goalmap.store.ids import seal_of

DECIDED = "2025-01-01T00:00:00+00:00"


def many_activities(db: Database, number: int, bodies: int = 100) -> None:
    """Into a database with the Purpose Goals: so many passages, each one activity of one of the bodies."""
    texts = [
        f"Scheme {n} of body {n % bodies} helped {n + 2} residents into work, and its waiting list fell by {n % 50 + 2} per cent."
        for n in range(number)
    ]
    with immediate(db):
        db.conn.executemany(
            "insert into documents (id, path, title, publisher, published, status) values (?, ?, ?, ?, '2024-05-01', 'ok')",
            [(f"dm{n}", f"in/{n}.txt", f"Document {n}", f"Body {n} Trust") for n in range(bodies)],
        )
        db.conn.executemany(
            "insert into passages (id, document_id, position, kind, text, seal) values (?, ?, ?, 'body', ?, ?)",
            [(f"pm{n}", f"dm{n % bodies}", n, text, seal_of(text)) for n, text in enumerate(texts)],
        )
        db.conn.executemany(
            'insert into figures (id, passage_id, start, "end", value, what) values (?, ?, ?, ?, ?, ?)',
            [
                (f"fm{n}", f"pm{n}", start, start + len(str(n + 2)), n + 2, "residents")
                for n, text in enumerate(texts)
                if (start := text.index(" helped ") + 8)
            ],
        )
        db.conn.executemany(
            "insert into decisions (passage_id, goal_id, proposed_goal_id, verdict, stage, reviewer, decided_at)"
            " values (?, ?, ?, 'added', 'delivered', 'A. Reader', ?)",
            [(f"pm{n}", f"purpose-goals/{n % 14 + 1}", f"purpose-goals/{n % 14 + 1}", DECIDED) for n in range(number)],
        )
