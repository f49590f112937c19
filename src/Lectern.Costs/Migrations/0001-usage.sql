-- Costs: what was used and what it cost, its sums, leases of spending, budgets, alarms, what was switched off. Money is in millionths of the named
-- currency, rounded once per line. None of these tables names a person: a line knows the school, the course and the conversation it was for.

-- Every use, once. Only ever added to; the comment on the table makes the migrator take the rights to change it away from the app role. The month is that of the
-- use itself (UTC), not of the writing, so that a report that is repeated falls into the same partition and is found there by its key.
create table cost_usage (
    school_id uuid not null references school (id),
    month date not null,
    key text not null check (length(key) between 1 and 100),
    at timestamptz not null,
    day date not null,
    course_id uuid,
    session_id uuid,
    block_id uuid,
    kind text not null,
    provider text not null,
    price_id text,
    quantity numeric not null,
    rate numeric,
    rate_currency text,
    amount bigint not null,
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    pricing text not null check (pricing in ('priced', 'free', 'unpriced', 'correction')),
    written_at timestamptz not null default now(),
    check (month = date_trunc('month', at at time zone 'utc')::date),
    check (quantity >= 0 and amount >= 0 or pricing = 'correction'),
    primary key (school_id, month, key)) partition by range (month);

-- Nothing is ever refused for want of a partition.
create table cost_usage_default partition of cost_usage default;

call lectern_wall('cost_usage');
call lectern_wall('cost_usage_default');
comment on table cost_usage is 'append-only';
comment on table cost_usage_default is 'append-only';

-- Makes the partition of a month, and moves into it what went to the default one meanwhile. The app role may run it, but only near today.
create function cost_make_month(wanted date) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare
    starts date := date_trunc('month', wanted)::date;
    part text := 'cost_usage_' || to_char(date_trunc('month', wanted), 'YYYY_MM');
begin
    if starts not between (now() - interval '3 years')::date and (now() + interval '2 years')::date then
        raise exception 'no partition is made for %', starts;
    end if;
    perform pg_advisory_xact_lock(hashtextextended('lectern.costs.months', 0));
    if to_regclass('public.' || part) is not null then
        return false;
    end if;
    execute format('create table %I (like cost_usage including defaults including constraints including indexes)', part);
    execute format('with moved as (delete from cost_usage_default where month = %L returning *) insert into %I select * from moved', starts, part);
    execute format('alter table cost_usage attach partition %I for values from (%L) to (%L)', part, starts, starts + interval '1 month');
    call lectern_wall(part::regclass);
    execute format('comment on table %I is %L', part, 'append-only');
    return true;
end $$;

select cost_make_month((now() + n * interval '1 month')::date) from generate_series(-1, 3) n;

-- Sums of a school's day, changed by the transaction that adds the lines.
create table cost_day (
    school_id uuid not null references school (id),
    id uuid not null,
    day date not null,
    course_id uuid,
    kind text not null,
    provider text not null,
    price_id text,
    pricing text not null,
    currency text not null,
    quantity numeric not null,
    amount bigint not null,
    records bigint not null,
    primary key (school_id, id),
    unique nulls not distinct (school_id, day, course_id, kind, provider, price_id, pricing, currency));

call lectern_wall('cost_day');

-- What a node holds to spend. All of it counts as spent until it is given back; what a node that died has not reported is booked as such when the lease
-- runs out by the database's clock. Over all schools, since any node clears up after any other; it holds no person and no text.
create table cost_block (
    id uuid primary key,
    school_id uuid not null references school (id),
    course_id uuid,
    node uuid not null,
    day date not null,
    installation_day date not null,
    currency text not null,
    amount bigint not null check (amount > 0),
    overdrawn bigint not null default 0 check (overdrawn >= 0),
    reported bigint not null default 0 check (reported >= 0),
    returned bigint not null default 0 check (returned >= 0),
    unaccounted bigint not null default 0 check (unaccounted >= 0),
    leased_at timestamptz not null default now(),
    lease_until timestamptz not null,
    closed_at timestamptz,
    check (reported + returned + unaccounted <= amount + overdrawn),
    check (closed_at is null or reported + returned + unaccounted = amount + overdrawn));

create index cost_block_open on cost_block (lease_until) where closed_at is null;
create index cost_block_by_age on cost_block (closed_at);

-- How much of each budget's period is spent (settled) or leased out (held): what leases are given against, row locks making them exact on any number of
-- nodes. Over all schools, because the installation's row is everybody's; it holds sums only.
create table cost_spent (
    scope text not null check (scope in ('installation', 'school', 'course')),
    owner uuid not null,
    period text not null check (period in ('day', 'month')),
    starts date not null,
    currency text not null,
    school_id uuid references school (id),
    settled bigint not null default 0,
    held bigint not null default 0,
    -- The least sum that was asked for in vain: while there is less room than this, nothing more is spent.
    wanting bigint not null default 0,
    primary key (scope, owner, period, starts, currency));

-- An amount for a period: one that stops spending, or one that only tells. The installation's own belong to the system school.
create table cost_budget (
    school_id uuid not null references school (id),
    id uuid not null,
    scope text not null check (scope in ('installation', 'school', 'course')),
    course_id uuid,
    period text not null check (period in ('day', 'month')),
    amount bigint not null check (amount > 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    is_cap boolean not null,
    alarms int[] not null,
    tells_projection boolean not null,
    avatar_off int check (avatar_off between 1 and 100),
    voice_off int check (voice_off between 1 and 100),
    typed_only int check (typed_only between 1 and 100),
    closed int not null check (closed between 1 and 100),
    created_at timestamptz not null,
    changed_at timestamptz not null,
    removed_at timestamptz,
    check ((scope = 'course') = (course_id is not null)),
    primary key (school_id, id));

call lectern_wall('cost_budget');

-- An alarm that was raised, once per budget, period and threshold.
create table cost_alarm (
    school_id uuid not null references school (id),
    id uuid not null,
    budget_id uuid not null,
    starts date not null,
    kind text not null check (kind in ('spent', 'projected')),
    percent int not null,
    spent bigint not null,
    amount bigint not null,
    currency text not null,
    is_told boolean not null,
    raised_at timestamptz not null,
    primary key (school_id, id),
    unique (school_id, budget_id, starts, kind, percent),
    foreign key (school_id, budget_id) references cost_budget (school_id, id));

create index cost_alarm_by_age on cost_alarm (school_id, raised_at);

-- What a budget switched off, or on again, and when.
create table cost_step (
    school_id uuid not null references school (id),
    id uuid not null,
    budget_id uuid not null,
    level text not null,
    spent bigint not null,
    amount bigint not null,
    currency text not null,
    stepped_at timestamptz not null,
    primary key (school_id, id),
    foreign key (school_id, budget_id) references cost_budget (school_id, id));

create index cost_step_by_budget on cost_step (school_id, budget_id, stepped_at desc);

-- A price that the school itself has agreed, instead of the catalogue's; per unit of what is metered.
create table cost_price_override (
    school_id uuid not null references school (id),
    id uuid not null,
    price_id text not null check (length(price_id) between 1 and 100),
    rate numeric not null check (rate >= 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    note text not null default '',
    changed_at timestamptz not null,
    primary key (school_id, id),
    unique (school_id, price_id));

call lectern_wall('cost_alarm');
call lectern_wall('cost_step');
call lectern_wall('cost_price_override');
