-- A run asks first whether any article was rendered by another version of the
-- program, and must not leaf through all of them for it.
CREATE INDEX articles_by_renderer ON articles (renderer);
