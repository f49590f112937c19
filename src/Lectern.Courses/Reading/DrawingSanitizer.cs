using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Lectern.Courses.Formulas;

namespace Lectern.Courses.Reading;

/// <summary>SVG that is safe to put into a page (empty when nothing could be kept), its accessible name, and what was left out and why.</summary>
internal sealed record Drawing(string Svg, string Title, IReadOnlyList<string> Problems);

/// <summary>
/// Rebuilds an SVG from an allow-list, so that a drawing can stand inside the page and take its colours, and can do nothing else:
/// no scripts, styles, foreign content or addresses outside itself. Ids get a prefix, since two drawings may share a page.
/// </summary>
internal sealed partial class DrawingSanitizer
{
    public const int MaximumLength = 256 * 1024;
    private const int MaximumDepth = 32;
    private const int MaximumElements = 5000;
    private static readonly XNamespace XLink = "http://www.w3.org/1999/xlink";

    private readonly string _prefix;
    private readonly Dictionary<string, XElement> _byId;
    private readonly List<string> _problems;
    private readonly StringBuilder _svg = new();

    private DrawingSanitizer(string prefix, XElement root, List<string> problems)
    {
        (_prefix, _problems, _byId) = (prefix, problems, []);
        foreach (var element in root.DescendantsAndSelf())
        {
            if (element.Attribute("id") is { } id && !_byId.TryAdd(id.Value, element)) problems.Add($"The id \"{Short(id.Value)}\" is used twice.");
        }
    }

    /// <param name="svg">The file as uploaded.</param>
    /// <param name="prefix">Put in front of every id, for example <c>d3-</c>.</param>
    /// <param name="fallbackTitle">The accessible name when the drawing has no title of its own.</param>
    public static Drawing Sanitize(string svg, string prefix, string fallbackTitle)
    {
        var problems = new List<string>();
        var root = Load(svg, problems);
        if (root is null) return new Drawing("", fallbackTitle, problems);
        var sanitizer = new DrawingSanitizer(prefix, root, problems);
        var title = sanitizer.WriteRoot(root, fallbackTitle);
        return new Drawing(sanitizer._svg.ToString(), title, problems);
    }

    private static XElement? Load(string svg, List<string> problems)
    {
        if (svg.Length > MaximumLength) { problems.Add($"The drawing is larger than {MaximumLength / 1024} KB."); return null; }
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaximumLength, IgnoreComments = true, IgnoreProcessingInstructions = true };
        try
        {
            if (!IsShallow(svg, settings)) { problems.Add($"The drawing is nested deeper than {MaximumDepth} or has more than {MaximumElements} elements."); return null; }
            using var reader = XmlReader.Create(new StringReader(svg), settings);
            var root = XDocument.Load(reader).Root;
            if (root is { Name.LocalName: "svg" } && DrawingVocabulary.IsSvg(root.Name.Namespace)) return root;
            problems.Add("The file is not an SVG drawing.");
        }
        catch (XmlException e)
        {
            problems.Add($"The drawing is not well-formed XML, or declares a document type: {e.Message}");
        }
        return null;
    }

    private static bool IsShallow(string svg, XmlReaderSettings settings)
    {
        using var reader = XmlReader.Create(new StringReader(svg), settings);
        for (var elements = 0; reader.Read();)
        {
            if (reader.NodeType == XmlNodeType.Element && ++elements > MaximumElements) return false;
            if (reader.Depth > MaximumDepth) return false;
        }
        return true;
    }

    private string WriteRoot(XElement root, string fallbackTitle)
    {
        var titleElement = root.Elements().FirstOrDefault(e => e.Name.LocalName == "title" && DrawingVocabulary.IsSvg(e.Name.Namespace));
        var title = titleElement?.Value.Trim() is { Length: > 0 } own ? own : fallbackTitle;
        var description = root.Elements().FirstOrDefault(e => e.Name.LocalName == "desc" && DrawingVocabulary.IsSvg(e.Name.Namespace))?.Value.Trim();
        titleElement?.Remove();
        root.Elements().Where(e => e.Name.LocalName == "desc").Remove();

        // Two hyphens: an id of the drawing starts with a letter, so these two can not collide with one.
        _svg.Append("<svg");
        foreach (var attribute in root.Attributes().Where(a => a.Name.LocalName is not ("role" or "id" or "version") && !a.Name.LocalName.StartsWith("aria-", StringComparison.Ordinal))) WriteAttribute(root, attribute);
        _svg.Append($" role=\"img\" aria-labelledby=\"{_prefix}-title\"");
        if (description is { Length: > 0 }) _svg.Append($" aria-describedby=\"{_prefix}-desc\"");
        _svg.Append($"><title id=\"{_prefix}-title\">").Append(Markup.Escape(title)).Append("</title>");
        if (description is { Length: > 0 }) _svg.Append($"<desc id=\"{_prefix}-desc\">").Append(Markup.Escape(description)).Append("</desc>");
        WriteContent(root);
        _svg.Append("</svg>");
        return title;
    }

    private void WriteContent(XElement parent)
    {
        foreach (var node in parent.Nodes())
        {
            if (node is XElement element) WriteElement(element);
            else if (node is XText text && DrawingVocabulary.HoldsText(parent.Name.LocalName)) _svg.Append(Markup.Escape(text.Value));
        }
    }

    private void WriteElement(XElement element)
    {
        var name = element.Name.LocalName;
        if (!DrawingVocabulary.IsSvg(element.Name.Namespace) || !DrawingVocabulary.Elements.Contains(name)) { _problems.Add($"The element <{Short(name)}> is not allowed in a drawing and was left out."); return; }
        if (name == "use" && !IsHarmlessUse(element)) { _problems.Add("A <use> may only repeat a simple part of the same drawing; it was left out."); return; }
        _svg.Append('<').Append(name);
        foreach (var attribute in element.Attributes()) WriteAttribute(element, attribute);
        if (!element.Nodes().Any()) { _svg.Append("/>"); return; }
        _svg.Append('>');
        WriteContent(element);
        _svg.Append("</").Append(name).Append('>');
    }

    // A <use> of a <use> of a <use> multiplies: ten lines could draw a billion shapes.
    private bool IsHarmlessUse(XElement use) =>
        Reference(use) is { } id && _byId.TryGetValue(id, out var target) && target.Name.LocalName != "svg"
        && !target.DescendantsAndSelf().Any(e => e.Name.LocalName == "use") && target.DescendantsAndSelf().Count() <= 100 && !use.Ancestors().Contains(target);

    private static string? Reference(XElement use) =>
        (use.Attribute("href") ?? use.Attribute(XLink + "href"))?.Value is { } href && href.StartsWith('#') ? href[1..] : null;

    private void WriteAttribute(XElement element, XAttribute attribute)
    {
        if (attribute.IsNamespaceDeclaration) return;
        var name = attribute.Name.LocalName;
        if (element.Name.LocalName == "use" && name == "href" && (attribute.Name.Namespace == XNamespace.None || attribute.Name.Namespace == XLink))
        {
            if (attribute.Name.Namespace == XNamespace.None || element.Attribute("href") is null) Write("href", $"#{_prefix}{Reference(element)}");
            return;
        }
        if (attribute.Name.Namespace != XNamespace.None || !DrawingVocabulary.Allows(name)) Drop(name, "is not allowed in a drawing");
        else if (name == "id") WriteId(element, attribute.Value);
        else if (name == "class") WriteClasses(attribute.Value);
        else if (name is "aria-labelledby" or "aria-describedby") WriteLocal(name, attribute.Value, "{0}");
        else if (LocalUrl().Match(attribute.Value) is { Success: true } url) WriteLocal(name, url.Groups["id"].Value, "url(#{0})");
        else if (DrawingVocabulary.IsPlainValue(name, attribute.Value)) Write(name, attribute.Value);
        else Drop(name, "has a value that is not allowed");
    }

    [GeneratedRegex(@"^\s*url\(\s*['""]?#(?<id>[A-Za-z][\w.-]*)['""]?\s*\)\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LocalUrl();

    [GeneratedRegex(@"^[A-Za-z][\w.-]*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();

    private void WriteId(XElement element, string id)
    {
        if (!Id().IsMatch(id)) Drop("id", "has a value that is not allowed");
        else if (ReferenceEquals(_byId[id], element)) Write("id", _prefix + id);
    }

    private void WriteClasses(string value)
    {
        var classes = value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToLookup(c => c.StartsWith("d-", StringComparison.Ordinal));
        foreach (var foreign in classes[false]) _problems.Add($"The class \"{Short(foreign)}\" was left out; a drawing's classes start with d-.");
        if (classes[true].Any()) Write("class", string.Join(' ', classes[true]));
    }

    private void WriteLocal(string name, string id, string format)
    {
        if (_byId.ContainsKey(id) && Id().IsMatch(id)) Write(name, string.Format(null, format, _prefix + id));
        else Drop(name, $"refers to \"{Short(id)}\", which is not in the drawing");
    }

    private void Write(string name, string value) => _svg.Append(' ').Append(name).Append("=\"").Append(Markup.Escape(value)).Append('"');

    private void Drop(string name, string why) => _problems.Add($"The attribute {Short(name)} {why} and was left out.");

    private static string Short(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
