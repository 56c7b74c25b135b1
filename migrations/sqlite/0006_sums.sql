-- Version 6 of the store: the sums over the rows of each table, masked; see SECURITY.md. The caller computes the first
-- ones. They are null only during the migration.
alter table head add column sums blob check (length(sums) = 176);

-- The audit records of a credential or a district, so that its newest one is found.
create index audit_subject on audit (subject, seq);

-- The sum replaces the counters of the credentials that are closed (-1) or never expire.
delete from tally where bucket in (-1, 9223372036854775807);
