-- Who may enter the desk.
CREATE TABLE editors (
    id TEXT NOT NULL PRIMARY KEY, -- E- and six Crockford characters
    email TEXT NOT NULL UNIQUE, -- lower case
    name TEXT NOT NULL,
    role TEXT NOT NULL, -- editor, admin
    password TEXT NOT NULL, -- PHC string of Argon2id; empty until one is chosen
    totp TEXT NOT NULL, -- sealed with the site's key; empty until it is set up
    totp_step BIGINT NOT NULL, -- the last step that was used: none is used twice
    alerts BOOLEAN NOT NULL, -- wants a mail when reports arrive
    alerted_at BIGINT NOT NULL, -- epoch milliseconds, UTC, like all that follow
    created_at BIGINT NOT NULL,
    disabled_at BIGINT
);

CREATE TABLE recovery_codes (
    hash TEXT NOT NULL PRIMARY KEY,
    editor TEXT NOT NULL REFERENCES editors (id) ON DELETE CASCADE,
    used_at BIGINT
);
CREATE INDEX recovery_codes_by_editor ON recovery_codes (editor);

-- `state` is what the session holds; the cookie holds only the secret.
CREATE TABLE sessions (
    hash TEXT NOT NULL PRIMARY KEY, -- SHA-256 of the cookie's secret
    id TEXT NOT NULL UNIQUE, -- by which it is listed and ended
    editor TEXT REFERENCES editors (id) ON DELETE CASCADE, -- null before the login
    state TEXT NOT NULL, -- JSON
    device TEXT NOT NULL, -- browser and system in a few words
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL -- whatever happens
);
CREATE INDEX sessions_by_editor ON sessions (editor);

-- Links that let somebody choose a password.
CREATE TABLE editor_links (
    hash TEXT NOT NULL PRIMARY KEY, -- SHA-256 of the secret in the link
    editor TEXT NOT NULL REFERENCES editors (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL, -- invitation, reset
    created_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX editor_links_by_editor ON editor_links (editor);

-- Failed logins, counted for an account and for an address.
CREATE TABLE login_failures (
    who TEXT NOT NULL PRIMARY KEY, -- keyed hash of the account or of the client
    failures BIGINT NOT NULL,
    since BIGINT NOT NULL, -- when counting began
    wait_until BIGINT NOT NULL
);
