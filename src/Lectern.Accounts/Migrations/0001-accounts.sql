-- Accounts: people, their roles, their sign-ins, invitations.

create table person (
    school_id uuid not null references school (id),
    id uuid not null,
    user_name text not null,
    normalized_user_name text not null,
    email text not null,
    normalized_email text not null,
    email_confirmed boolean not null,
    display_name text not null,
    locale text,
    password_hash text,
    security_stamp text not null,
    concurrency_stamp text not null,
    lockout_end timestamptz,
    lockout_enabled boolean not null,
    access_failed_count int not null,
    two_factor_enabled boolean not null,
    created_at timestamptz not null,
    last_seen_at timestamptz,
    -- Locked by an administrator: signs out everywhere and stays out. The lock-out after wrong passwords is lockout_end.
    locked_at timestamptz,
    -- Erased: the row stays for what refers to it, without anything that tells who it was.
    deleted_at timestamptz,
    primary key (school_id, id),
    unique (school_id, normalized_email),
    unique (school_id, normalized_user_name));

-- People lists are sorted by name.
create index person_by_name on person (school_id, display_name, id);

create table person_role (
    school_id uuid not null,
    id uuid not null,
    person_id uuid not null,
    role text not null check (role in ('student', 'teacher', 'school-admin', 'platform-admin')),
    granted_at timestamptz not null,
    primary key (school_id, id),
    unique (school_id, person_id, role),
    foreign key (school_id, person_id) references person (school_id, id) on delete cascade);

create index person_role_by_role on person_role (school_id, role);

-- Behind each cookie and each pair of API tokens stands one row, so that every sign-in can be seen and revoked. Secrets are kept as SHA-256:
-- they are 256 random bits, so a slow hash would add nothing.
create table sign_in (
    school_id uuid not null,
    id uuid not null,
    person_id uuid not null,
    kind text not null check (kind in ('browser', 'api')),
    secret_hash bytea not null,
    -- API only. A refresh token holds both: the family stays, the second part changes with each use, so a used one is recognised.
    refresh_family_hash bytea,
    refresh_hash bytea,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null,
    access_expires_at timestamptz,
    revoked_at timestamptz,
    device text not null,
    ip text not null,
    primary key (school_id, id),
    foreign key (school_id, person_id) references person (school_id, id) on delete cascade,
    check ((kind = 'api') = (refresh_family_hash is not null and refresh_hash is not null and access_expires_at is not null)));

create index sign_in_by_person on sign_in (school_id, person_id);
create index sign_in_by_expiry on sign_in (school_id, expires_at);

create table invitation (
    school_id uuid not null references school (id),
    id uuid not null,
    -- Null for the first administrator of an installation, who says it when accepting.
    email text,
    role text not null check (role in ('student', 'teacher', 'school-admin', 'platform-admin')),
    token_hash bytea not null,
    created_by uuid,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    accepted_at timestamptz,
    accepted_by uuid,
    revoked_at timestamptz,
    primary key (school_id, id),
    unique (school_id, token_hash),
    foreign key (school_id, created_by) references person (school_id, id),
    foreign key (school_id, accepted_by) references person (school_id, id));

create index invitation_by_age on invitation (school_id, created_at);
create index invitation_by_creator on invitation (school_id, created_by);
create index invitation_by_acceptor on invitation (school_id, accepted_by);

call lectern_wall('person');
call lectern_wall('person_role');
call lectern_wall('sign_in');
call lectern_wall('invitation');
