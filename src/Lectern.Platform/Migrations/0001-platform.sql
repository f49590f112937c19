-- Platform: schools and the walls between them, school settings, outbox, key ring.

-- Puts a tenant table behind the wall: rows are seen and written only for the school of the transaction.
create procedure lectern_wall(tenant_table regclass) language plpgsql as $$
begin
    execute format('alter table %s enable row level security', tenant_table);
    execute format('create policy school_wall on %s using (school_id = nullif(current_setting(''app.school_id'', true), '''')::uuid)', tenant_table);
end $$;

create table school (
    id uuid primary key,
    slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    name text not null,
    time_zone text not null,
    locale text not null,
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    is_system boolean not null default false,
    created_at timestamptz not null default now());

create unique index school_one_system on school (is_system) where is_system;

create table school_host (
    host text primary key check (host = lower(host)),
    school_id uuid not null references school (id));

create index school_host_by_school on school_host (school_id);

-- Settings that a school makes for itself, one JSON value per room and name.
create table school_setting (
    school_id uuid not null references school (id),
    id uuid not null,
    name text not null,
    value jsonb not null,
    changed_at timestamptz not null,
    primary key (school_id, id),
    unique (school_id, name));

call lectern_wall('school_setting');

create table outbox_event (
    id uuid primary key,
    sequence bigint not null generated always as identity,
    school_id uuid references school (id),
    name text not null,
    aggregate_id uuid not null,
    payload jsonb not null,
    occurred_at timestamptz not null default now(),
    fanned_out_at timestamptz);

create index outbox_event_waiting on outbox_event (sequence) where fanned_out_at is null;
create index outbox_event_by_age on outbox_event (occurred_at);

-- One row per fact and handler, so that a failing handler does not repeat the others.
create table outbox_delivery (
    id uuid primary key,
    event_id uuid not null references outbox_event (id) on delete cascade,
    handler text not null,
    sequence bigint not null,
    aggregate_id uuid not null,
    state text not null check (state in ('waiting', 'done', 'dead')),
    attempts int not null default 0,
    next_attempt_at timestamptz not null default now(),
    finished_at timestamptz,
    error text,
    unique (event_id, handler));

create index outbox_delivery_due on outbox_delivery (next_attempt_at) where state = 'waiting';
create index outbox_delivery_order on outbox_delivery (handler, aggregate_id, sequence) where state = 'waiting';
create index outbox_delivery_dead on outbox_delivery (sequence) where state = 'dead';

-- ASP.NET Core data-protection keys; each value is encrypted by the master key, which lives outside the database.
create table key_ring (
    id uuid primary key,
    name text not null unique,
    xml text not null,
    created_at timestamptz not null default now());
