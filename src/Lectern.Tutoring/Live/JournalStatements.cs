using Lectern.Platform.Data;

namespace Lectern.Tutoring.Live;

/// <summary>
/// What the journal of a conversation writes, a statement for each kind of entry. The first four parameters of each are the school, the session, the epoch and
/// the moment; each counts the sessions that are still this node's, one or none.
/// </summary>
internal static class JournalStatements
{
    private const string Touched =
        "with ours as (update tutoring_session set last_active_at = greatest(last_active_at, $4) where school_id = $1 and id = $2 and epoch = $3 and ended_at is null returning id)";

    private const string Given = """
        with ours as (select id from tutoring_session where school_id = $1 and id = $2 and epoch = $3 and ended_at is null for share),
             written as (insert into tutoring_phrase (school_id, id, session_id, turn, index, text, given_at, is_last)
                         select $1, $5, ours.id, $6, $7, $8, $4, $9 from ours
                         on conflict (school_id, session_id, turn, index) do nothing)
        """;

    private const string Counted = "select count(*)::int from ours";

    /// <summary>$5 id, $6 turn, $7 the client's id, $8 the question.</summary>
    public static readonly FrequentStatement Ask = new($"""
        {Touched},
             written as (insert into tutoring_turn (school_id, id, session_id, number, client_id, question, asked_at)
                         select $1, $5, ours.id, $6, $7, $8, $4 from ours
                         on conflict (school_id, session_id, number) do nothing)
        {Counted}
        """);

    /// <summary>$5 turn, $6 the question.</summary>
    public static readonly FrequentStatement Amend = new($"""
        {Touched},
             written as (update tutoring_turn set question = $6 where school_id = $1 and session_id in (select id from ours) and number = $5 and outcome is null)
        {Counted}
        """);

    /// <summary>$5 turn, $6 how many characters were heard.</summary>
    public static readonly FrequentStatement Leave = new($"""
        {Touched},
             written as (update tutoring_turn set heard = $6 where school_id = $1 and session_id in (select id from ours) and number = $5 and outcome is null)
        {Counted}
        """);

    /// <summary>$5 id, $6 turn, $7 index, $8 text, $9 whether it is the last.</summary>
    public static readonly FrequentStatement Give = new($"""
        {Given}
        {Counted}
        """);

    /// <summary>As <see cref="Give"/>, and $10 to $19 the citations' columns.</summary>
    public static readonly FrequentStatement GiveCited = new($"""
        {Given},
             cited as (insert into tutoring_citation (school_id, id, session_id, turn, label, lesson_id, lesson_slug, lesson_title, revision, paragraph_id, section_id, section_title, quote)
                       select $1, c.id, ours.id, $6, c.label, c.lesson_id, c.lesson_slug, c.lesson_title, c.revision, c.paragraph_id, c.section_id, c.section_title, c.quote
                       from ours, unnest($10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
                           as c(id, label, lesson_id, lesson_slug, lesson_title, revision, paragraph_id, section_id, section_title, quote)
                       on conflict (school_id, session_id, turn, label) do nothing)
        {Counted}
        """);

    /// <summary>$5 turn, $6 outcome, $7 what it stands on, $8 how many characters were heard, null for all.</summary>
    public static readonly FrequentStatement End = new($"""
        {Touched},
             used as (select c.id from tutoring_citation c where c.school_id = $1 and c.session_id in (select id from ours) and c.turn = $5
                      and position('[' || c.label || ']' in left((select string_agg(p.text, '' order by p.index) from tutoring_phrase p
                          where p.school_id = $1 and p.session_id = $2 and p.turn = $5), coalesce($8, 2147483647))) > 0),
             written as (update tutoring_turn set outcome = $6, grounded = case when exists (select from used) then $7 else 'none' end, answered_at = $4, heard = $8
                         where school_id = $1 and session_id in (select id from ours) and number = $5 and outcome is null),
             unused as (delete from tutoring_citation d where d.school_id = $1 and d.session_id in (select id from ours) and d.turn = $5 and d.id not in (select id from used))
        {Counted}
        """);
}
