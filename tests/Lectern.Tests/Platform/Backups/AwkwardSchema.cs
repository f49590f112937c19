using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Modules;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lectern.Tests.Platform.Backups;

/// <summary>The platform's own tables and some that have everything a table may have.</summary>
internal static class AwkwardSchema
{
    public static Guid School { get; } = Guid.Parse("0197b2a0-0000-7000-8000-0000000000aa");

    public static Migration First { get; } = new("Awkward", 1, "odd", """
        create table odd_value (
            id bigint generated always as identity primary key,
            parent_id bigint references odd_value (id),
            note text, words text[], numbers int[][], doc jsonb, doc_text json, raw bytea,
            at timestamptz, local timestamp, day date, span interval, amount numeric, ratio double precision, small real,
            flag boolean, key uuid, net inet, spans tstzrange, bits bit varying, letter "char", "Odd ""Name"", with \ and tab" text,
            length int generated always as (length(note)) stored,
            search tsvector generated always as (to_tsvector('simple', coalesce(note, ''))) stored);
        alter table odd_value drop column flag;
        alter table odd_value add column flag boolean;
        create table odd_serial (id serial primary key, note text not null default 'unsaid');
        create table odd_empty (id int primary key);
        create table odd_egg (id int primary key, hen int);
        create table odd_hen (id int primary key, egg int not null references odd_egg (id));
        alter table odd_egg add constraint egg_of_hen foreign key (hen) references odd_hen (id) on delete set null;
        create table odd_day (day date not null, note text, primary key (day)) partition by range (day);
        create table odd_day_1 partition of odd_day for values from ('2026-01-01') to ('2027-01-01');
        create table odd_day_2 partition of odd_day for values from ('2027-01-01') to ('2028-01-01');
        create table odd_owned (school_id uuid not null references school (id), id uuid not null, text text not null, changed_at timestamptz not null, primary key (school_id, id));
        call lectern_wall('odd_owned');
        create function odd_touch() returns trigger language plpgsql as $$ begin new.changed_at := now(); return new; end $$;
        create trigger odd_touched before insert or update on odd_owned for each row execute function odd_touch();
        create table aa_first (id int primary key);
        create table zz_last (id int primary key references aa_first (id));
        """);

    public static Migration Second { get; } = new("Awkward", 2, "louder", """
        alter table odd_serial add column loud text;
        update odd_serial set loud = upper(note);
        alter table odd_serial alter column loud set default '', alter column loud set not null;
        alter table odd_empty rename to odd_void;
        """);

    public static Migrator Migrator(params Migration[] more) => new([.. PlatformMigrations, First, .. more], NullLogger<Migrator>.Instance);

    private static IReadOnlyList<Migration> PlatformMigrations { get; } = new Migrator((IModule[])[new PlatformModule()], NullLogger<Migrator>.Instance).Known;

    /// <summary>More than one piece of a backup, and one value that is longer than a piece.</summary>
    public const string Volume = """
        insert into odd_value (note) select repeat(md5(n::text), 10) from generate_series(1, 20000) n;
        insert into odd_value (note) values (repeat('0123456789 abcdef', 700000));
        """;

    public static string Rows { get; } = $$"""
        insert into school (id, slug, name, time_zone, locale, currency) values ('{{School}}', 'odd', E'Odd\tSchool \\ "of" {x,y}', 'Europe/Berlin', 'de', 'EUR');
        insert into school_setting (school_id, id, name, value, changed_at) values ('{{School}}', gen_random_uuid(), 'a', E'{"a": "\\\\N", "b": null, "c": "\\u0041\\n", "d": 1.0}', now());
        insert into outbox_event (id, school_id, name, aggregate_id, payload) select gen_random_uuid(), null, 'n', gen_random_uuid(), jsonb_build_object('n', n) from generate_series(1, 50) n;
        insert into odd_value (note) values (null), (''), (E'\\N'), (E'\\.'), ('NULL'), (E'tab\tline\nfeed\rreturn\r\nboth\\backslash\b\f\v'), (E'\x01\x1f\x7f'), ('ünï 日本 🎓 e' || U&'\0301'),
            (E'trailing backslash\\'), ('"quoted"'), (E'\\\\n');
        insert into odd_value (words, numbers) values ('{}', '{}'), (array['a', U&'\FEFF\FFFD\+10FFFF\200E', null, '', 'NULL', 'null', E'tab\t', 'comma,', '"', E'\\', '{}'], '{{"{{1,2},{3,4}}"}}'), (null, array[[1, null], [3, 4]]);
        insert into odd_value (doc, doc_text) values ('null', 'null'), (E'{"z": 1, "a": [1.10, "\\u00e9\\t", {"": ""}]}', E'{"z":1,  "z": "\\u0000 kept as text" }'), (null, '[ ]');
        insert into odd_value (raw) select decode(string_agg(lpad(to_hex(n), 2, '0'), ''), 'hex') from generate_series(0, 255) n union all select '' union all select E'\\x5c4e';
        insert into odd_value (at, local, day, span) values ('infinity', '-infinity', 'infinity', '0'), ('2026-10-25 02:30:00.123456+02', '0001-01-01 00:00:00 BC', '4713-01-01 BC', '-1 mon +3 days -04:05:06.789'),
            ('0044-03-15 12:00:00+00 BC', '294276-12-31 23:59:59.999999', '5874897-12-31', '178000000 years');
        insert into odd_value (amount, ratio, small) values ('NaN', 'NaN', 'NaN'), ('Infinity', '-Infinity', 'Infinity'), (0.10, '-0', 0.1), (123456789012345678901234567890.123456789, 5e-324, 1e-45), (-1e-20, 0.1::float8 + 0.2::float8, 3.4028235e38);
        insert into odd_value (flag, key, net, spans, bits, letter, "Odd ""Name"", with \ and tab") values
            (true, gen_random_uuid(), '::1/64', '[2026-01-01,infinity)', B'10110', 'x', E'\\'), (false, '00000000-0000-0000-0000-000000000000', '10.0.0.1', 'empty', B'', '', E'\t');
        insert into odd_value (parent_id, note) select 60 - n, md5(n::text) from generate_series(1, 50) n;
        insert into odd_serial (note) values ('one'), ('two'), ('three');
        delete from odd_serial where id = 3;
        insert into odd_egg values (1, null), (2, null); insert into odd_hen values (1, 2), (2, 1); update odd_egg set hen = id;
        insert into odd_day values ('2026-05-05', 'first'), ('2027-05-05', 'second');
        insert into odd_owned (school_id, id, text) values ('{{School}}', gen_random_uuid(), 'behind the wall');
        insert into aa_first values (1);
        insert into qrtz_job_details (sched_name, job_name, job_group, job_class_name, is_durable, is_nonconcurrent, is_update_data, requests_recovery, job_data)
            values ('lectern', 'j', 'DEFAULT', 'c', true, true, false, true, '\x00ff');
        insert into qrtz_triggers (sched_name, trigger_name, trigger_group, job_name, job_group, trigger_state, trigger_type, start_time)
            select 'lectern', state, 'DEFAULT', 'j', 'DEFAULT', state, 'CRON', 1 from unnest(array['WAITING', 'ACQUIRED', 'BLOCKED', 'PAUSED', 'PAUSED_BLOCKED', 'COMPLETE', 'ERROR']) state;
        insert into qrtz_locks values ('lectern', 'TRIGGER_ACCESS');
        insert into qrtz_scheduler_state (sched_name, instance_name, last_checkin_time, checkin_interval) values ('lectern', 'node', 1, 1);
        """;
}
