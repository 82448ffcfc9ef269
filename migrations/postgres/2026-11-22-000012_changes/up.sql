-- What has changed of all that readers may see, a row for each edition and for
-- each step of a case. Instances drop from memory what a row names.
CREATE TABLE changes (
    number BIGINT NOT NULL PRIMARY KEY, -- from 1, without gaps, in the order of commits
    made_at BIGINT NOT NULL, -- epoch milliseconds, UTC
    tags TEXT NOT NULL -- one to a line; * for everything
);
