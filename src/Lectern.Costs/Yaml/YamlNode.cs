using System.Globalization;

namespace Lectern.Costs.Yaml;

/// <summary>A value of a YAML file that knows where it stands (line and column from 1).</summary>
internal abstract record YamlNode(int Line, int Column)
{
    /// <summary>What it is, in the words of JSON Schema.</summary>
    public abstract string Type { get; }
}

internal sealed record YamlScalar(string Text, bool IsQuoted, int Line, int Column) : YamlNode(Line, Column)
{
    // The core schema of YAML 1.2 without hexadecimal and octal numbers, infinities and "not a number": none of them is a price.
    public override string Type =>
        IsQuoted ? "string"
        : Text is "" or "~" or "null" or "Null" or "NULL" ? "null"
        : Text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE" ? "boolean"
        : Number is not { } number ? "string"
        : number == decimal.Truncate(number) ? "integer"
        : "number";

    public decimal? Number =>
        Text.Length > 0 && !char.IsWhiteSpace(Text[0]) && decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool IsTrue => Text is "true" or "True" or "TRUE";
}

internal sealed record YamlList(IReadOnlyList<YamlNode> Items, int Line, int Column) : YamlNode(Line, Column)
{
    public override string Type => "array";
}

internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);

internal sealed record YamlMap(IReadOnlyList<YamlEntry> Entries, int Line, int Column) : YamlNode(Line, Column)
{
    public override string Type => "object";

    public YamlNode? this[string key]
    {
        get
        {
            foreach (var entry in Entries)
            {
                if (entry.Key.Text == key)
                    return entry.Value;
            }
            return null;
        }
    }

    // The readers below are for maps that a schema has accepted: another type there is a broken invariant.

    /// <summary>The text of a scalar; null when the key is absent or null.</summary>
    public string? Text(string key) => this[key] is YamlScalar { Type: not "null" } scalar ? scalar.Text : null;

    public decimal? Number(string key) => (this[key] as YamlScalar)?.Number;

    public int? Integer(string key) => Number(key) is { } number ? (int)number : null;

    public bool Flag(string key) => this[key] is YamlScalar { IsTrue: true };

    public YamlMap? Map(string key) => this[key] as YamlMap;

    public IReadOnlyList<YamlNode> Items(string key) => (this[key] as YamlList)?.Items ?? [];

    public IEnumerable<YamlMap> Maps(string key) => Items(key).OfType<YamlMap>();
}
