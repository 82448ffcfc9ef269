-- Mail on its way out, written in the transaction of its cause.
CREATE TABLE outbox (
    id TEXT NOT NULL PRIMARY KEY, -- the left side of its Message-ID
    cause TEXT NOT NULL UNIQUE, -- what it tells of; a second one with the same is not written
    kind TEXT NOT NULL, -- confirm, outcome, invitation, reset, alert
    recipient TEXT NOT NULL, -- one address
    subject TEXT NOT NULL,
    text TEXT NOT NULL, -- empty once it is sent
    html TEXT NOT NULL, -- empty once it is sent
    state TEXT NOT NULL, -- waiting, sending, sent, failed, unknown
    attempts BIGINT NOT NULL,
    created_at BIGINT NOT NULL, -- epoch milliseconds, UTC
    due_at BIGINT NOT NULL, -- not before this
    changed_at BIGINT NOT NULL,
    answer TEXT NOT NULL -- what the server said last, or why it was not asked
);
CREATE INDEX outbox_by_state ON outbox (state, due_at);
CREATE INDEX outbox_by_recipient ON outbox (recipient, created_at);
