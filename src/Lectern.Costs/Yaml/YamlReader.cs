using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Lectern.Costs.Yaml;

/// <summary>
/// Reads one YAML document into nodes with positions, from YamlDotNet's events: those know their lines, and an alias is never expanded.
/// </summary>
internal sealed class YamlReader
{
    /// <summary>Longer files are refused: YamlDotNet takes quadratic time on hostile ones.</summary>
    public const int MaximumLength = 512_000;

    private const int MaximumDepth = 32;

    private readonly string _file;
    private readonly List<YamlProblem> _problems;
    private readonly Parser _parser;

    private YamlReader(string text, string file, List<YamlProblem> problems)
    {
        _file = file;
        _problems = problems;
        _parser = new Parser(new StringReader(text));
    }

    /// <returns>Null when it is no YAML at all; the problems say where and why. A document may have problems and still be read.</returns>
    public static YamlNode? Read(string text, string file, List<YamlProblem> problems)
    {
        if (text.Length > MaximumLength)
        {
            problems.Add(new YamlProblem(file, 1, 1, "The file is longer than {0} characters.", MaximumLength));
            return null;
        }
        if (text.IndexOf('\0', StringComparison.Ordinal) is var nul and >= 0)
        {
            problems.Add(new YamlProblem(file, text.AsSpan(0, nul).Count('\n') + 1, nul - text.LastIndexOf('\n', nul), "The file is no text: it holds a byte of zero."));
            return null;
        }
        try
        {
            return new YamlReader(text, file, problems).Document();
        }
        catch (YamlException e)
        {
            problems.Add(new YamlProblem(file, Math.Max(1, (int)e.Start.Line), Math.Max(1, (int)e.Start.Column), "This is not valid YAML: {0}", e.Message));
            return null;
        }
    }

    private YamlNode? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out var end))
            return Refuse(end, "The file is empty.");
        _parser.Consume<DocumentStart>();
        var node = Node(0);
        if (node is null)
            return null;
        _parser.Consume<DocumentEnd>();
        return _parser.Accept<DocumentStart>(out var second) ? Refuse(second, "The file holds more than one document.") : node;
    }

    private YamlNode? Node(int depth)
    {
        if (_parser.Accept<AnchorAlias>(out var alias))
            return Refuse(alias, "References to other places (*{0}) are not read. Write the value out.", alias.Value.Value);
        if (depth > MaximumDepth)
            return Refuse(_parser.Current!, "Values are nested more than {0} deep.", MaximumDepth); // an event was accepted before
        if (_parser.TryConsume<Scalar>(out var scalar))
            return Plain(scalar);
        return _parser.TryConsume<SequenceStart>(out var list) ? Sequence(list, depth) : Mapping(_parser.Consume<MappingStart>(), depth);
    }

    private static YamlScalar Plain(Scalar scalar) => new(scalar.Value, scalar.Style != ScalarStyle.Plain, (int)scalar.Start.Line, (int)scalar.Start.Column);

    private YamlList? Sequence(SequenceStart start, int depth)
    {
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            if (Node(depth + 1) is not { } item)
                return null;
            items.Add(item);
        }
        return new YamlList(items, (int)start.Start.Line, (int)start.Start.Column);
    }

    private YamlMap? Mapping(MappingStart start, int depth)
    {
        var entries = new List<YamlEntry>();
        var lines = new Dictionary<string, int>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var name))
            {
                Refuse(_parser.Current!, "A name is expected here, not a list or a group of values."); // the parser stands at an event
                return null;
            }
            var key = Plain(name);
            if (!lines.TryAdd(key.Text, key.Line))
                _problems.Add(new YamlProblem(_file, key.Line, key.Column, "\"{0}\" stands here a second time; the first is in line {1}.", key.Text, lines[key.Text]));
            if (Node(depth + 1) is not { } value)
                return null;
            entries.Add(new YamlEntry(key, value));
        }
        return new YamlMap(entries, (int)start.Start.Line, (int)start.Start.Column);
    }

    private YamlNode? Refuse(ParsingEvent at, string text, params object[] arguments)
    {
        _problems.Add(new YamlProblem(_file, Math.Max(1, (int)at.Start.Line), Math.Max(1, (int)at.Start.Column), text, arguments));
        return null;
    }
}
