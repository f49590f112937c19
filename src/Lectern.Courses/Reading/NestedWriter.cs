using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MarkdownBlock = Markdig.Syntax.Block;

namespace Lectern.Courses.Reading;

/// <summary>Writes lists, tables and quotes, which are cited as a whole.</summary>
internal sealed class NestedWriter(Func<ContainerInline?, InlineWriter> inline)
{
    private readonly StringBuilder _html = new();
    private readonly List<string> _text = [];
    private readonly List<string> _spoken = [];

    public (string Html, string Text, string Spoken) Write(MarkdownBlock block)
    {
        Nested(block);
        return (_html.ToString(), string.Join(' ', _text), string.Join(' ', _spoken));
    }

    private void Nested(MarkdownBlock block)
    {
        switch (block)
        {
            case ListBlock list: Element(list.IsOrdered ? "ol" : "ul", list); break;
            case ListItemBlock item: Element("li", item); break;
            case QuoteBlock quote: Element("blockquote", quote); break;
            case Table table: Table(table); break;
            case LeafBlock leaf: Leaf(leaf, leaf is ParagraphBlock && leaf.Parent is not ListItemBlock { Count: 1 } && leaf.Parent is not TableCell); break;
            case ContainerBlock container: Children(container); break;
            default: break;
        }
    }

    private void Table(Table table)
    {
        _html.Append("<table>");
        foreach (var row in table.OfType<TableRow>())
        {
            _html.Append("<tr>");
            foreach (var cell in row.OfType<TableCell>())
                Element(row.IsHeader ? "th" : "td", cell);
            _html.Append("</tr>");
        }
        _html.Append("</table>");
    }

    private void Element(string tag, ContainerBlock block)
    {
        _html.Append('<').Append(tag).Append('>');
        Children(block);
        _html.Append("</").Append(tag).Append('>');
    }

    private void Children(ContainerBlock block)
    {
        foreach (var child in block)
            Nested(child);
    }

    private void Leaf(LeafBlock leaf, bool isParagraph)
    {
        var inside = inline(leaf.Inline);
        _html.Append(isParagraph ? $"<p>{inside.Html}</p>" : inside.Html);
        if (inside.Text.Length == 0)
            return;
        _text.Add(inside.Text);
        _spoken.Add(inside.Spoken);
    }
}
