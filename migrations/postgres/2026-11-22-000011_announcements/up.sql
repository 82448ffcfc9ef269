-- Up to where search engines and hubs were told of changes. A row is a lease as
-- well: of several instances only the one that holds it speaks.
CREATE TABLE announcements (
    target TEXT NOT NULL PRIMARY KEY, -- index-now or websub
    edition BIGINT NOT NULL, -- the newest edition that was told
    decided_at BIGINT NOT NULL, -- the newest decision that was told: epoch milliseconds, UTC
    day BIGINT NOT NULL, -- the newest day that was told: a day number in the zone of the site
    failures BIGINT NOT NULL, -- in a row
    due_at BIGINT NOT NULL, -- not before: epoch milliseconds, UTC
    leased_until BIGINT NOT NULL -- epoch milliseconds, UTC; 0 if nobody holds it
);
