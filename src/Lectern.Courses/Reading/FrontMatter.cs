using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Lectern.Courses.Reading;

/// <summary>One item for a plain value, any number for a list; the line counts from 1.</summary>
internal sealed record FrontMatterField(IReadOnlyList<string> Items, bool IsList, int Line);

/// <summary>
/// The flat YAML of a course or a lesson: names with a value or a list of values. Read from YamlDotNet's events, not its object
/// graph, because the events know their lines, never recurse and never expand an alias.
/// </summary>
internal sealed class FrontMatter
{
    // YamlDotNet is quadratic on nested brackets: 100,000 of them took it half a minute.
    private const int MaximumLength = 16_000;

    private readonly Dictionary<string, FrontMatterField> _fields = [];
    private readonly string _file;
    private readonly int _lineOffset;
    private readonly List<ReadingProblem> _problems;

    private FrontMatter(string file, int lineOffset, List<ReadingProblem> problems) => (_file, _lineOffset, _problems) = (file, lineOffset, problems);

    public static FrontMatter Read(string yaml, string file, int lineOffset, IReadOnlySet<string> known, List<ReadingProblem> problems)
    {
        var matter = new FrontMatter(file, lineOffset, problems);
        if (yaml.Length > MaximumLength)
        {
            matter.Report(1, $"The fields are longer than {MaximumLength} characters together.");
            return matter;
        }
        try
        {
            matter.ReadFields(new Parser(new StringReader(yaml)), known);
        }
        catch (YamlException e)
        {
            matter.Report((int)e.Start.Line, $"This is not valid YAML: {e.Message}");
        }
        return matter;
    }

    /// <summary>A value that has to be there; reports and gives an empty text when it isn't.</summary>
    public string Required(string name, int maximumLength)
    {
        if (!_fields.TryGetValue(name, out var field) || field.Items.Count == 0 || field.Items[0].Length == 0)
        {
            Report(field?.Line ?? 0, $"The field \"{name}\" is missing.");
            return "";
        }
        if (field.IsList) Report(field.Line, $"The field \"{name}\" takes one value, not a list.");
        if (field.Items[0].Length <= maximumLength) return field.Items[0];
        Report(field.Line, $"The field \"{name}\" is longer than {maximumLength} characters.");
        return field.Items[0][..maximumLength];
    }

    public IReadOnlyList<string> List(string name) => _fields.TryGetValue(name, out var field) ? field.Items : [];

    public int LineOf(string name) => _fields.TryGetValue(name, out var field) ? field.Line + _lineOffset : 0;

    private void Report(int line, string message) => _problems.Add(new ReadingProblem(_file, line == 0 ? 0 : line + _lineOffset, message));

    private void ReadFields(Parser parser, IReadOnlySet<string> known)
    {
        if (!parser.MoveNext() || !parser.MoveNext() || !parser.MoveNext()) return;
        if (parser.Current is not MappingStart) { Report(1, "Fields are expected here, each as name: value."); return; }
        parser.MoveNext();
        while (parser.Current is Scalar name)
        {
            var line = (int)name.Start.Line;
            parser.MoveNext();
            var field = ReadValue(parser, name.Value, line);
            if (!known.Contains(name.Value)) Report(line, $"The field \"{name.Value}\" is not known here.");
            else if (field is not null && !_fields.TryAdd(name.Value, field)) Report(line, $"The field \"{name.Value}\" is given twice.");
        }
        if (parser.Current is not MappingEnd) Report((int)(parser.Current?.Start.Line ?? 1), "A field's name is expected here.");
    }

    private FrontMatterField? ReadValue(Parser parser, string name, int line)
    {
        if (parser.Current is Scalar value)
        {
            parser.MoveNext();
            return new FrontMatterField([value.Value.Trim()], IsList: false, line);
        }
        if (parser.Current is not SequenceStart)
        {
            Report(line, $"The field \"{name}\" takes a value or a list of values.");
            SkipNested(parser);
            return null;
        }
        var items = new List<string>();
        parser.MoveNext();
        while (parser.Current is not (SequenceEnd or null))
        {
            if (parser.Current is Scalar item) { items.Add(item.Value.Trim()); parser.MoveNext(); continue; }
            Report((int)parser.Current.Start.Line, $"The list \"{name}\" takes texts only; put a text with a colon in quotation marks.");
            SkipNested(parser);
        }
        parser.MoveNext();
        return new FrontMatterField(items, IsList: true, line);
    }

    private static void SkipNested(Parser parser)
    {
        var depth = 0;
        do
        {
            depth += parser.Current switch { MappingStart or SequenceStart => 1, MappingEnd or SequenceEnd => -1, _ => 0 };
        }
        while (parser.MoveNext() && depth > 0);
    }
}
