-- On which days and in which years people were born and died, as the registry
-- says. Only what is sure: no "about", no "possibly", no time between two.
CREATE TABLE life_days (
    -- Of the entry among the people.
    slug TEXT NOT NULL,
    -- 'born' or 'died'.
    event TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Astronomical, in the calendar as sourced, like month and day.
    year BIGINT NOT NULL,
    month BIGINT,
    day BIGINT,
    -- The number of the first day that the date may mean: orders a year.
    first_day BIGINT NOT NULL,
    -- EDTF as sourced, and the calendar that it is in.
    words TEXT NOT NULL,
    calendar TEXT NOT NULL,
    PRIMARY KEY (slug, event)
);
CREATE INDEX life_days_by_day ON life_days (month, day, year, slug);
CREATE INDEX life_days_by_year ON life_days (year, first_day, slug);

-- People who were imported before are not in it yet: read their files again.
UPDATE files SET size = -1, hash = '' WHERE path LIKE 'people/%';
