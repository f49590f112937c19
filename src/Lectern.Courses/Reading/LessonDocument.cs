namespace Lectern.Courses.Reading;

/// <summary>A lesson as it was read: what its page shows and what a citation can point at.</summary>
/// <param name="Title">Plain text.</param>
/// <param name="Summary">Plain text.</param>
/// <param name="Minutes">Time a learner needs.</param>
/// <param name="Objectives">Plain text, one sentence each.</param>
/// <param name="Language">BCP 47, from the course.</param>
/// <param name="Blocks">In the order of the lesson.</param>
/// <param name="Terms">In the order of the lesson.</param>
/// <param name="Problems">For the author; empty when everything was understood.</param>
public sealed record LessonDocument(
    string Title,
    string Summary,
    int Minutes,
    IReadOnlyList<string> Objectives,
    string Language,
    IReadOnlyList<Block> Blocks,
    IReadOnlyList<KeyTerm> Terms,
    IReadOnlyList<ReadingProblem> Problems)
{
    /// <summary>In the order of the lesson; not shown in it.</summary>
    public IReadOnlyList<SectionQuestion> Questions { get; init; } = [];

    /// <summary>The whole lesson as HTML: its blocks in order, boxes closed around theirs.</summary>
    public string ToHtml() => LessonHtml.Join(Blocks);
}

public enum BlockKind { Heading, Paragraph, Formula, List, Table, Figure, Term, Quote, Code }

/// <summary>A box set apart from the running text: a worked example, a remark, a question to check oneself.</summary>
public enum BoxKind { Example, Note, Check }

/// <param name="Number">Order of the box in its lesson, from 1; blocks of equal number share one box.</param>
/// <param name="Kind">What the box is for.</param>
/// <param name="Title">May be empty.</param>
public sealed record Box(int Number, BoxKind Kind, string Title);

/// <summary>The smallest thing that can be cited.</summary>
/// <param name="ParagraphId">Stays with the paragraph through edits and moves; the element's id is <c>p-</c> and this.</param>
/// <param name="Kind">Which element it is.</param>
/// <param name="SectionId">The id of the level-2 heading above, as in the author's <c>{#id}</c>; its anchor in the page is <c>s-</c> and this. Empty before the first heading.</param>
/// <param name="SectionTitle">The lesson's title before the first heading.</param>
/// <param name="Ordinal">Position in the lesson, from 1.</param>
/// <param name="Html">One element, safe to put into a page, that begins with its id.</param>
/// <param name="Text">Plain text, formulas as Unicode ("E = mc²"): for search, quotes and prompts.</param>
/// <param name="Spoken">The same with formulas as words of the lesson's language: for speech.</param>
/// <param name="Box">The box the block stands in, if any.</param>
public sealed record Block(
    string ParagraphId,
    BlockKind Kind,
    string SectionId,
    string SectionTitle,
    int Ordinal,
    string Html,
    string Text,
    string Spoken,
    Box? Box = null)
{
    /// <summary>The same block under another id, in its HTML too.</summary>
    public Block WithParagraphId(string id)
    {
        var old = $" id=\"p-{ParagraphId}\"";
        var at = Html.IndexOf(old, StringComparison.Ordinal);
        return this with { ParagraphId = id, Html = at < 0 ? Html : string.Concat(Html.AsSpan(0, at), $" id=\"p-{id}\"", Html.AsSpan(at + old.Length)) };
    }
}

/// <summary>A term the lesson defines.</summary>
public sealed record KeyTerm(string Term, string Definition, string ParagraphId, string SectionId);

/// <summary>A question, in a student's words, that a section answers: it helps to find the section.</summary>
/// <param name="SectionId">Empty before the first heading.</param>
/// <param name="Text">Plain text.</param>
public sealed record SectionQuestion(string SectionId, string Text);

/// <summary>Something the author should mend.</summary>
/// <param name="File">Relative to the course's folder.</param>
/// <param name="Line">From 1; 0 when the file as a whole is meant.</param>
/// <param name="Message">A sentence.</param>
public sealed record ReadingProblem(string File, int Line, string Message);
