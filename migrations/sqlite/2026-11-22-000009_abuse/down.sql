DROP TABLE spam_rules;
DROP TABLE spent_challenges;
