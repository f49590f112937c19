using System.Globalization;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Input;

/// <summary>One figure of the workload: how it is written, what is supposed when it is missing, and how it is asked for.</summary>
/// <param name="Key">The key in a plan file and in the page's address.</param>
/// <param name="Default">What is supposed when the plan says nothing, as a plan would write it; null: computed from others, or needed.</param>
/// <param name="Most">More than this is a slip of the pen; in the unit's measure.</param>
/// <param name="Label">Its name, in English.</param>
/// <param name="Question">How <c>plan init</c> asks for it, and the comment in the file.</param>
internal sealed record WorkloadInput(int Index, string Key, PlanUnit Unit, string? Default, decimal Most, string Label, string Question)
{
    /// <summary>The default, read. Zero where there is none.</summary>
    public Interval DefaultValue { get; } = Default is null ? Interval.Zero : Parse(Default, Unit);

    public static Interval Parse(string text, PlanUnit unit) =>
        QuantityText.Read(text, unit, out var value, out _) is { } problem ? throw new FormatException(problem) : Interval.Exactly(value);

    /// <summary>As a plan would write it.</summary>
    public string Write(Interval value) => value.IsExact ? Write(value.Low) : $"[{Write(value.Low)}, {Write(value.High)}]";

    private string Write(decimal value) => Unit switch
    {
        PlanUnit.Share => Text(value * 100) + " %",
        PlanUnit.Time => Text(value) + " min",
        PlanUnit.Data when value < 1m / 1024 => Text(value * 1024 * 1024) + " KB",
        PlanUnit.Data when value < 1 => Text(value * 1024) + " MB",
        PlanUnit.Data => Text(value) + " GB",
        PlanUnit.DataPerMonth => Text(value) + " GB/month",
        PlanUnit.Tokens => Text(value) + " tokens",
        _ => Text(value),
    };

    private static string Text(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
