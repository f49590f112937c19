-- The phrase with which an answer was whole: whoever takes the conversation over has nothing more to ask for, only to speak what was not heard.
alter table tutoring_phrase add column is_last boolean not null default false;
