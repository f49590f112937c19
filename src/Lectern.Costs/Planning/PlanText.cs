using System.Globalization;
using System.Text;
using Lectern.Platform.Localization;

namespace Lectern.Costs.Planning;

/// <summary>A sentence of a plan's result, in English with named placeholders: the command line fills it in, the page translates it first.</summary>
internal sealed record PlanText(string English, IReadOnlyList<(string Name, object? Value)> Values)
{
    private static readonly CultureInfo Numbers = CultureInfo.InvariantCulture;

    public override string ToString()
    {
        var text = new StringBuilder(English);
        foreach (var (name, value) in Values)
            text.Replace("{" + name + "}", Write(value));
        return text.ToString();
    }

    /// <summary>In the language of the request.</summary>
    public string In(Texts texts) => texts[English, [.. Values.Select(value => (value.Name, value.Value is PlanText inner ? inner.In(texts) : value.Value))]];

    private static string Write(object? value) => value switch
    {
        decimal number => number.ToString("#,0.##", Numbers),
        IFormattable number and not DateOnly => number.ToString("#,0", Numbers),
        DateOnly day => day.ToString("yyyy-MM-dd", Numbers),
        _ => value?.ToString() ?? "",
    };
}

/// <summary>Writes sentences as the localizer is asked for them, <c>T["…"]</c>, so that their translations are held together with them.</summary>
internal sealed class PlanWriter
{
    public static readonly PlanWriter T = new();

    private PlanWriter()
    {
    }

    public PlanText this[string english, params (string Name, object? Value)[] values] => new(english, values);
}
