using System.Globalization;
using Lectern.Costs.Planning.Input;

namespace Lectern.Costs.Planning.Pages;

/// <summary>A figure that the page asks for, as a number and as a slider.</summary>
/// <param name="Name">Its key in the address and in a plan file.</param>
/// <param name="Number">What stands in it at first, in the unit that is shown.</param>
/// <param name="Suffix">The unit behind the number, as a plan writes it.</param>
/// <param name="IsLogarithmic">Each step of the slider multiplies: for figures between ten and ten millions.</param>
internal sealed record PlanField(string Name, string Label, decimal Number, decimal Least, decimal Most, decimal Step, string Suffix = "", bool IsLogarithmic = false)
{
    /// <summary>Steps of a logarithmic slider for ten times as much.</summary>
    private const int StepsPerDecade = 20;

    public const string Paying = "paying";
    public const string Staff = "staff";

    // T["min"] T["%"] T["USD"]
    public static IReadOnlyList<PlanField> All { get; } =
    [
        Of(WorkloadInputs.Students, 600, 10, 10_000_000, 1, isLogarithmic: true),
        Of(WorkloadInputs.Active, 70, 0, 100, 5, "%"),
        Of(WorkloadInputs.Sessions, 2, 0, 60, 1),
        Of(WorkloadInputs.SessionLength, 15, 0, 60, 1, "min"),
        Of(WorkloadInputs.Spoken, 50, 0, 100, 5, "%"),
        Of(WorkloadInputs.Avatar, 0, 0, 100, 5, "%"),
        Of(WorkloadInputs.Peak, 10, 0, 50, 0.5m, "%"),
        Of(WorkloadInputs.CallsPerDay, 0, 0, 2000, 10),
        Of(WorkloadInputs.CallLength, 3, 0, 30, 1, "min"),
        Of(WorkloadInputs.Pages, 100, 0, 1000, 10),
        Of(WorkloadInputs.Video, 0, 0, 1200, 10, "min"),
        Of(WorkloadInputs.Mails, 4, 0, 100, 1),
        // What the break-even price stands on. T["Staff, a month"]
        new(Paying, "Students who pay", 100, 0, 100, 5, "%"),
        new(Staff, "Staff, a month", 0, 0, 200_000, 1000, "USD"),
    ];

    public string SliderName => "at-" + Name;

    /// <summary>A key of the plan's workload; if not, of the plan itself.</summary>
    public bool IsWorkload => Name is not (Paying or Staff);

    public decimal SliderLeast => IsLogarithmic ? 0 : Least;

    public decimal SliderMost => IsLogarithmic ? (decimal)Math.Round(Math.Log10((double)(Most / Least)) * StepsPerDecade) : Most;

    public decimal SliderStep => IsLogarithmic ? 1 : Step;

    /// <summary>Where the slider stands for a number.</summary>
    public decimal SliderOf(decimal number)
    {
        var bounded = Math.Clamp(number, Least, Most);
        return IsLogarithmic ? (decimal)Math.Round(Math.Log10((double)(bounded / Least)) * StepsPerDecade) : Math.Round((bounded - Least) / Step) * Step + Least;
    }

    /// <summary>The number for a place of the slider; two digits count where steps multiply.</summary>
    public decimal NumberAt(decimal place)
    {
        var bounded = Math.Clamp(place, SliderLeast, SliderMost);
        if (!IsLogarithmic)
            return bounded;
        var exact = (double)Least * Math.Pow(10, (double)bounded / StepsPerDecade);
        var digit = Math.Pow(10, Math.Floor(Math.Log10(exact)) - 1);
        return (decimal)(Math.Round(exact / digit) * digit);
    }

    public static string Write(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    private static PlanField Of(WorkloadInput input, decimal number, decimal least, decimal most, decimal step, string suffix = "", bool isLogarithmic = false) =>
        new(input.Key, input.Label, number, least, most, step, suffix, isLogarithmic);
}
