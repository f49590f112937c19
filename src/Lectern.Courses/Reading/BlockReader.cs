using System.Text.RegularExpressions;
using Lectern.Courses.Formulas;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.DefinitionLists;
using Markdig.Extensions.Mathematics;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MarkdownBlock = Markdig.Syntax.Block;
using Table = Markdig.Extensions.Tables.Table;

namespace Lectern.Courses.Reading;

/// <summary>Walks the top level of a lesson and makes its citable blocks. Ids are given afterwards, when all texts are known.</summary>
internal sealed partial class BlockReader
{
    // What may be wider than the page scrolls by itself, and the keyboard has to be able to scroll it.
    private const string Scrollable = " tabindex=\"0\"";
    private const int LongestQuestion = 200;
    private const int MostQuestions = 200;

    private readonly LessonSource _source;
    private readonly Action<int, string> _report;
    private readonly Func<string, ParagraphBlock?> _parseLine;
    private readonly InlineReader _inlines;
    private readonly FlowReader _flow;
    private readonly List<Block> _blocks = [];
    private readonly HashSet<string> _anchors = [];
    private (string Id, string Title) _section;
    private Box? _box;
    private int _boxes;
    private int _figures;
    private bool _isFull;

    public BlockReader(LessonSource source, string title, Action<int, string> report, Func<string, ParagraphBlock?> parseLine)
    {
        (_source, _report, _parseLine, _section) = (source, report, parseLine, ("", title));
        _inlines = new InlineReader(source.Language, report);
        _flow = new FlowReader(_inlines, source.Language, report);
    }

    public IReadOnlyList<Block> Blocks => _blocks;

    public List<(string Term, string Definition, int Ordinal)> Terms { get; } = [];

    public List<SectionQuestion> Questions { get; } = [];

    public void Read(MarkdownDocument document)
    {
        foreach (var block in document) Read(block);
        foreach (var (target, line) in _inlines.LocalLinks.Where(l => !_anchors.Contains(l.Target))) _report(line, $"A link leads to #{target}, but no heading has this id.");
    }

    private void Read(MarkdownBlock block)
    {
        if (_blocks.Count >= LessonReader.MaximumBlocks)
        {
            if (!_isFull) _report(block.Line, $"The lesson has more than {LessonReader.MaximumBlocks} paragraphs; the rest was left out.");
            _isFull = true;
            return;
        }
        switch (block)
        {
            case HeadingBlock heading: ReadHeading(heading); break;
            case MathBlock math: AddFormula(_inlines.ReadFormula(math.Lines.ToString(), display: true, math.Line)); break;
            case ParagraphBlock { Inline: { FirstChild: LinkInline { IsImage: true } image } } when image.NextSibling is null: ReadFigure(image, block.Line); break;
            case ParagraphBlock { Inline: { FirstChild: MathInline { DelimiterCount: > 1 } math } } when math.NextSibling is null: AddFormula(_inlines.ReadFormula(math.Content.ToString(), display: true, block.Line)); break;
            case ParagraphBlock paragraph: Add(BlockKind.Paragraph, "p", "", _inlines.Read(paragraph)); break;
            case ListBlock list: Add(BlockKind.List, list.IsOrdered ? "ol" : "ul", FlowReader.Start(list), _flow.ListItems(list, 0)); break;
            case Table table: ReadTable(table); break;
            case QuoteBlock quote: Add(BlockKind.Quote, "blockquote", "", _flow.Flow(quote, 0)); break;
            case CustomContainer { Info: "questions" } container: ReadQuestions(container); break;
            case CustomContainer container: ReadBox(container); break;
            case DefinitionList definitions: ReadDefinitions(definitions); break;
            case CodeBlock code: Add(BlockKind.Code, "pre", Scrollable, FlowReader.Code(code)); break;
            case LinkReferenceDefinitionGroup or ThematicBreakBlock or BlankLineBlock: break;
            default: _report(block.Line, "This kind of Markdown is not part of a lesson and was left out."); break;
        }
    }

    private void Add(BlockKind kind, string element, string attributes, Rendering content)
    {
        if (content.IsEmpty) return;
        var html = $"<{element} id=\"p-\"{attributes}>{content.Html}</{element}>";
        _blocks.Add(new Block("", kind, _section.Id, _section.Title, _blocks.Count + 1, html, content.Text.ToString().Trim(), content.Spoken.ToString().Trim(), _box));
    }

    private void AddFormula(Formula formula)
    {
        var content = new Rendering();
        content.Formula(formula, _source.Language);
        Add(BlockKind.Formula, "div", " class=\"formula\"" + Scrollable, content);
    }

    private void ReadTable(Table table)
    {
        var content = _flow.TableRows(table);
        content.Html.Insert(0, "<table>").Append("</table>");
        Add(BlockKind.Table, "div", " class=\"table-scroll\"" + Scrollable, content);
    }

    private void ReadHeading(HeadingBlock heading)
    {
        if (heading.Level == 1) _report(heading.Line, "Headings in a lesson start with ##; the title stands in the front matter.");
        if (_box is not null) _report(heading.Line, "A heading can't stand inside a box.");
        var given = TakeAnchor(heading);
        var content = _inlines.Read(heading);
        var title = content.Text.ToString().Trim();
        var anchor = UniqueAnchor(given ?? Slug(title), heading.Line, isGiven: given is not null);
        var level = Math.Clamp(heading.Level, 2, 4);
        if (level == 2) _section = (anchor, title);
        content.Html.Insert(0, $"<span id=\"s-{anchor}\"></span>");
        Add(BlockKind.Heading, "h" + level, "", content);
    }

    private static string? TakeAnchor(HeadingBlock heading)
    {
        if (heading.Inline?.LastChild is not LiteralInline last) return null;
        var text = last.Content.ToString();
        var match = Anchor().Match(text);
        if (!match.Success) return null;
        last.Content = new Markdig.Helpers.StringSlice(text[..match.Index]);
        return match.Groups["id"].Value;
    }

    [GeneratedRegex(@"\s*\{#(?<id>[A-Za-z0-9][A-Za-z0-9-]{0,99})\}\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Anchor();

    private static string Slug(string title)
    {
        var letters = string.Concat(title.ToLowerInvariant().Take(60).Select(c => char.IsLetterOrDigit(c) ? c : ' '));
        return string.Join('-', letters.Split(' ', StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } slug ? slug : "section";
    }

    private string UniqueAnchor(string anchor, int line, bool isGiven)
    {
        if (_anchors.Add(anchor)) return anchor;
        if (isGiven) _report(line, $"The heading's id #{anchor} is used twice.");
        var n = 2;
        while (!_anchors.Add($"{anchor}-{n}")) n++;
        return $"{anchor}-{n}";
    }

    private void ReadBox(CustomContainer container)
    {
        BoxKind? kind = container.Info switch { "example" => BoxKind.Example, "note" => BoxKind.Note, "check" => BoxKind.Check, _ => null };
        if (kind is null) _report(container.Line, $"A box is ::: example, ::: note, ::: check or ::: questions, not \"{container.Info}\".");
        if (_box is not null) _report(container.Line, "A box can't stand inside a box; its text was kept.");
        if (container.IsOpen || container.ClosingFencedCharCount == 0) _report(container.Line, "A box is opened here and never closed with :::.");
        var outer = _box;
        if (kind is { } known && outer is null) _box = new Box(++_boxes, known, BoxTitle(container.Arguments));
        foreach (var block in container) Read(block);
        _box = outer;
    }

    private void ReadQuestions(CustomContainer container)
    {
        var items = container.OfType<ListBlock>().SelectMany(list => list.OfType<ListItemBlock>()).ToList();
        if (items.Count == 0 || container.Any(block => block is not ListBlock)) _report(container.Line, "::: questions holds a list of questions and nothing else.");
        foreach (var item in items)
        {
            var text = item.OfType<ParagraphBlock>().FirstOrDefault() is { } paragraph ? _inlines.Read(paragraph).Text.ToString().Trim() : "";
            if (text.Length is 0 or > LongestQuestion) _report(item.Line, $"A question of ::: questions has 1 to {LongestQuestion} characters; this one was left out.");
            else if (Questions.Count < MostQuestions) Questions.Add(new SectionQuestion(_section.Id, text));
            else _report(item.Line, $"A lesson holds up to {MostQuestions} questions; this one was left out.");
        }
    }

    private string BoxTitle(string? arguments) =>
        string.IsNullOrWhiteSpace(arguments) || _parseLine(arguments.Trim()) is not { } line ? "" : _inlines.Read(line).Text.ToString().Trim();

    private void ReadDefinitions(DefinitionList definitions)
    {
        foreach (var item in definitions.OfType<DefinitionItem>())
        {
            var content = new Rendering();
            var terms = item.OfType<DefinitionTerm>().Select(_inlines.Read).ToList();
            foreach (var term in terms) content.Html.Append("<dt>").Append(term.Html).Append("</dt>");
            var definition = _flow.Blocks(item.Where(b => b is not DefinitionTerm), isTight: true, 0);
            content.Html.Append("<dd>").Append(definition.Html).Append("</dd>");
            var name = string.Join(", ", terms.Select(t => t.Text.ToString().Trim()));
            content.Text.Append(name).Append(": ").Append(definition.Text);
            content.Spoken.AppendJoin(", ", terms.Select(t => t.Spoken.ToString().Trim())).Append(": ").Append(definition.Spoken);
            Add(BlockKind.Term, "dl", " class=\"term\"", content);
            Terms.Add((name, definition.Text.ToString().Trim(), _blocks.Count));
        }
    }
}
