-- Which of several instances does what one alone should do. Nothing here needs
-- a backup: a row that is lost is made again within seconds. On SQLite the table
-- stays empty, because there a lease is a locked file beside the database.
CREATE TABLE leases (
    -- What is done: import, mail, sweep.
    name TEXT NOT NULL PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 40),
    -- The process that does it: a random id that it gave itself at its start.
    holder TEXT NOT NULL CHECK (length(holder) BETWEEN 1 AND 64),
    -- Until when, in epoch milliseconds by the database's own clock.
    until BIGINT NOT NULL
);
