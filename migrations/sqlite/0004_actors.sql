-- Version 4 of the store: who acts through the process that writes an audit record. Null for the user of the process.
alter table audit add column actor_kind text check (actor_kind in ('api_client', 'web', 'system'));
alter table audit add column actor text check ((actor is null) = (actor_kind is null));
alter table audit add column actor_address text
    check ((actor_address is null) = (actor_kind is null or actor_kind = 'system'));
