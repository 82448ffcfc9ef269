ALTER TABLE articles ADD COLUMN paragraphs TEXT NOT NULL DEFAULT '[]';
UPDATE articles SET renderer = 0;
