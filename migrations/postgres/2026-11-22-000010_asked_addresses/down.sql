DROP TABLE asked_addresses;
