-- Version 2 of the store: introspection and last uses.

-- Whether the credential may be used for POST /introspect. User passcodes never may.
alter table credential add column introspect integer not null default 0
    check (introspect in (0, 1)) check (introspect = 0 or kind = 'account');

-- The last use of each credential and the number of its uses. A credential that was never used has no row.
create table last_use (
    credential integer primary key references credential (seq),
    at         integer not null,
    peer       text    not null,
    count      integer not null check (count >= 1),
    mac        blob    not null
) strict;
