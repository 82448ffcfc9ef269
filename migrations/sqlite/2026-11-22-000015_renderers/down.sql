DROP INDEX articles_by_renderer;
