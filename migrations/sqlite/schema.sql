CREATE INDEX audit_subject on audit (subject, seq);

CREATE INDEX credential_ending on credential (expires_at, seq)
    where expires_at is not null and revoked_at is null and deleted_at is null;

CREATE INDEX holding_name on holding (owner_key, register, account);

CREATE INDEX message_credential on message (credential, seq);

CREATE INDEX message_ended on message (ended_at, seq) where ended_at is not null;

CREATE INDEX message_pending on message (seq) where ended_at is null;

CREATE TABLE "credential" (
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
    mac                 blob    not null, replacement_used integer not null default 0
    check (replacement_used in (0, 1)) check (replacement_used = 0 or retiring is not null), undelivered blob check (length(undelivered) = 32), undelivered_at integer check ((undelivered_at is null) = (undelivered is null)), discarded integer not null default 0 check (discarded >= 0), expiry_set_at integer,
    -- A place under the cap belongs to an account passcode that is not deleted, and to nothing else.
    check ((slot is not null) = (kind = 'account' and deleted_at is null)),
    -- Absent means "no end" only where that was asked for, and a user passcode always ends.
    check ((expires_at is null) = (lifetime = 'forever')),
    check (kind <> 'user' or expires_at is not null),
    check ((retiring is null) = (retiring_until is null)),
    check ((revoked_at is null) = (revoked_by is null)),
    check ((deleted_at is null) = (deleted_by is null))
) strict;

CREATE TABLE "holding" (
    account   integer not null references account (key),
    register  text    not null,
    owner_key text    not null,
    holder    integer not null,
    mac       blob    not null,
    primary key (account, register, owner_key)
) strict, without rowid;

CREATE TABLE account (
    key                   integer primary key,
    id                    text    not null unique,
    name                  text    not null,
    region                text    not null,
    require_user_passcode integer not null check (require_user_passcode in (0, 1)),
    created_at            integer not null,
    audit_seq             integer not null,
    mac                   blob    not null
, legacy_announced_at integer, legacy_limited_at integer
    check ((legacy_limited_at is null) = (legacy_announced_at is null))
    check (legacy_limited_at >= legacy_announced_at), legacy_limit integer
    check ((legacy_limit is null) = (legacy_announced_at is null)), legacy_sunset_at integer
    check ((legacy_sunset_at is null) = (legacy_announced_at is null))
    check (legacy_sunset_at >= legacy_limited_at), legacy_link text, removed_at integer, removed_by text) strict;

CREATE TABLE app (
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
    mac                 blob    not null, replacement_used integer not null default 0
    check (replacement_used in (0, 1)) check (replacement_used = 0 or retiring is not null), undelivered blob check (length(undelivered) = 32), undelivered_at integer check ((undelivered_at is null) = (undelivered is null)), discarded integer not null default 0 check (discarded >= 0),
    check ((retiring is null) = (retiring_until is null)),
    check ((webhook_url is null) = (webhook_generation is null)),
    check ((removed_at is null) = (removed_by is null))
) strict;

CREATE TABLE audit (
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
, actor_kind text check (actor_kind in ('api_client', 'web', 'system')), actor text check ((actor is null) = (actor_kind is null)), actor_address text
    check ((actor_address is null) = (actor_kind is null or actor_kind = 'system'))) strict;

CREATE TABLE daily_use (
    credential integer not null references credential (seq),
    day        integer not null,
    count      integer not null check (count >= 1),
    mac        blob    not null,
    primary key (credential, day)
) strict, without rowid;

CREATE TABLE district (
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

CREATE TABLE head (
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
, apps integer not null default 0, districts integer not null default 0, messages integer not null default 0, sums blob check (length(sums) = 176)) strict;

CREATE TABLE last_use (
    credential integer primary key references credential (seq),
    at         integer not null,
    peer       text    not null,
    count      integer not null check (count >= 1),
    mac        blob    not null
) strict;

CREATE TABLE message (
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

CREATE TABLE secret (
    digest     blob    primary key check (length(digest) = 32),
    credential integer not null references credential (seq),
    mac        blob    not null
) strict, without rowid;

CREATE TABLE tally (
    account integer not null references account (key),
    bucket  integer not null,
    count   integer not null check (count >= 0),
    mac     blob    not null,
    primary key (account, bucket)
) strict, without rowid;

CREATE UNIQUE INDEX app_name on app (account, name_key) where removed_at is null;

CREATE UNIQUE INDEX credential_slot on credential (account, slot) where slot is not null;
