using System.Text.Json;

namespace Lectern.Costs.Planning.Capacity;

/// <summary>One run of the load generator, as <c>bench/results</c> holds it.</summary>
/// <param name="Name">Such as <c>live-spoken</c>.</param>
/// <param name="At">When it was taken, as the file says it.</param>
internal sealed record Measurement(string Name, string At, string Commit, string Processor, int Cores, JsonElement Settings, IReadOnlyList<JsonElement> Figures)
{
    private const string Resources = "Lectern.Costs.Measured.";

    private static readonly string[] Used = ["live", "live-spoken", "pages"];

    /// <summary>The runs that plans stand on, by name, as far as they were built into the program.</summary>
    public static IReadOnlyDictionary<string, Measurement> BuiltIn { get; } = ReadBuiltIn();

    /// <summary>Where a figure comes from, in one line.</summary>
    public string Source => $"{Name}, {At}, commit {Commit}, {Cores} × {Processor}";

    /// <exception cref="JsonException">The file has another shape.</exception>
    public static Measurement Parse(Stream json)
    {
        var root = JsonElement.Parse(ReadAll(json));
        var machine = root.GetProperty("machine");
        var figures = root.GetProperty("figures");
        return new Measurement(Text(root, "name"), Text(root, "at"), Text(machine, "commit"), Text(machine, "processor"), machine.GetProperty("cores").GetInt32(),
            root.TryGetProperty("settings", out var settings) ? settings : default, figures.ValueKind == JsonValueKind.Array ? [.. figures.EnumerateArray()] : [figures]);
    }

    private static Dictionary<string, Measurement> ReadBuiltIn()
    {
        var assembly = typeof(Measurement).Assembly;
        var found = new Dictionary<string, Measurement>();
        foreach (var name in Used)
        {
            using var json = assembly.GetManifestResourceStream($"{Resources}{name}.json");
            if (json is not null)
                found[name] = Parse(json);
        }
        return found;
    }

    private static byte[] ReadAll(Stream json)
    {
        using var copy = new MemoryStream();
        json.CopyTo(copy);
        return copy.ToArray();
    }

    private static string Text(JsonElement element, string property) => element.TryGetProperty(property, out var value) ? value.ToString() : "unknown";
}
