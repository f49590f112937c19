using System.Globalization;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using MarkdownBlock = Markdig.Syntax.Block;

namespace Lectern.Courses.Reading;

/// <summary>Writes what stands inside a block: the items of a list, the rows of a table, the paragraphs of a quotation.</summary>
internal sealed class FlowReader(InlineReader inlines, string language, Action<int, string> report)
{
    private const int MaximumDepth = 32;

    public static string Start(ListBlock list) =>
        list.IsOrdered && int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start) && start != 1 ? $" start=\"{start}\"" : "";

    public Rendering Flow(ContainerBlock container, int depth) => Blocks(container, isTight: false, depth);

    public Rendering Blocks(IEnumerable<MarkdownBlock> blocks, bool isTight, int depth)
    {
        var to = new Rendering();
        foreach (var block in blocks)
        {
            if (to.Text.Length > 0) to.Pause("\n");
            One(block, isTight, to, depth);
        }
        return to;
    }

    private void One(MarkdownBlock block, bool isTight, Rendering to, int depth)
    {
        if (depth > MaximumDepth) { report(block.Line, $"Lists and quotations are nested deeper than {MaximumDepth}; the inner part was left out."); return; }
        switch (block)
        {
            case MathBlock math: to.Formula(inlines.ReadFormula(math.Lines.ToString(), display: true, math.Line), language); break;
            case ParagraphBlock paragraph when isTight: to.Append(inlines.Read(paragraph)); break;
            case ParagraphBlock paragraph: Element(to, "p", "", inlines.Read(paragraph)); break;
            case HeadingBlock heading: Element(to, "p", "", inlines.Read(heading)); break;
            case ListBlock list: Element(to, list.IsOrdered ? "ol" : "ul", Start(list), ListItems(list, depth + 1)); break;
            case QuoteBlock quote: Element(to, "blockquote", "", Flow(quote, depth + 1)); break;
            case Table table: Element(to, "table", "", TableRows(table)); break;
            case CodeBlock code: Element(to, "pre", "", Code(code)); break;
            case LinkReferenceDefinitionGroup or ThematicBreakBlock or BlankLineBlock: break;
            case ContainerBlock other: to.Append(Blocks(other, isTight, depth + 1)); break;
            default: report(block.Line, "This kind of Markdown can't stand here and was left out."); break;
        }
    }

    private static void Element(Rendering to, string name, string attributes, Rendering content)
    {
        to.Tag($"<{name}{attributes}>");
        to.Append(content);
        to.Tag($"</{name}>");
    }

    public Rendering ListItems(ListBlock list, int depth)
    {
        var to = new Rendering();
        var number = int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            if (to.Text.Length > 0) to.Pause("\n");
            to.Text.Append(list.IsOrdered ? $"{number++}. " : "• ");
            Element(to, "li", "", Blocks(item, isTight: !list.IsLoose, depth));
        }
        return to;
    }

    public static Rendering Code(CodeBlock code)
    {
        var to = new Rendering();
        to.Tag("<code>");
        to.Words(code.Lines.ToString());
        to.Tag("</code>");
        return to;
    }

    /// <summary>Rows are lines in the text; in speech each value is led by its column's name, as nobody hears a grid.</summary>
    public Rendering TableRows(Table table)
    {
        var to = new Rendering();
        var headers = new List<string>();
        var isBody = false;
        foreach (var row in table.OfType<TableRow>())
        {
            if (row.IsHeader) to.Tag("<thead>");
            else if (!isBody) { to.Tag("<tbody>"); isBody = true; }
            if (to.Text.Length > 0) to.Text.Append('\n');
            TableRow(table, row, to, headers);
            if (row.IsHeader) to.Tag("</thead>");
        }
        if (isBody) to.Tag("</tbody>");
        return to;
    }

    private void TableRow(Table table, TableRow row, Rendering to, List<string> headers)
    {
        to.Tag("<tr>");
        var said = new List<string>();
        for (var i = 0; i < row.Count; i++)
        {
            if (row[i] is not TableCell cell) continue;
            var content = Blocks(cell, isTight: true, 0);
            var align = i < table.ColumnDefinitions.Count ? table.ColumnDefinitions[i].Alignment : null;
            var style = align switch { TableColumnAlign.Right => " class=\"right\"", TableColumnAlign.Center => " class=\"center\"", _ => "" };
            to.Tag(row.IsHeader ? $"<th scope=\"col\"{style}>{content.Html}</th>" : $"<td{style}>{content.Html}</td>");
            to.Text.Append(i == 0 ? "" : " | ").Append(content.Text);
            var spoken = content.Spoken.ToString().Trim();
            if (row.IsHeader) headers.Add(spoken);
            else if (spoken.Length > 0) said.Add(i < headers.Count && headers[i].Length > 0 ? $"{headers[i]}: {spoken}" : spoken);
        }
        to.Tag("</tr>");
        if (said.Count > 0) to.Spoken.AppendJoin("; ", said).Append(".\n");
    }
}
