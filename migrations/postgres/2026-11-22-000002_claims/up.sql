-- What helps to mend a finding, and what articles claim.

-- JSON: how wide the place is, what the finding rests on, how to mend it.
ALTER TABLE problems ADD COLUMN advice TEXT NOT NULL DEFAULT '{}';

-- Who says what about one property of one subject. Unlike values make it
-- disputed, on the pages of all articles that hold one of them.
CREATE TABLE claims (
    slug TEXT NOT NULL REFERENCES articles (slug) ON DELETE CASCADE,
    position BIGINT NOT NULL, -- in the file
    subject TEXT NOT NULL,
    property TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (slug, position)
);
CREATE INDEX claims_by_subject ON claims (subject, property);
