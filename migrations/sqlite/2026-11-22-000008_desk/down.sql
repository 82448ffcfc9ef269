DROP TABLE login_failures;
DROP TABLE editor_links;
DROP TABLE sessions;
DROP TABLE recovery_codes;
DROP TABLE editors;
