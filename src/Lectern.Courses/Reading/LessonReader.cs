using System.Text.RegularExpressions;
using Lectern.Courses.Formulas;
using Markdig;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.DefinitionLists;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MarkdownBlock = Markdig.Syntax.Block;
using Table = Markdig.Extensions.Tables.Table;

namespace Lectern.Courses.Reading;

/// <summary>
/// Reads the body of a lesson. The dialect: headings with <c>{#id}</c>, paragraphs, lists, tables, quotes, code, definition lists for key
/// terms, boxes (<c>::: example Title</c>, <c>note</c>, <c>check</c>), drawings alone in a paragraph, formulas between dollars.
/// </summary>
internal sealed partial class LessonReader
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UseDefinitionLists().UseCustomContainers().UsePipeTables().UseMathematics().UseGenericAttributes().DisableHtml().Build();

    private readonly LessonSource _source;
    private readonly List<ReadingProblem> _problems;
    private readonly List<Block> _blocks = [];
    private readonly List<KeyTerm> _terms = [];
    private readonly HashSet<string> _sections = [];
    private string _sectionId = "";
    private string _sectionTitle;
    private Box? _box;
    private int _boxes;
    private int _figures;

    private LessonReader(LessonSource source, string title, List<ReadingProblem> problems)
    {
        _source = source;
        _problems = problems;
        _sectionTitle = title;
    }

    /// <summary>Blocks with provisional ids; <see cref="ParagraphIds"/> gives the lasting ones.</summary>
    public static (IReadOnlyList<Block> Blocks, IReadOnlyList<KeyTerm> Terms) Read(LessonSource source, string title, List<ReadingProblem> problems)
    {
        var reader = new LessonReader(source, title, problems);
        foreach (var block in Markdown.Parse(source.Body, Pipeline))
            reader.Read(block);
        return (reader._blocks, reader._terms);
    }

    private void Read(MarkdownBlock block)
    {
        switch (block)
        {
            case HeadingBlock heading: Heading(heading); break;
            case MathBlock math: Formula(math); break;
            case CodeBlock code: Code(code); break;
            case ParagraphBlock paragraph: Paragraph(paragraph); break;
            case ListBlock list: Whole(BlockKind.List, list, Markup(list)); break;
            case Table table: Whole(BlockKind.Table, table, Markup(table)); break;
            case QuoteBlock quote: Whole(BlockKind.Quote, quote, Markup(quote)); break;
            case DefinitionList definitions: Definitions(definitions); break;
            case CustomContainer container: Container(container); break;
            case LinkReferenceDefinitionGroup or ThematicBreakBlock or BlankLineBlock: break;
            default: Report(block.Line, "This kind of block is not known in a lesson and was left out."); break;
        }
    }

    private void Heading(HeadingBlock heading)
    {
        var inside = Inline(heading.Inline);
        var level = Math.Clamp(heading.Level, 2, 4);
        if (heading.Level == 1)
            Report(heading.Line, "The lesson's title comes from its first lines; a heading in the text starts with ##.");
        if (level > 2)
        {
            Add(BlockKind.Heading, inside, id => $"<h{level} id=\"p-{id}\">{inside.Html}</h{level}>");
            return;
        }
        _sectionId = SectionId(heading, inside.Text);
        _sectionTitle = inside.Text;
        var section = _sectionId;
        Add(BlockKind.Heading, inside, id => $"<h2 id=\"p-{id}\"><span id=\"s-{section}\"></span>{inside.Html}</h2>");
    }

    private string SectionId(HeadingBlock heading, string text)
    {
        var wanted = heading.TryGetAttributes()?.Id ?? NotPlain().Replace(text.ToLowerInvariant(), "-").Trim('-');
        if (wanted.Length == 0 || NotPlain().IsMatch(wanted))
        {
            Report(heading.Line, $"The section id \"{wanted}\" may hold a-z, 0-9 and - only.");
            wanted = $"section-{_sections.Count + 1}";
        }
        if (_sections.Add(wanted))
            return wanted;
        Report(heading.Line, $"The section id \"{wanted}\" is used twice in this lesson.");
        var unique = $"{wanted}-{_sections.Count + 1}";
        _sections.Add(unique);
        return unique;
    }

    private void Paragraph(ParagraphBlock paragraph)
    {
        if (paragraph.Inline is { } inlines && OnlyImage(inlines) is { } image)
        {
            Figure(image);
            return;
        }
        var inside = Inline(paragraph.Inline);
        if (inside.Text.Length > 0)
            Add(BlockKind.Paragraph, inside, id => $"<p id=\"p-{id}\">{inside.Html}</p>");
    }

    private void Formula(MathBlock math)
    {
        var tex = math.Lines.ToString().Trim();
        var formula = FormulaReader.Read(tex, display: true);
        if (formula.Problem is { } problem)
            Report(math.Line, $"The formula is not understood: {problem.Message}");
        Add(BlockKind.Formula, formula.Plain, formula.SpokenIn(_source.Language), id => $"<div class=\"formula\" id=\"p-{id}\" tabindex=\"0\">{formula.MathMl}</div>");
    }

    private void Code(CodeBlock code)
    {
        var text = code.Lines.ToString();
        Add(BlockKind.Code, text, text, id => $"<pre id=\"p-{id}\" tabindex=\"0\"><code>{Formulas.Markup.Escape(text)}</code></pre>");
    }

    private void Figure(LinkInline image)
    {
        var alt = Inline(image).Text;
        var caption = image.Title ?? "";
        if (alt.Length == 0)
            Report(image.Line, "A drawing needs a text between the brackets that describes it for those who cannot see it.");
        var svg = _source.Drawing(image.Url ?? "");
        if (svg is null)
        {
            Report(image.Line, $"The drawing {image.Url} was not found in the course's folder drawings.");
            return;
        }
        var drawing = DrawingSanitizer.Sanitize(svg, $"{_source.Slug}-{++_figures}", alt);
        foreach (var problem in drawing.Problems)
            Report(image.Line, $"{image.Url}: {problem}");
        var described = caption.Length == 0 ? alt : $"{caption} {alt}";
        Add(BlockKind.Figure, described, described, id =>
            $"<figure id=\"p-{id}\">{drawing.Svg}{(caption.Length == 0 ? "" : $"<figcaption>{Formulas.Markup.Escape(caption)}</figcaption>")}</figure>");
    }

    private void Definitions(DefinitionList list)
    {
        foreach (var item in list.OfType<DefinitionItem>())
        {
            var term = Inline(item.OfType<DefinitionTerm>().FirstOrDefault()?.Inline);
            var meanings = item.OfType<ParagraphBlock>().Select(paragraph => Inline(paragraph.Inline)).ToList();
            var meaning = string.Join(' ', meanings.Select(part => part.Text));
            var html = string.Join(' ', meanings.Select(part => part.Html));
            Add(BlockKind.Term, $"{term.Text}: {meaning}", $"{term.Spoken}: {string.Join(' ', meanings.Select(part => part.Spoken))}",
                id => $"<dl class=\"term\" id=\"p-{id}\"><dt>{term.Html}</dt><dd>{html}</dd></dl>");
            _terms.Add(new KeyTerm(term.Text, meaning, _blocks[^1].ParagraphId, _sectionId));
        }
    }

    private void Container(CustomContainer container)
    {
        BoxKind? kind = container.Info switch { "example" => BoxKind.Example, "note" => BoxKind.Note, "check" => BoxKind.Check, _ => null };
        if (kind is null)
            Report(container.Line, $"\"::: {container.Info}\" is not known; use example, note or check.");
        if (_box is not null)
            Report(container.Line, "A box cannot stand inside another.");
        var outer = _box;
        if (outer is null && kind is not null)
            _box = new Box(++_boxes, kind.Value, container.Arguments?.Trim() ?? "");
        foreach (var inner in container)
            Read(inner);
        _box = outer;
    }

    private void Whole(BlockKind kind, MarkdownBlock block, (string Html, string Text, string Spoken) markup)
    {
        if (markup.Text.Length == 0)
            return;
        Add(kind, markup.Text, markup.Spoken, id => kind == BlockKind.Table
            ? $"<div class=\"table-scroll\" id=\"p-{id}\" tabindex=\"0\">{markup.Html}</div>"
            : $"<div id=\"p-{id}\">{markup.Html}</div>");
    }

    private (string Html, string Text, string Spoken) Markup(MarkdownBlock block) => new NestedWriter(Inline).Write(block);

    private InlineWriter Inline(ContainerInline? inlines) => new InlineWriter(_source.Language, Report).Write(inlines);

    private void Add(BlockKind kind, InlineWriter inside, Func<string, string> html) => Add(kind, inside.Text, inside.Spoken, html);

    private void Add(BlockKind kind, string text, string spoken, Func<string, string> html)
    {
        var id = $"new-{_blocks.Count + 1}";
        _blocks.Add(new Block(id, kind, _sectionId, _sectionTitle, _blocks.Count + 1, html(id), text, spoken, _box));
    }

    private void Report(int line, string message) => _problems.Add(new ReadingProblem(_source.File, line + _source.FirstLine, message));

    private static LinkInline? OnlyImage(ContainerInline inlines)
    {
        var contents = inlines.Where(inline => inline is not LiteralInline literal || !literal.Content.IsEmptyOrWhitespace()).Where(inline => inline is not LineBreakInline).Take(2).ToList();
        return contents is [LinkInline { IsImage: true } image] ? image : null;
    }

    [GeneratedRegex("[^a-z0-9-]+", RegexOptions.None, 1000)]
    private static partial Regex NotPlain();
}

/// <param name="File">Relative to the course's folder, for problems.</param>
/// <param name="FirstLine">Line of the file at which the body begins, from 1.</param>
/// <param name="Drawing">The SVG text of a reference such as <c>drawings/cell.svg</c>, or null.</param>
internal sealed record LessonSource(string Slug, string File, string Language, string Body, int FirstLine, Func<string, string?> Drawing);
