using System.Globalization;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;

namespace Lectern.Courses.Reading;

/// <summary>
/// A lesson's file. Paragraph ids depend on its slug, problems name its file, and the drawings are SVG sources by the path a lesson
/// writes, <c>drawings/cell.svg</c>.
/// </summary>
internal sealed record LessonSource(string Slug, string File, string Markdown, string Language, IReadOnlyDictionary<string, string> Drawings);

/// <summary>
/// Reads a lesson: YAML front matter, then a dialect of Markdown in which raw HTML is text. Never throws on any input; the work is
/// bounded by the length of the file, the depth of nesting and the number of blocks.
/// </summary>
internal static partial class LessonReader
{
    // About 16,000 words. Markdig is quadratic on hostile brackets: this many take it some seconds, three times as many half a minute.
    public const int MaximumLength = 100_000;
    public const int MaximumBlocks = 2000;
    private static readonly HashSet<string> Fields = ["title", "summary", "minutes", "objectives"];

    private static readonly System.Buffers.SearchValues<char> Marks = System.Buffers.SearchValues.Create("$*_`[\\&");

    private static readonly MarkdownPipeline Pipeline = BuildPipeline();

    private static MarkdownPipeline BuildPipeline()
    {
        var builder = new MarkdownPipelineBuilder { MaximumNestingDepth = 32 };
        return builder.UsePipeTables().UseDefinitionLists().UseCustomContainers().UseMathematics().DisableHtml().Build();
    }

    public static LessonDocument Read(LessonSource source)
    {
        var problems = new List<ReadingProblem>();
        if (source.Markdown.Length > MaximumLength)
        {
            problems.Add(new ReadingProblem(source.File, 0, $"The lesson is longer than {MaximumLength} characters; split it."));
            return new LessonDocument("", "", 0, [], source.Language, [], [], problems);
        }
        var (yaml, body, bodyLine) = Divide(source, problems);
        var matter = FrontMatter.Read(yaml, source.File, lineOffset: 1, Fields, problems);
        var title = PlainText(matter.Required("title", 200)) is { Length: > 0 } given ? given : source.Slug;
        var (blocks, terms, questions) = ReadBody(source, title, body, bodyLine, problems);
        return new LessonDocument(title, PlainText(matter.Required("summary", 1000)), ReadMinutes(matter, source.File, problems),
            ReadObjectives(matter, source.File, problems), source.Language, blocks, terms, problems) { Questions = questions };
    }

    private static (string Yaml, string Body, int BodyLine) Divide(LessonSource source, List<ReadingProblem> problems)
    {
        var text = source.Markdown.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal);
        var match = FrontMatterFence().Match(text);
        if (match.Success) return (match.Groups["yaml"].Value, text[match.Length..], text.AsSpan(0, match.Length).Count('\n'));
        problems.Add(new ReadingProblem(source.File, 1, "The lesson has to begin with its title, summary, minutes and objectives between two lines of ---."));
        return ("", text, 0);
    }

    [GeneratedRegex(@"\A---[ \t]*\n(?<yaml>.*?\n)---[ \t]*(\n|\z)", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex FrontMatterFence();

    private static int ReadMinutes(FrontMatter matter, string file, List<ReadingProblem> problems)
    {
        var text = matter.Required("minutes", 10);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes is >= 1 and <= 600) return minutes;
        if (text.Length > 0) problems.Add(new ReadingProblem(file, matter.LineOf("minutes"), "The field \"minutes\" takes a whole number from 1 to 600."));
        return 1;
    }

    private static List<string> ReadObjectives(FrontMatter matter, string file, List<ReadingProblem> problems)
    {
        var objectives = matter.List("objectives");
        if (objectives.Count is 0 or > 20) problems.Add(new ReadingProblem(file, matter.LineOf("objectives"), "The field \"objectives\" takes a list of 1 to 20 sentences."));
        return [.. objectives.Take(20).Select(PlainText)];
    }

    /// <summary>A line of front matter with its emphasis and formulas as plain text.</summary>
    private static string PlainText(string line)
    {
        if (line.AsSpan().IndexOfAny(Marks) < 0) return line;
        return Parse(line) is { Count: > 0 } document && document[0] is ParagraphBlock paragraph
            ? new InlineReader("en", (_, _) => { }).Read(paragraph).Text.ToString()
            : line;
    }

    private static (IReadOnlyList<Block> Blocks, IReadOnlyList<KeyTerm> Terms, IReadOnlyList<SectionQuestion> Questions) ReadBody(LessonSource source, string title, string body, int bodyLine, List<ReadingProblem> problems)
    {
        void Report(int line, string message) => problems.Add(new ReadingProblem(source.File, line + bodyLine + 1, message));
        if (Parse(body) is not { } document)
        {
            Report(0, "The lesson is nested too deeply to be read.");
            return ([], [], []);
        }
        var reader = new BlockReader(source, title, Report, inline => Parse(inline)?.OfType<ParagraphBlock>().FirstOrDefault());
        reader.Read(document);
        var blocks = ParagraphIds.Assign(source.Slug, reader.Blocks);
        if (blocks.Count == 0) Report(0, "The lesson has no text.");
        return (blocks, KeyTerms(reader.Terms, blocks), reader.Questions);
    }

    private static List<KeyTerm> KeyTerms(IReadOnlyList<(string Term, string Definition, int Ordinal)> terms, IReadOnlyList<Block> blocks) =>
        [.. terms.Select(t => new KeyTerm(t.Term, t.Definition, blocks[t.Ordinal - 1].ParagraphId, blocks[t.Ordinal - 1].SectionId))];

    // Markdig reports nesting beyond its limit by this exception and offers no other way to ask.
    private static MarkdownDocument? Parse(string markdown)
    {
        try
        {
            return Markdown.Parse(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
