DROP TABLE life_days;
