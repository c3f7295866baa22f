-- With what a worker proves to whom it gave an attempt. New at every start; null for those from before.
alter table process add column report_key bytea;
