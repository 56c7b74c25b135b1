-- Version 3 of the store: apps, districts, tokens and legacy keys. Two tables are replaced, because SQLite can't
-- change the constraints of a column or a primary key. The caller has turned foreign keys off, and all references
-- stay valid.

alter table head add column apps integer not null default 0;
alter table head add column districts integer not null default 0;

-- The policy for legacy keys: when the sunset was announced, when their rate limit begins, and when they stop being
-- valid. Either all of these columns are set or none.
alter table account add column legacy_announced_at integer;
alter table account add column legacy_limited_at integer
    check ((legacy_limited_at is null) = (legacy_announced_at is null))
    check (legacy_limited_at >= legacy_announced_at);
alter table account add column legacy_limit integer
    check ((legacy_limit is null) = (legacy_announced_at is null));
alter table account add column legacy_sunset_at integer
    check ((legacy_sunset_at is null) = (legacy_announced_at is null))
    check (legacy_sunset_at >= legacy_limited_at);
alter table account add column legacy_link text;

-- Apps: programs of other companies. An app is looked up by its client ID, so its digests have no index.
create table app (
    seq                 integer primary key,
    id                  text    not null unique check (length(id) = 24),
    client_id           text    not null unique check (length(client_id) = 20),
    account             integer not null references account (key),
    name                text    not null,
    name_key            text    not null,
    generation          integer not null check (generation >= 1),
    digest              blob    check (length(digest) = 32),
    made_at             integer not null,
    delivered_at        integer,
    retiring            blob    check (length(retiring) = 32),
    retiring_until      integer,
    retiring_until_used integer not null check (retiring_until_used in (0, 1)),
    rate_limit          integer not null check (rate_limit >= 1),
    webhook_url         text,
    webhook_generation  integer,
    created_at          integer not null,
    created_by          text    not null,
    removed_at          integer,
    removed_by          text,
    audit_seq           integer not null,
    mac                 blob    not null,
    check ((retiring is null) = (retiring_until is null)),
    check ((webhook_url is null) = (webhook_generation is null)),
    check ((removed_at is null) = (removed_by is null))
) strict;

create unique index app_name on app (account, name_key) where removed_at is null;

-- Districts: they share data with apps. Their names and external IDs are unique names, like those of credentials.
create table district (
    seq         integer primary key,
    id          text    not null unique check (length(id) = 24),
    account     integer not null references account (key),
    name        text    not null,
    external_id text,
    created_at  integer not null,
    created_by  text    not null,
    removed_at  integer,
    removed_by  text,
    audit_seq   integer not null,
    mac         blob    not null,
    check ((removed_at is null) = (removed_by is null))
) strict;

create table credential_new (
    seq                 integer primary key,
    id                  blob    not null unique check (length(id) = 12),
    account             integer not null references account (key),
    kind                text    not null check (kind in ('account', 'user', 'token', 'legacy')),
    owner               text    not null check (owner <> ''),
    slot                integer check (slot between 1 and 100),
    note                text,
    previous            integer references credential (seq),
    created_at          integer not null,
    created_by          text    not null,
    lifetime            text    not null,
    expires_at          integer,
    -- None as long as an app has not picked its token up.
    generation          integer not null check (generation >= 1 or (kind = 'token' and digest is null)),
    digest              blob    check (length(digest) = 32),
    made_at             integer not null,
    delivered_at        integer,
    retiring            blob    check (length(retiring) = 32),
    retiring_until      integer,
    retiring_until_used integer not null check (retiring_until_used in (0, 1)),
    introspect          integer not null check (introspect in (0, 1)) check (introspect = 0 or kind = 'account'),
    -- What a token is good for; nothing else has scopes.
    scopes              text    not null check ((scopes <> '') = (kind = 'token')),
    -- Requests a minute, where that is not what the app says.
    rate_limit          integer check (rate_limit >= 1) check (rate_limit is null or kind = 'token'),
    revoked_at          integer,
    revoked_by          text,
    revocation_reason   text,
    deleted_at          integer,
    deleted_by          text,
    audit_seq           integer not null,
    mac                 blob    not null,
    -- A place under the cap belongs to an account passcode that is not deleted, and to nothing else.
    check ((slot is not null) = (kind = 'account' and deleted_at is null)),
    -- Absent means "no end" only where that was asked for, and a user passcode always ends.
    check ((expires_at is null) = (lifetime = 'forever')),
    check (kind <> 'user' or expires_at is not null),
    check ((retiring is null) = (retiring_until is null)),
    check ((revoked_at is null) = (revoked_by is null)),
    check ((deleted_at is null) = (deleted_by is null))
) strict;

insert into credential_new
    select seq, id, account, kind, owner, slot, note, previous, created_at, created_by, lifetime, expires_at,
        generation, digest, made_at, delivered_at, retiring, retiring_until, retiring_until_used, introspect, '', null,
        revoked_at, revoked_by, revocation_reason, deleted_at, deleted_by, audit_seq, mac
    from credential;
drop table credential;
alter table credential_new rename to credential;

-- Enforces the limit: 100 slots per account, one credential each.
create unique index credential_slot on credential (account, slot) where slot is not null;

-- The credentials that will expire, by expiry.
create index credential_ending on credential (expires_at, seq)
    where expires_at is not null and revoked_at is null and deleted_at is null;

-- Unique names: names, email addresses, pairs of app and district, and external IDs, case folded. The register says
-- whether the holder is a credential or a district.
create table holding_new (
    account   integer not null references account (key),
    register  text    not null,
    owner_key text    not null,
    holder    integer not null,
    mac       blob    not null,
    primary key (account, register, owner_key)
) strict, without rowid;

insert into holding_new select account, kind, owner_key, credential, mac from holding;
drop table holding;
alter table holding_new rename to holding;

-- A second index of the names, in another order, so that a row that one of the two has lost is noticed.
create index holding_name on holding (owner_key, register, account);

-- The outbox: messages to apps about their tokens. Messages that have ended are kept for 30 days.
alter table head add column messages integer not null default 0;

create table message (
    seq           integer primary key,
    id            blob    not null unique check (length(id) = 12),
    app           integer not null references app (seq),
    event         text    not null,
    credential    integer not null references credential (seq),
    -- The token's end, as it stood then: of a coming one nobody is told twice.
    token_ends_at integer,
    body          text    not null,
    made_at       integer not null,
    attempts      integer not null check (attempts >= 0),
    next_at       integer not null,
    failure       text,
    ended_at      integer,
    outcome       text,
    mac           blob    not null,
    check ((ended_at is null) = (outcome is null))
) strict;

-- The pending messages, oldest first.
create index message_pending on message (seq) where ended_at is null;

-- The messages that have ended, by time, for their removal.
create index message_ended on message (ended_at, seq) where ended_at is not null;

create index message_credential on message (credential, seq);

-- The uses of each legacy key per day (days since 1970, UTC). They show who still depends on one.
create table daily_use (
    credential integer not null references credential (seq),
    day        integer not null,
    count      integer not null check (count >= 1),
    mac        blob    not null,
    primary key (credential, day)
) strict, without rowid;
