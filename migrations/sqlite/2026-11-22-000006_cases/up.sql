-- What becomes of reports: cases, the desk's notes on them, and the record of
-- every change of state.

ALTER TABLE reports ADD COLUMN case_id TEXT; -- C-…; null for spam
ALTER TABLE reports ADD COLUMN confirm_hash TEXT NOT NULL DEFAULT ''; -- SHA-256 of the secret that confirms the address; stays, so that its link can say that it is done
ALTER TABLE reports ADD COLUMN confirmed_at BIGINT; -- the reader has said that the address is theirs
ALTER TABLE reports ADD COLUMN erased_at BIGINT; -- the address was taken out
CREATE INDEX reports_by_case ON reports (case_id, received_at);
CREATE INDEX reports_by_email ON reports (email);

CREATE TABLE cases (
    id TEXT NOT NULL PRIMARY KEY, -- public: C- and six Crockford characters
    kind TEXT NOT NULL, -- error, removal, rights, letter
    state TEXT NOT NULL, -- checking, accepted, corrected, declined, merged, reopened
    urgent BOOLEAN NOT NULL, -- stands at the top of the inbox
    article TEXT, -- slug when it was opened
    category TEXT NOT NULL, -- of its first report
    passage TEXT NOT NULL, -- plain text, as the first report names it
    reports BIGINT NOT NULL, -- how many are folded into it
    opened_at BIGINT NOT NULL, -- epoch milliseconds, UTC, like all that follow
    taken_at BIGINT, -- an editor began to check it
    decided_at BIGINT, -- accepted or declined, last
    closed_at BIGINT, -- corrected, declined or merged, last; null while open
    changed_at BIGINT NOT NULL, -- last change of state
    version BIGINT NOT NULL, -- goes up with every change; a decision names the one it saw
    editor TEXT, -- to whom it is assigned
    merged_into TEXT,
    reason TEXT NOT NULL, -- public: why it was declined
    note_kind TEXT NOT NULL, -- correction, clarification, minor; empty before
    note TEXT NOT NULL, -- public: the correction note
    note_date TEXT NOT NULL, -- 2026-12-02, as it stands in the file
    amended TEXT NOT NULL, -- the whole file as it shall be; empty without a change of text
    amended_from TEXT NOT NULL, -- SHA-256 of the file that `amended` was made from
    corrected_in BIGINT -- the revision that holds the correction
);
CREATE INDEX cases_by_state ON cases (state, urgent, opened_at);
CREATE INDEX cases_by_article ON cases (article, opened_at);
CREATE INDEX cases_by_decision ON cases (decided_at, id);

-- What editors write to each other. Never public.
CREATE TABLE case_notes (
    id BIGINT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    editor TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX case_notes_by_case ON case_notes (case_id, id);

-- Articles of which something is withheld or marked while a case is open.
CREATE TABLE holds (
    case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    article TEXT NOT NULL, -- slug
    kind TEXT NOT NULL, -- date, picture, text
    since BIGINT NOT NULL,
    PRIMARY KEY (case_id, kind)
);
CREATE INDEX holds_by_article ON holds (article);

-- Who changed the state of what, when, and why. Each row seals the one before.
CREATE TABLE audit (
    number BIGINT NOT NULL PRIMARY KEY, -- from 1, without a gap
    at BIGINT NOT NULL,
    actor TEXT NOT NULL, -- editor E-…, reader, import, operator, daybook
    subject TEXT NOT NULL, -- the id of what changed: C-…, R-…, E-…
    from_state TEXT NOT NULL, -- empty where it begins
    to_state TEXT NOT NULL,
    why TEXT NOT NULL,
    hash TEXT NOT NULL -- SHA-256 of the hash before and of all of the above
);
CREATE INDEX audit_by_subject ON audit (subject, number);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END;
