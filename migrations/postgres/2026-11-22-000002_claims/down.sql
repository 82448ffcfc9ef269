DROP TABLE claims;
ALTER TABLE problems DROP COLUMN advice;
