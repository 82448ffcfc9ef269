-- The form makes them from the file of the revision that is reported on: for
-- the few reports that there are, none of all articles needs to be kept.
ALTER TABLE articles DROP COLUMN paragraphs;
