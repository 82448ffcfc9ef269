-- What readers report. Born here: this is what a backup is for.
CREATE TABLE reports (
    id TEXT NOT NULL PRIMARY KEY, -- shown to editors; says nothing of the token
    token_hash TEXT NOT NULL UNIQUE, -- SHA-256 of the receipt's secret
    received_at BIGINT NOT NULL, -- epoch milliseconds, UTC
    state TEXT NOT NULL, -- received or spam
    spam_reason TEXT NOT NULL, -- empty, or which rule caught it
    article TEXT, -- slug at the time of the report
    revision BIGINT,
    paragraph BIGINT, -- from 1
    quote TEXT NOT NULL, -- the passage, as it stood
    prefix TEXT NOT NULL, -- text before the passage
    suffix TEXT NOT NULL, -- text after the passage
    page TEXT NOT NULL, -- path of the page the reader came from, if no article
    category TEXT NOT NULL,
    wrong TEXT NOT NULL,
    correct TEXT NOT NULL,
    source TEXT NOT NULL,
    email TEXT NOT NULL, -- empty if none was given
    client_hash TEXT NOT NULL -- keyed hash of the client's address
);
CREATE INDEX reports_by_time ON reports (received_at);
CREATE INDEX reports_by_article ON reports (article, received_at);
