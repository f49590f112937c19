using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lectern.Costs.Yaml;

/// <summary>
/// A JSON Schema (draft 2020-12) for YAML files, in the part of it that Lectern's schemas use. A keyword outside of that part is refused when the schema is
/// loaded, so that no rule is silently ignored. One annotation of our own: <c>errorMessage</c>, what to say when the value doesn't fit.
/// Written here because no library for it that carries a free licence can be had from the registry with all that it needs.
/// </summary>
internal sealed class YamlSchema
{
    private static readonly HashSet<string> Annotations = ["$schema", "$id", "$defs", "$comment", "title", "description", "default", "examples", "deprecated"];

    private readonly Dictionary<string, YamlSchema> _definitions;

    private YamlSchema(Dictionary<string, YamlSchema> definitions) => _definitions = definitions;

    public IReadOnlyList<string> Types { get; private set; } = [];

    public IReadOnlyDictionary<string, YamlSchema> Properties { get; private set; } = new Dictionary<string, YamlSchema>();

    public IReadOnlyList<string> Required { get; private set; } = [];

    /// <summary>False: other keys are not allowed.</summary>
    public bool AllowsOthers { get; private set; } = true;

    public YamlSchema? Others { get; private set; }

    public YamlSchema? Names { get; private set; }

    public YamlSchema? Items { get; private set; }

    public IReadOnlyList<YamlSchema> AnyOf { get; private set; } = [];

    public IReadOnlyList<string> Enum { get; private set; } = [];

    public decimal? Minimum { get; private set; }

    public decimal? ExclusiveMinimum { get; private set; }

    public decimal? Maximum { get; private set; }

    public Regex? Pattern { get; private set; }

    public int MinimumCount { get; private set; }

    public int MaximumCount { get; private set; } = int.MaxValue;

    public int MaximumLength { get; private set; } = int.MaxValue;

    public bool IsDate { get; private set; }

    public string? ErrorMessage { get; private set; }

    private string? Reference { get; set; }

    /// <summary>The schema itself, or the one that it refers to.</summary>
    public YamlSchema Resolved => Reference is { } name ? _definitions[name].Resolved : this;

    /// <exception cref="NotSupportedException">The schema uses a keyword that isn't kept here.</exception>
    public static YamlSchema Load(string json)
    {
        using var document = JsonDocument.Parse(json);
        var definitions = new Dictionary<string, YamlSchema>();
        if (document.RootElement.TryGetProperty("$defs", out var named))
        {
            foreach (var definition in named.EnumerateObject())
                definitions[definition.Name] = Read(definition.Value, definitions);
        }
        return Read(document.RootElement, definitions);
    }

    private static YamlSchema Read(JsonElement element, Dictionary<string, YamlSchema> definitions)
    {
        var schema = new YamlSchema(definitions);
        foreach (var keyword in element.EnumerateObject())
        {
            if (!Annotations.Contains(keyword.Name))
                schema.Take(keyword.Name, keyword.Value);
        }
        return schema;
    }

    private void Take(string keyword, JsonElement value)
    {
        switch (keyword)
        {
            case "$ref": Reference = value.GetString()!.Replace("#/$defs/", "", StringComparison.Ordinal); break; // a reference is a string
            case "type": Types = Strings(value); break;
            case "enum": Enum = Strings(value); break;
            case "const": Enum = [value.ToString()]; break;
            case "required": Required = Strings(value); break;
            case "properties": Properties = value.EnumerateObject().ToDictionary(property => property.Name, property => Read(property.Value, _definitions)); break;
            case "additionalProperties" when value.ValueKind is JsonValueKind.True or JsonValueKind.False: AllowsOthers = value.GetBoolean(); break;
            case "additionalProperties": Others = Read(value, _definitions); break;
            case "propertyNames": Names = Read(value, _definitions); break;
            case "items": Items = Read(value, _definitions); break;
            case "anyOf" or "oneOf": AnyOf = [.. value.EnumerateArray().Select(branch => Read(branch, _definitions))]; break;
            default: TakeLimit(keyword, value); break;
        }
    }

    private void TakeLimit(string keyword, JsonElement value)
    {
        switch (keyword)
        {
            case "minimum": Minimum = value.GetDecimal(); break;
            case "exclusiveMinimum": ExclusiveMinimum = value.GetDecimal(); break;
            case "maximum": Maximum = value.GetDecimal(); break;
            case "pattern": Pattern = new Regex(value.GetString()!, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)); break; // a pattern is a string
            case "minItems" or "minProperties" or "minLength": MinimumCount = value.GetInt32(); break;
            case "maxItems" or "maxProperties": MaximumCount = value.GetInt32(); break;
            case "maxLength": MaximumLength = value.GetInt32(); break;
            case "format" when value.GetString() == "date": IsDate = true; break;
            case "errorMessage": ErrorMessage = value.GetString(); break;
            default: throw new NotSupportedException($"The schema's keyword \"{keyword}: {value}\" is not kept.");
        }
    }

    private static IReadOnlyList<string> Strings(JsonElement value) => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => item.ToString())] : [value.ToString()];
}
