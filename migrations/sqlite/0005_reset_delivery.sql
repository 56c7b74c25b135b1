-- Version 5 of the store: a reset ends the old secret only after the new one was delivered. Until then, the new secret is
-- in `undelivered`. `discarded` counts the secrets that never were delivered and so have no generation.
-- `replacement_used`: whether the current secret was used while the one before it was retiring.
alter table credential add column replacement_used integer not null default 0
    check (replacement_used in (0, 1)) check (replacement_used = 0 or retiring is not null);
alter table credential add column undelivered blob check (length(undelivered) = 32);
alter table credential add column undelivered_at integer check ((undelivered_at is null) = (undelivered is null));
alter table credential add column discarded integer not null default 0 check (discarded >= 0);

-- When the expiry was moved last; null if it is the one that the credential was created with.
alter table credential add column expiry_set_at integer;

alter table app add column replacement_used integer not null default 0
    check (replacement_used in (0, 1)) check (replacement_used = 0 or retiring is not null);
alter table app add column undelivered blob check (length(undelivered) = 32);
alter table app add column undelivered_at integer check ((undelivered_at is null) = (undelivered is null));
alter table app add column discarded integer not null default 0 check (discarded >= 0);

-- Removed accounts stay, because deleted credentials and removed apps and districts refer to them.
alter table account add column removed_at integer;
alter table account add column removed_by text;
