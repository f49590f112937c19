-- Courses: courses, lessons with revisions, citable paragraphs, enrolment, course-level roles, cohorts, progress.

create table course (
    school_id uuid not null references school (id),
    id uuid not null,
    slug text not null check (slug ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
    title text not null,
    summary text not null,
    language text not null,
    subject text not null,
    level text not null,
    teacher text not null,
    licence text not null,
    author text not null,
    is_published boolean not null,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    primary key (school_id, id),
    unique (school_id, slug));

create table lesson (
    school_id uuid not null,
    id uuid not null,
    course_id uuid not null,
    slug text not null,
    position int not null,
    title text not null,
    summary text not null,
    minutes int not null check (minutes > 0),
    objectives text[] not null,
    revision int not null check (revision > 0),
    primary key (school_id, id),
    unique (school_id, course_id, slug),
    foreign key (school_id, course_id) references course (school_id, id) on delete cascade);

-- Every revision a lesson has had stays readable, because citations name the revision they quote.
create table lesson_revision (
    school_id uuid not null,
    id uuid not null,
    lesson_id uuid not null,
    number int not null,
    html text not null,
    created_at timestamptz not null,
    primary key (school_id, id),
    unique (school_id, lesson_id, number),
    foreign key (school_id, lesson_id) references lesson (school_id, id) on delete cascade);

-- A cast from a name to a text-search configuration is not immutable for PostgreSQL, as configurations can be renamed; ours are built in.
create function paragraph_words(configuration text, words text) returns tsvector language sql immutable parallel safe
    as $$ select to_tsvector(configuration::regconfig, words) $$;

-- The paragraphs of each lesson's current revision: what can be searched and cited.
create table paragraph (
    school_id uuid not null,
    id uuid not null,
    course_id uuid not null,
    lesson_id uuid not null,
    paragraph_id text not null,
    revision int not null,
    ordinal int not null,
    kind text not null,
    section_id text not null,
    section_title text not null,
    box text not null,
    html text not null,
    text text not null,
    spoken text not null,
    search_language text not null,
    search tsvector not null generated always as (
        setweight(paragraph_words(search_language, section_title), 'B') || setweight(paragraph_words(search_language, text), 'A')) stored,
    primary key (school_id, id),
    unique (school_id, lesson_id, paragraph_id),
    foreign key (school_id, course_id) references course (school_id, id) on delete cascade,
    foreign key (school_id, lesson_id) references lesson (school_id, id) on delete cascade);

-- Row-level security keeps the planner from a text index, so a search first narrows to one course by this one.
create index paragraph_by_course on paragraph (course_id);

create table course_role (
    school_id uuid not null,
    id uuid not null,
    course_id uuid not null,
    person_id uuid not null,
    role text not null check (role in ('student', 'teacher', 'assistant')),
    granted_at timestamptz not null,
    primary key (school_id, id),
    unique (school_id, course_id, person_id, role),
    foreign key (school_id, course_id) references course (school_id, id) on delete cascade);

create index course_role_by_person on course_role (school_id, person_id);

create table cohort (
    school_id uuid not null references school (id),
    id uuid not null,
    name text not null,
    created_at timestamptz not null,
    primary key (school_id, id),
    unique (school_id, name));

create table cohort_member (
    school_id uuid not null,
    id uuid not null,
    cohort_id uuid not null,
    person_id uuid not null,
    joined_at timestamptz not null,
    primary key (school_id, id),
    unique (school_id, cohort_id, person_id),
    foreign key (school_id, cohort_id) references cohort (school_id, id) on delete cascade);

create table lesson_progress (
    school_id uuid not null,
    id uuid not null,
    person_id uuid not null,
    course_id uuid not null,
    lesson_id uuid not null,
    opened_at timestamptz not null,
    last_opened_at timestamptz not null,
    finished_at timestamptz,
    primary key (school_id, id),
    unique (school_id, person_id, lesson_id),
    foreign key (school_id, lesson_id) references lesson (school_id, id) on delete cascade);

create index lesson_progress_by_course on lesson_progress (school_id, person_id, course_id);

call lectern_wall('course');
call lectern_wall('lesson');
call lectern_wall('lesson_revision');
call lectern_wall('paragraph');
call lectern_wall('course_role');
call lectern_wall('cohort');
call lectern_wall('cohort_member');
call lectern_wall('lesson_progress');
