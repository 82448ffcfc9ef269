-- Pictures in the sizes and the type in which pages show them.

-- `width` and `height` are those of the picture the right way up, as its Exif
-- data says; the bytes stay as they were.
ALTER TABLE pictures ADD COLUMN tone TEXT NOT NULL DEFAULT ''; -- class of its commonest colour
-- The version of what derived the row and the renditions; 0 for an older one,
-- whose file is then read again.
ALTER TABLE pictures ADD COLUMN recipe BIGINT NOT NULL DEFAULT 0;

CREATE TABLE renditions (
    hash TEXT NOT NULL REFERENCES pictures (hash) ON DELETE CASCADE,
    width BIGINT NOT NULL, -- pixels
    media_type TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (hash, width, media_type)
);

-- The HTML of articles names renditions: render it again.
UPDATE articles SET renderer = 0;
