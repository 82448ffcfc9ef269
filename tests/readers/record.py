"""Decided cases, written into the database of a site as the desk would leave
them, because the shipped content has none to read."""

import sqlite3
from contextlib import closing

DAY = 86_400_000
# 10 January 2026, in milliseconds.
START = 1_768_003_200_000

# State, kind of the note, category, article, and what the editors wrote.
CASES = {
    "C-AAAAAA": ("corrected", "correction", "date", "fall-of-seoul-1951", "An earlier version gave the day as January 3."),
    "C-AAAAAB": ("corrected", "clarification", "place", "battle-of-marathon", "It could be misread: ἐν Μαραθῶνι."),
    "C-AAAAAC": ("accepted", "minor", "wording", "battle-of-marathon", "Two lines\nof a note."),
    "C-AAAAAD": ("declined", "", "person", "fall-of-seoul-1951", "The source says so & <b>no</b> other does."),
    "C-AAAAAE": ("reopened", "", "rights", "galileo-sees-jupiters-moons", "The archive’s record confirms it."),
}
MERGED = "C-MMMMMM"


def decide(database):
    """Writes the cases, and the steps that each has taken."""
    with closing(sqlite3.connect(database, timeout=20)) as connection, connection:
        for index, (case, (state, kind, category, article, text)) in enumerate(CASES.items()):
            _keep(connection, case, state, kind, category, article, text, START + index * DAY, None)
        _keep(connection, MERGED, "merged", "", "date", "fall-of-seoul-1951", "", START, "C-AAAAAA")


def _keep(connection, case, state, kind, category, article, text, opened, into):
    decided, closed = opened + 3 * DAY, opened + 4 * DAY
    row = {
        "id": case, "kind": "error", "state": state, "urgent": False, "article": article, "category": category,
        "passage": "A passage.", "reports": 1, "opened_at": opened, "changed_at": opened, "version": 1,
        "decided_at": None if into else decided,
        "closed_at": closed if state in ("corrected", "declined", "merged") else None,
        "merged_into": into, "reason": "" if kind else text, "note_kind": kind, "note": text if kind else "",
        "note_date": "", "amended": "", "amended_from": "", "corrected_in": 1 if state == "corrected" else None,
    }
    names, places = ", ".join(row), ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO cases ({names}) VALUES ({places})", row)

    first = "merged" if into else "accepted" if kind else "declined"
    steps = [(opened, "", "checking", ""), (decided, "checking", first, into or text)]
    if state in ("corrected", "reopened"):
        steps.append((closed, first, state, text))
    for at, before, after, why in steps:
        connection.execute(
            "INSERT INTO audit VALUES ((SELECT COALESCE(MAX(number), 0) + 1 FROM audit), ?, 'daybook', ?, ?, ?, ?, ?)",
            (at, case, before, after, why, f"{case} {after}"),
        )
