-- What keeps a page from growing with the site: lists are walked in the order
-- in which they are shown, and what is counted over all articles is counted
-- when they are imported.

-- Of the article: the day number by which the articles of a name are ordered.
ALTER TABLE tags ADD COLUMN first_day BIGINT NOT NULL DEFAULT 0;
UPDATE tags SET first_day = (SELECT articles.first_day FROM articles WHERE articles.slug = tags.slug);

DROP INDEX tags_by_entry;
CREATE INDEX tags_by_entry ON tags (kind, entry, first_day, slug);
DROP INDEX standings_by_day;
CREATE INDEX standings_by_day ON standings (month, day, year, slug, position, words);
DROP INDEX standings_by_year;
CREATE INDEX standings_by_year ON standings (year, span, first_day, slug, position, month, day);
CREATE INDEX articles_by_publication ON articles (published DESC, slug, draft);
CREATE INDEX articles_by_slug ON articles (slug, published, draft);
-- Few are drafts; an index of all would be taken for those that are none.
CREATE INDEX articles_in_draft ON articles (draft, slug) WHERE draft = TRUE;
DROP INDEX articles_by_visibility;

-- How many articles there are of each year, decade, century and name, drafts
-- and those of the future included. Derived from standings and tags.
CREATE TABLE tallies (
    -- 'year', 'decade', 'century'; 'people', 'places', 'organisations',
    -- 'topics'; 'places by century'.
    kind TEXT NOT NULL,
    -- Slug of the entry of a registry; empty for a stretch of time.
    entry TEXT NOT NULL,
    -- The first year of a stretch of time, astronomical; 0 for a name. Where
    -- `kind` is 'year' and `span` more than 1, one of its years, as in standings.
    year BIGINT NOT NULL,
    -- 1, 10 or 100 years; 0 for a name.
    span BIGINT NOT NULL,
    -- The first in order of what articles call an entry; empty for a stretch of
    -- time.
    name TEXT NOT NULL,
    articles BIGINT NOT NULL,
    PRIMARY KEY (kind, entry, year, span)
);
INSERT INTO tallies (kind, entry, year, span, name, articles)
SELECT 'year', '', year, span, '', COUNT(DISTINCT slug) FROM standings GROUP BY year, span;
INSERT INTO tallies (kind, entry, year, span, name, articles)
SELECT 'decade', '', begins, 10, '', COUNT(DISTINCT slug) FROM (
    SELECT slug, CASE WHEN year > 9 THEN year / 10 * 10 WHEN year > 0 THEN 1 ELSE -8 - (1 - year) / 10 * 10 END AS begins
    FROM standings WHERE span <= 10
) AS told GROUP BY begins;
INSERT INTO tallies (kind, entry, year, span, name, articles)
SELECT 'century', '', begins, 100, '', COUNT(DISTINCT slug) FROM (
    SELECT slug, CASE WHEN year > 0 THEN (year - 1) / 100 * 100 + 1 ELSE -99 - (-year) / 100 * 100 END AS begins
    FROM standings
) AS told GROUP BY begins;
INSERT INTO tallies (kind, entry, year, span, name, articles)
SELECT kind, entry, 0, 0, MIN(name), COUNT(DISTINCT slug) FROM tags GROUP BY kind, entry;
INSERT INTO tallies (kind, entry, year, span, name, articles)
SELECT 'places by century', entry, begins, 100, '', COUNT(DISTINCT slug) FROM (
    SELECT tags.entry, tags.slug, CASE WHEN year > 0 THEN (year - 1) / 100 * 100 + 1 ELSE -99 - (-year) / 100 * 100 END AS begins
    FROM tags INNER JOIN standings ON standings.slug = tags.slug WHERE tags.kind = 'places'
) AS told GROUP BY entry, begins;
