using System.Buffers;
using Lectern.Costs.Audit.Reading;
using Markdig;
using Markdig.Syntax;

namespace Lectern.Costs.Audit.Tables;

/// <summary>Finds headings, tables, lists and sentences in Markdown; code and drawings are passed over.</summary>
internal sealed class MarkdownReader(EstimateText source, EstimateContent content)
{
    private static readonly MarkdownPipeline Pipeline = BlocksOnly();
    // Nobody calculates in a line longer than this.
    private const int LongestLine = 5_000;
    private static readonly SearchValues<char> RuleSigns = SearchValues.Create("|-: \t>");
    private readonly string[] _lines = source.Text.Split('\n');
    private readonly List<Section> _path = [];
    private TextLine? _intro;

    public void Read()
    {
        try
        {
            Walk(Markdown.Parse(source.Text, Pipeline), depth: 0);
        }
        catch (ArgumentException failure) when (failure.Message.Contains("nested", StringComparison.Ordinal))
        {
            // Markdig refuses Markdown that is nested hundreds of levels deep.
            (content.Unreadable, content.UnreadableLine) = ("The Markdown is nested too deeply to be read.", 1);
        }
    }

    // Blocks tell code from text and lists from paragraphs; what stands within a line is read by ourselves, many times faster than as Markdig's tables.
    private static MarkdownPipeline BlocksOnly()
    {
        var builder = new MarkdownPipelineBuilder();
        builder.InlineParsers.Clear();
        return builder.Build();
    }

    private void Walk(ContainerBlock container, int depth)
    {
        foreach (var block in container)
        {
            switch (block)
            {
                case HeadingBlock heading:
                    Enter(heading);
                    break;
                case ListBlock list:
                    ReadList(list);
                    break;
                case ParagraphBlock paragraph:
                    ReadParagraph(paragraph);
                    break;
                case QuoteBlock quote when depth < 50:
                    Walk(quote, depth + 1);
                    break;
                default:
                    _intro = null;
                    break;
            }
        }
    }

    private void Enter(HeadingBlock heading)
    {
        var section = new Section(heading.Line + 1, heading.Level, Markup.Plain(_lines[heading.Line].Trim().Trim('#')).Text);
        _path.RemoveAll(above => above.Level >= heading.Level);
        _path.Add(section);
        content.Sections.Add(section);
        _intro = null;
    }

    // Tables that follow one another without an empty line: a second line of dashes begins another one.
    private void ReadTables(int head, int end)
    {
        for (var rule = head + 2; rule < end; rule++)
        {
            if (!IsRule(_lines[rule]))
                continue;
            ReadTable(head, rule - 1);
            head = rule - 1;
        }
        ReadTable(head, end);
    }

    private void ReadTable(int head, int end)
    {
        var raw = new RawTable(head + 1, Split(_lines[head]), [.. Enumerable.Range(head + 2, Math.Max(0, end - head - 2)).Select(line => new RawRow(line + 1, Split(_lines[line])))]) { Headings = [.. _path.Select(section => section.Title)] };
        if (raw.Rows.Count > 0 && CostTables.TryRead(raw, source.Convention) is { } costs)
        {
            content.Tables.Add(costs);
            if (_path.Count > 0)
                _path[^1].Tables++;
        }
        _intro = null;
    }

    private void ReadParagraph(ParagraphBlock paragraph)
    {
        var text = TextOf(paragraph);
        if (TableIn(text, paragraph.Line) is var (head, end) && end > 0)
        {
            ReadTables(head, end);
            text = string.Join('\n', text.Split('\n').Take(head - paragraph.Line));
        }
        foreach (var line in LinesOf(text, paragraph.Line).Where(line => line.Text.Length > 0))
        {
            content.Lines.Add(line);
            if (_path.Count > 0)
                _path[^1].Lines.Add(line);
            _intro = line;
        }
    }

    private void ReadList(ListBlock list)
    {
        var items = new List<ListLine>();
        Flatten(list, 0, items);
        var read = new CostList(list.Line + 1, _intro, items);
        content.Lists.Add(read);
        if (_path.Count > 0)
            _path[^1].Lists.Add(read);
        content.Lines.AddRange(items.Select(item => new TextLine(item.Line, item.Text, item.IsBold)));
        _intro = null;
    }

    private void Flatten(ListBlock list, int depth, List<ListLine> items)
    {
        foreach (var block in list.OfType<ListItemBlock>().SelectMany(item => item))
        {
            if (block is ParagraphBlock paragraph && TextOf(paragraph) is var text)
                items.AddRange(LinesOf(text, paragraph.Line).Select(line => new ListLine(line.Line, depth, line.Text, line.IsBold)));
            else if (block is ListBlock inner && depth < 50)
                Flatten(inner, depth + 1, items);
        }
    }

    private string TextOf(ParagraphBlock paragraph) => source.Text.Substring(paragraph.Span.Start, Math.Min(paragraph.Span.Length, source.Text.Length - paragraph.Span.Start));

    private static IEnumerable<TextLine> LinesOf(string text, int first) => text.Split('\n').Select((line, index) =>
    {
        if (line.Length > LongestLine)
            return new TextLine(first + 1 + index, "", false);
        var (plain, isBold) = Markup.Plain(line);
        return new TextLine(first + 1 + index, plain, isBold);
    });

    // A line with bars above a line of dashes and bars, down to the end of the paragraph.
    private (int Head, int End) TableIn(string text, int first)
    {
        var count = text.AsSpan().Count('\n') + 1;
        for (var at = first; at + 1 < first + count; at++)
        {
            if (_lines[at].Contains('|', StringComparison.Ordinal) && IsRule(_lines[at + 1]))
                return (at, first + count);
        }
        return (0, 0);
    }

    private static bool IsRule(string line) => !line.AsSpan().ContainsAnyExcept(RuleSigns) && line.Contains('-', StringComparison.Ordinal) && line.Contains('|', StringComparison.Ordinal);

    /// <summary>The cells of a line with bars; a bar in code or after a backslash belongs to its cell.</summary>
    private static List<string> Split(string line)
    {
        var cells = new List<string>();
        var text = line.Trim().TrimStart('>').Trim();
        var start = text.StartsWith('|') ? 1 : 0;
        var isCode = false;
        for (var at = start; at < text.Length; at++)
        {
            if (text[at] == '`')
                isCode = !isCode && text.IndexOf('`', at + 1) > 0;
            else if (text[at] == '|' && !isCode && text[at - 1 < 0 ? 0 : at - 1] != '\\')
            {
                cells.Add(text[start..at]);
                start = at + 1;
            }
        }
        if (start < text.Length)
            cells.Add(text[start..]);
        return cells;
    }
}
