DROP TABLE renditions;
ALTER TABLE pictures DROP COLUMN recipe;
ALTER TABLE pictures DROP COLUMN tone;
UPDATE articles SET renderer = 0;
