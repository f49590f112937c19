-- An answer that was spoken and interrupted: how many characters of its phrases, joined, were heard. Null for all.
alter table tutoring_turn add column heard int check (heard >= 0);
