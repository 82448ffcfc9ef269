-- What ingest derives from the files of `content/`, and the history it keeps.

-- One row for each import: what readers see changes from one to the next.
CREATE TABLE editions (
    id BIGINT NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL, -- epoch milliseconds, UTC
    articles BIGINT NOT NULL
);

-- One row for each file that ingest has read, so that the next run can tell
-- what has changed without opening it.
CREATE TABLE files (
    path TEXT NOT NULL PRIMARY KEY, -- below the content folder, with `/`
    size BIGINT NOT NULL,
    modified_ns BIGINT NOT NULL,
    inode BIGINT NOT NULL,
    read_at BIGINT NOT NULL, -- epoch milliseconds, UTC
    hash TEXT NOT NULL, -- SHA-256 of the bytes, hexadecimal
    held BOOLEAN NOT NULL -- it has errors; the last good version stays
);

-- What was found wrong in a file; `kind` is error or warning.
CREATE TABLE problems (
    path TEXT NOT NULL,
    position BIGINT NOT NULL,
    line BIGINT NOT NULL,
    column_number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (path, position)
);

CREATE TABLE articles (
    slug TEXT NOT NULL PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    revision BIGINT NOT NULL,
    hash TEXT NOT NULL,
    renderer BIGINT NOT NULL, -- version of the Markdown renderer
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    draft BOOLEAN NOT NULL,
    published BIGINT NOT NULL, -- day number from which it is shown
    first_day BIGINT NOT NULL, -- day number by which articles are ordered
    details TEXT NOT NULL, -- JSON: dates, sources, claims, corrections, names
    html TEXT NOT NULL,
    notes TEXT NOT NULL,
    paragraphs TEXT NOT NULL -- JSON: plain text of each numbered paragraph
);
CREATE INDEX articles_in_time ON articles (first_day, slug);

-- Every content that an article has ever had: history, never rebuilt.
CREATE TABLE revisions (
    slug TEXT NOT NULL,
    number BIGINT NOT NULL, -- from 1
    hash TEXT NOT NULL,
    source TEXT NOT NULL, -- the whole file
    created_at BIGINT NOT NULL, -- epoch milliseconds, UTC
    PRIMARY KEY (slug, number)
);

-- On which day, month and year pages an article stands.
CREATE TABLE standings (
    slug TEXT NOT NULL REFERENCES articles (slug) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    year BIGINT NOT NULL, -- astronomical: 0 is 1 BCE
    month BIGINT, -- as sourced; null where only the year is known
    day BIGINT, -- as sourced; null where only the month is known
    first_day BIGINT NOT NULL,
    label TEXT NOT NULL, -- the words of its role, empty for none
    words TEXT NOT NULL, -- EDTF of the date that stands here
    PRIMARY KEY (slug, position)
);
CREATE INDEX standings_by_day ON standings (month, day, year);
CREATE INDEX standings_by_year ON standings (year, first_day);

-- The people, places, organisations and topics that an article names.
CREATE TABLE tags (
    slug TEXT NOT NULL REFERENCES articles (slug) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    position BIGINT NOT NULL,
    name TEXT NOT NULL, -- as the article writes it
    entry TEXT NOT NULL, -- slug of the registry entry, written or not
    PRIMARY KEY (slug, kind, position)
);
CREATE INDEX tags_by_entry ON tags (kind, entry);

-- Registry entries that have a file of their own.
CREATE TABLE entries (
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    path TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    details TEXT NOT NULL, -- JSON: other names, life dates, coordinates
    html TEXT NOT NULL,
    PRIMARY KEY (kind, slug)
);

-- Old addresses, and the article that answers for them.
CREATE TABLE aliases (
    path TEXT NOT NULL PRIMARY KEY, -- lower case, begins with a slash
    slug TEXT NOT NULL REFERENCES articles (slug) ON DELETE CASCADE
);

-- Articles that were removed, with the reason that readers see.
CREATE TABLE tombstones (
    slug TEXT NOT NULL PRIMARY KEY,
    removed_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    see TEXT
);

-- Which articles a text links to by slug: they are rendered again when the
-- target's title changes.
CREATE TABLE links (
    path TEXT NOT NULL,
    target TEXT NOT NULL,
    PRIMARY KEY (path, target)
);
CREATE INDEX links_by_target ON links (target);

-- The pages that the site has about itself.
CREATE TABLE pages (
    slug TEXT NOT NULL PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    html TEXT NOT NULL
);

-- Pictures, by the SHA-256 of their bytes.
CREATE TABLE pictures (
    hash TEXT NOT NULL PRIMARY KEY,
    media_type TEXT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    bytes BYTEA NOT NULL
);
CREATE TABLE picture_uses (
    slug TEXT NOT NULL REFERENCES articles (slug) ON DELETE CASCADE,
    file TEXT NOT NULL,
    hash TEXT NOT NULL REFERENCES pictures (hash) ON DELETE RESTRICT,
    PRIMARY KEY (slug, file)
);
