-- What the gate needs: who may ask it about others, and what it saw.

-- Whether its holder may ask POST /introspect whose secret another one is; a user never may.
alter table credential add column introspect integer not null default 0
    check (introspect in (0, 1)) check (introspect = 0 or kind = 'account');

-- The last use of a credential, and how many there were. No row means that it was never used.
create table last_use (
    credential integer primary key references credential (seq),
    at         integer not null,
    peer       text    not null,
    count      integer not null check (count >= 1),
    mac        blob    not null
) strict;
