DROP INDEX articles_by_visibility;
DROP INDEX standings_by_year;
DELETE FROM standings WHERE span > 1;
ALTER TABLE standings DROP COLUMN span;
CREATE INDEX standings_by_year ON standings (year, first_day);
