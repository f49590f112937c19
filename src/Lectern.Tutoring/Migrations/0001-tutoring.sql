-- Tutoring: the AI teachers, sessions with students, what was said, tickets for live connections, seats.

create table teacher_character (
    school_id uuid not null references school (id),
    id uuid not null,
    slug text not null check (slug ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    position int not null,
    name text not null,
    subject text not null,
    greeting text not null,
    manner text not null,
    look jsonb not null,
    voice jsonb not null,
    primary key (school_id, id),
    unique (school_id, slug));

-- Owner, epoch and lease: one node speaks for a session. Whoever takes it over raises the epoch, and the old owner's writes are refused.
create table tutoring_session (
    school_id uuid not null references school (id),
    id uuid not null,
    person_id uuid not null,
    course_id uuid not null,
    lesson_id uuid,
    course_slug text not null,
    lesson_slug text not null,
    language text not null,
    title text not null,
    teacher_slug text not null,
    teacher_name text not null,
    is_shared boolean not null,
    started_at timestamptz not null,
    ends_at timestamptz not null,
    idle_minutes int not null check (idle_minutes > 0),
    max_messages int not null check (max_messages > 0),
    last_active_at timestamptz not null,
    owner uuid,
    epoch int not null default 0,
    lease_until timestamptz,
    ended_at timestamptz,
    end_reason text,
    rating int check (rating between 1 and 5),
    rating_comment text not null default '',
    rated_at timestamptz,
    primary key (school_id, id));

create index tutoring_session_by_person on tutoring_session (school_id, person_id, started_at desc);
create index tutoring_session_by_course on tutoring_session (school_id, course_id, started_at desc);
create index tutoring_session_open on tutoring_session (school_id, ends_at) where ended_at is null;

create table tutoring_turn (
    school_id uuid not null,
    id uuid not null,
    session_id uuid not null,
    number int not null check (number >= 0),
    client_id text,
    question text,
    asked_at timestamptz not null,
    outcome text check (outcome in ('completed', 'stopped', 'failed')),
    grounded text not null default 'none' check (grounded in ('quoted', 'model', 'none')),
    answered_at timestamptz,
    primary key (school_id, id),
    unique (school_id, session_id, number),
    foreign key (school_id, session_id) references tutoring_session (school_id, id) on delete cascade);

-- An answer is its phrases, joined. Each is stored before it is given out.
create table tutoring_phrase (
    school_id uuid not null,
    id uuid not null,
    session_id uuid not null,
    turn int not null,
    index int not null check (index >= 0),
    text text not null,
    given_at timestamptz not null,
    primary key (school_id, id),
    unique (school_id, session_id, turn, index),
    foreign key (school_id, session_id) references tutoring_session (school_id, id) on delete cascade);

-- What an answer stands on. Names and quote are kept as they were, so that a citation outlives a revision of its lesson.
create table tutoring_citation (
    school_id uuid not null,
    id uuid not null,
    session_id uuid not null,
    turn int not null,
    label int not null check (label > 0),
    lesson_id uuid not null,
    lesson_slug text not null,
    lesson_title text not null,
    revision int not null,
    paragraph_id text not null,
    section_id text not null,
    section_title text not null,
    quote text not null,
    primary key (school_id, id),
    unique (school_id, session_id, turn, label),
    foreign key (school_id, session_id) references tutoring_session (school_id, id) on delete cascade);

-- A ticket opens one connection, once; only its hash is kept.
create table live_ticket (
    school_id uuid not null,
    id uuid not null,
    session_id uuid not null,
    secret_hash bytea not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    primary key (school_id, id),
    unique (school_id, secret_hash),
    foreign key (school_id, session_id) references tutoring_session (school_id, id) on delete cascade);

create index live_ticket_by_session on live_ticket (school_id, session_id);

-- Who is in conversation now, over all schools: what the caps of a node and of the installation count. It holds no person and no text.
create table live_seat (
    session_id uuid primary key,
    school_id uuid not null references school (id),
    node uuid not null,
    until timestamptz not null);

create index live_seat_until on live_seat (until);

call lectern_wall('teacher_character');
call lectern_wall('tutoring_session');
call lectern_wall('tutoring_turn');
call lectern_wall('tutoring_phrase');
call lectern_wall('tutoring_citation');
call lectern_wall('live_ticket');
