-- Dates that name no year stand on the pages of decades and centuries.

-- How many years the smallest page has on which the date stands: 1, 10 or 100.
-- Where it is 10 or 100, `year` is only one of those years.
ALTER TABLE standings ADD COLUMN span BIGINT NOT NULL DEFAULT 1;

-- The timeline counts by year, and must not touch the rows for that.
DROP INDEX standings_by_year;
CREATE INDEX standings_by_year ON standings (year, span, first_day, slug);

-- What may not be seen yet is found without reading what may. The column that
-- is asked for a range comes first: with `draft` first SQLite would begin each
-- list at this index, because no list asks for anything so simple.
CREATE INDEX articles_by_visibility ON articles (published, draft, slug);

-- Articles that were imported before know nothing of this: read them again.
UPDATE articles SET renderer = 0;
