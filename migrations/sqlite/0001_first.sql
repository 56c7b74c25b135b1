-- Version 1 of the store. Times are whole seconds since 1970 (UTC).
-- Every `mac` is HMAC-SHA256 over the other fields of the row, truncated to 16 bytes; see SECURITY.md.

-- The head, one row: the state after the newest commit, and a check value that identifies the key.
create table head (
    id          integer primary key check (id = 1),
    key_check   blob    not null check (length(key_check) = 16),
    created_at  integer not null,
    accounts    integer not null,
    credentials integer not null,
    audit_seq   integer not null,
    audit_at    integer not null,
    audit_link  blob    not null check (length(audit_link) = 32),
    escrowed_at integer,
    mac         blob    not null
) strict;

create table account (
    key                   integer primary key,
    id                    text    not null unique,
    name                  text    not null,
    region                text    not null,
    require_user_passcode integer not null check (require_user_passcode in (0, 1)),
    created_at            integer not null,
    audit_seq             integer not null,
    mac                   blob    not null
) strict;

create table credential (
    seq                 integer primary key,
    id                  blob    not null unique check (length(id) = 12),
    account             integer not null references account (key),
    kind                text    not null check (kind in ('account', 'user')),
    owner               text    not null check (owner <> ''),
    slot                integer check (slot between 1 and 100),
    note                text,
    previous            integer references credential (seq),
    created_at          integer not null,
    created_by          text    not null,
    lifetime            text    not null,
    expires_at          integer,
    generation          integer not null check (generation >= 1),
    digest              blob    check (length(digest) = 32),
    made_at             integer not null,
    delivered_at        integer,
    retiring            blob    check (length(retiring) = 32),
    retiring_until      integer,
    retiring_until_used integer not null check (retiring_until_used in (0, 1)),
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

-- Enforces the limit: 100 slots per account, one credential each.
create unique index credential_slot on credential (account, slot) where slot is not null;

-- The credentials that will expire, by expiry.
create index credential_ending on credential (expires_at, seq)
    where expires_at is not null and revoked_at is null and deleted_at is null;

-- The credential of each digest. Digests are never removed, so that replaced and unknown secrets can be distinguished.
create table secret (
    digest     blob    primary key check (length(digest) = 32),
    credential integer not null references credential (seq),
    mac        blob    not null
) strict, without rowid;

-- Unique names: the credential that has a name or an email address, case folded.
create table holding (
    account    integer not null references account (key),
    kind       text    not null,
    owner_key  text    not null,
    credential integer not null references credential (seq),
    mac        blob    not null,
    primary key (account, kind, owner_key)
) strict, without rowid;

-- A second index of the names, in another order, so that a row that one of the two has lost is noticed.
create index holding_name on holding (owner_key, kind, account);

-- Counters: how many credentials must exist, so that a missing one is noticed. The bucket is the day on which they
-- expire, 9223372036854775807 if they never expire, or -1 if they are revoked or deleted. Bucket -2 counts used slots.
create table tally (
    account integer not null references account (key),
    bucket  integer not null,
    count   integer not null check (count >= 0),
    mac     blob    not null,
    primary key (account, bucket)
) strict, without rowid;

create table audit (
    seq       integer primary key,
    at        integer not null,
    uid       integer not null,
    login_uid integer,
    user      text    not null,
    sudo_user text,
    host      text    not null,
    version   text    not null,
    action    text    not null,
    subject   text    not null,
    name      text,
    before    text,
    after     text,
    link      blob    not null check (length(link) = 32),
    mac       blob    not null
) strict;
