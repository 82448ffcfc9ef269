-- How much of what is limited was used, so that a limit holds over all instances.
-- A row means nothing once its time has passed, and is then swept.
CREATE TABLE allowances (
    -- Keyed hash of what is limited, the day and the client's address; or of what
    -- is limited alone, where all clients share it.
    who TEXT NOT NULL PRIMARY KEY,
    whole_at BIGINT NOT NULL -- when all of it is there again: epoch milliseconds, UTC
);
