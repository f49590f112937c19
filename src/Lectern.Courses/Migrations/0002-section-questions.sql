-- The questions that a lesson's author says its sections answer: they help to find the section, and are shown as suggestions.

create table section_question (
    school_id uuid not null,
    id uuid not null,
    course_id uuid not null,
    lesson_id uuid not null,
    section_id text not null,
    ordinal int not null check (ordinal > 0),
    text text not null,
    primary key (school_id, id),
    foreign key (school_id, course_id) references course (school_id, id) on delete cascade,
    foreign key (school_id, lesson_id) references lesson (school_id, id) on delete cascade);

create index section_question_by_course on section_question (course_id);

call lectern_wall('section_question');
