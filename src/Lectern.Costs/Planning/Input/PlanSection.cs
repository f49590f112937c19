using System.Globalization;
using Lectern.Costs.Prices.Billing;
using Lectern.Costs.Yaml;

namespace Lectern.Costs.Planning.Input;

/// <summary>One mapping of a plan file, read key by key; notes what is wrong with its place and goes on, so that a person sees everything at once.</summary>
internal sealed class PlanSection
{
    private readonly YamlMap _node;
    private readonly List<YamlProblem> _problems;
    private readonly Dictionary<string, YamlNode> _values = [];

    public PlanSection(string file, string path, YamlMap node, IReadOnlyCollection<string> known, List<YamlProblem> problems)
    {
        (File, Path, _node, _problems) = (file, path, node, problems);
        foreach (var (key, value) in node.Entries)
        {
            if (known.Contains(key.Text))
                _values[key.Text] = value;
            else
                Report(key, key.Text, $"there is no such key{(NearestWord.Of(key.Text, known) is { } near ? $"; did you mean '{near}'?" : $" (known: {string.Join(", ", known)})")}");
        }
    }

    public string File { get; }

    public string Path { get; }

    public int Line => _node.Line;

    /// <summary>The keys that stand in the file, in their order.</summary>
    public IEnumerable<string> Keys => _values.Keys;

    public bool Has(string key) => _values.ContainsKey(key);

    public int LineOf(string key) => _values.TryGetValue(key, out var value) ? value.Line : Line;

    public void Report(string key, string message) => Report(_values.GetValueOrDefault(key) ?? _node, key, message);

    /// <summary>Text on one line; null where the key is missing.</summary>
    public string? Text(string key, bool isRequired = false)
    {
        if (!Present(key, isRequired, out var node))
            return null;
        if (node is YamlScalar { Type: not "null", Text: { Length: > 0 and <= 400 } text })
            return text;
        Report(node, key, "a text is expected here");
        return null;
    }

    /// <summary>One of several words.</summary>
    public T? Word<T>(string key, IReadOnlyDictionary<string, T> words, bool isRequired = false)
        where T : struct
    {
        if (!Present(key, isRequired, out var node))
            return null;
        var text = (node as YamlScalar)?.Text ?? "";
        if (words.TryGetValue(text, out var word))
            return word;
        Report(node, key, $"'{text}' is not known{(NearestWord.Of(text, words.Keys) is { } near ? $"; did you mean '{near}'?" : "")} (known: {string.Join(", ", words.Keys)})");
        return null;
    }

    /// <summary>A figure, or two as a range.</summary>
    /// <param name="most">More than this is a slip of the pen.</param>
    public Interval? Figure(string key, PlanUnit unit, decimal most, bool isRequired = false) =>
        Present(key, isRequired, out var node) ? Figure(node, key, unit, most) : null;

    /// <summary>A figure that may not be a range.</summary>
    public decimal? Exact(string key, PlanUnit unit, decimal most, bool isRequired = false)
    {
        if (Figure(key, unit, most, isRequired) is not { } figure)
            return null;
        if (figure.IsExact)
            return figure.Low;
        Report(key, "one figure is expected here, not a range");
        return null;
    }

    /// <summary>A price, or the word <c>free</c>. A price of nothing is refused: too often it means that nobody has looked.</summary>
    public Interval? Price(string key, PlanUnit unit, decimal most, bool isRequired = false)
    {
        if (_values.TryGetValue(key, out var node) && node is YamlScalar { Text: "free" })
            return Interval.Zero;
        var price = Figure(key, unit, most, isRequired);
        if (price is { High: 0 })
            Report(key, "a price of 0 says that nobody has looked; write 'free' where it costs nothing");
        return price;
    }

    /// <summary>A month as <c>2026-09</c>: its first day.</summary>
    public DateOnly? Month(string key, bool isRequired = false) => Date(key, isRequired, "yyyy-MM", "a month such as 2026-09 is expected");

    /// <summary>A day as <c>2026-09-15</c>.</summary>
    public DateOnly? Day(string key) => Date(key, isRequired: false, "yyyy-MM-dd", "a day such as 2026-09-15 is expected");

    /// <summary>The mapping under a key.</summary>
    public PlanSection? Section(string key, IReadOnlyCollection<string> known, bool isRequired = false)
    {
        if (!Present(key, isRequired, out var node))
            return null;
        if (node is YamlMap mapping)
            return new PlanSection(File, Name(key), mapping, known, _problems);
        Report(node, key, "keys are expected here, each on its own line");
        return null;
    }

    /// <summary>The mappings of the list under a key.</summary>
    public IEnumerable<PlanSection> Sections(string key, IReadOnlyCollection<string> known)
    {
        foreach (var (node, index) in Items(key))
        {
            if (node is YamlMap mapping)
                yield return new PlanSection(File, $"{Name(key)}[{index + 1}]", mapping, known, _problems);
            else
                Report(node, key, "each entry has keys here, such as '- name: …'");
        }
    }

    /// <summary>The figures of the list under a key, none of them a range.</summary>
    public List<decimal> Figures(string key, PlanUnit unit, decimal most) =>
        [.. Items(key).Select(item => Figure(item.Node, key, unit, most)).OfType<Interval>().Select(figure => figure.Low)];

    private IEnumerable<(YamlNode Node, int Index)> Items(string key)
    {
        if (!_values.TryGetValue(key, out var node))
            return [];
        if (node is YamlList list)
            return list.Items.Select((child, index) => (child, index));
        Report(node, key, "a list is expected here");
        return [];
    }

    private DateOnly? Date(string key, bool isRequired, string format, string expected)
    {
        if (!Present(key, isRequired, out var node))
            return null;
        var text = (node as YamlScalar)?.Text ?? "";
        if (DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and <= 2100)
            return day;
        Report(node, key, $"'{text}' cannot be read; {expected}");
        return null;
    }

    private Interval? Figure(YamlNode node, string key, PlanUnit unit, decimal most)
    {
        if (node is YamlScalar scalar)
            return One(scalar, key, unit, most) is { } exact ? Interval.Exactly(exact) : null;
        if (node is not YamlList { Items: [YamlScalar from, YamlScalar to] })
        {
            Report(node, key, $"a figure such as {QuantityText.Example(unit)} or a range [low, high] is expected here");
            return null;
        }
        if (One(from, key, unit, most) is not { } low || One(to, key, unit, most) is not { } high)
            return null;
        if (low <= high)
            return new Interval(low, high);
        Report(node, key, $"the range begins with its larger end: write [{to.Text}, {from.Text}]");
        return null;
    }

    private decimal? One(YamlScalar node, string key, PlanUnit unit, decimal most)
    {
        var problem = QuantityText.Read(node.Text, unit, out var value, out var currency)
            ?? (value > most ? $"'{node.Text}' is more than anybody means; at most {Limit(unit, most)} is taken" : null)
            ?? (currency is "" or "USD" ? null : $"'{node.Text}' is not in USD, the currency of plans");
        if (problem is null)
            return value;
        Report(node, key, problem);
        return null;
    }

    private static string Limit(PlanUnit unit, decimal most) => unit switch
    {
        PlanUnit.Share => "100 %",
        PlanUnit.Time => $"{most:0} min",
        PlanUnit.Data => most >= 1 ? $"{most:0} GB" : $"{most * 1024:0} MB",
        _ => most.ToString("0", CultureInfo.InvariantCulture),
    };

    private bool Present(string key, bool isRequired, out YamlNode node)
    {
        if (_values.TryGetValue(key, out var value))
        {
            node = value;
            return true;
        }
        node = _node;
        if (isRequired)
            Report(_node, key, "it is missing");
        return false;
    }

    private void Report(YamlNode at, string key, string message) => _problems.Add(new YamlProblem(File, at.Line, at.Column, message.EndsWith('?') ? "{0}: {1}" : "{0}: {1}.", Name(key), message));

    private string Name(string key) => Path.Length == 0 ? key : $"{Path}.{key}";
}
