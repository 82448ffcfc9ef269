-- Answers to the challenge that forms carry under attack, until they expire:
-- each is good once.
CREATE TABLE spent_challenges (
    id TEXT NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL -- epoch milliseconds, UTC
);

-- The rules against spam as this database has known them. One that has changed
-- within a day is watched.
CREATE TABLE spam_rules (
    rule TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    changed_at BIGINT NOT NULL, -- epoch milliseconds, UTC; 0: with the first start
    suspended_at BIGINT -- it hit too much, and has no effect
);
