-- Addresses that were asked whether they belong to the person who gave them,
-- so that nobody can have a stranger flooded with such questions.
CREATE TABLE asked_addresses (
    who TEXT NOT NULL PRIMARY KEY, -- keyed hash of the address
    times BIGINT NOT NULL, -- since its owner last said yes
    last_at BIGINT NOT NULL -- epoch milliseconds, UTC
);
