using Lectern.Costs.Audit.Reading;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace Lectern.Costs.Audit.Tables;

/// <summary>Finds headings, tables, lists and sentences in Markdown; code and drawings are passed over.</summary>
internal sealed class MarkdownReader(EstimateText source, EstimateContent content)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();
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

    private void Walk(ContainerBlock container, int depth)
    {
        foreach (var block in container)
        {
            switch (block)
            {
                case HeadingBlock heading:
                    Enter(heading);
                    break;
                case Table table:
                    ReadTable(table);
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

    private void ReadTable(Table table)
    {
        _intro = null;
        var rows = table.OfType<TableRow>().Where(row => row.Line < _lines.Length).ToList();
        if (rows.Count < 2)
            return;
        var raw = new RawTable(rows[0].Line + 1, Split(_lines[rows[0].Line]), [.. rows.Skip(1).Select(row => new RawRow(row.Line + 1, Split(_lines[row.Line])))]) { Headings = [.. _path.Select(section => section.Title)] };
        if (CostTables.TryRead(raw, source.Convention) is { } costs)
        {
            content.Tables.Add(costs);
            if (_path.Count > 0)
                _path[^1].Tables++;
        }
    }

    private void ReadParagraph(ParagraphBlock paragraph)
    {
        foreach (var line in LinesOf(paragraph))
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
            if (block is ParagraphBlock paragraph)
                items.AddRange(LinesOf(paragraph).Select(line => new ListLine(line.Line, depth, line.Text, line.IsBold)));
            else if (block is ListBlock inner && depth < 50)
                Flatten(inner, depth + 1, items);
            else if (block is Table table)
                ReadTable(table);
        }
    }

    private IEnumerable<TextLine> LinesOf(ParagraphBlock paragraph)
    {
        var text = source.Text.AsSpan(paragraph.Span.Start, Math.Min(paragraph.Span.Length, source.Text.Length - paragraph.Span.Start)).ToString();
        return text.Split('\n').Select((line, index) =>
        {
            var (plain, isBold) = Markup.Plain(line);
            return new TextLine(paragraph.Line + 1 + index, plain, isBold);
        });
    }

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
