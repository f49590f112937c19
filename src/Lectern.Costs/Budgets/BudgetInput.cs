using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Lectern.Costs.Metering;
using Lectern.Platform.Localization;
using Lectern.Ui.Forms;

namespace Lectern.Costs.Budgets;

/// <summary>What somebody enters for a budget.</summary>
internal sealed class BudgetInput
{
    public const decimal MostAmount = 100_000_000m;
    private const int MostAlarms = 10;

    public Guid? Id { get; set; }

    /// <summary>installation, school, or a course's id.</summary>
    [Required, MaxLength(40)] public string For { get; set; } = SpentKey.School;

    [Required, RegularExpression("^(day|month)$")] public string Period { get; set; } = SpentKey.Month;

    [Required] public decimal? Amount { get; set; }

    [Required, RegularExpression("^(cap|alarm)$")] public string Kind { get; set; } = "cap";

    [MaxLength(100)] public string? Alarms { get; set; } = "50, 80, 100, 120";

    public bool TellsProjection { get; set; }

    [Range(1, 100)] public int? AvatarOff { get; set; } = 80;

    [Range(1, 100)] public int? VoiceOff { get; set; } = 90;

    [Range(1, 100)] public int? TypedOnly { get; set; } = 95;

    [Required, Range(1, 100)] public int? Closed { get; set; } = 100;

    public Guid? CourseId => Guid.TryParse(For, out var id) ? id : null;

    public string Scope => CourseId is null ? For : SpentKey.Course;

    public static BudgetInput Of(Budget budget) => new()
    {
        Id = budget.Id, For = budget.CourseId?.ToString() ?? budget.Scope, Period = budget.Period, Amount = Micros.ToUnits(budget.Amount), Kind = budget.IsCap ? "cap" : "alarm",
        Alarms = string.Join(", ", budget.Alarms), TellsProjection = budget.TellsProjection, AvatarOff = budget.AvatarOff, VoiceOff = budget.VoiceOff, TypedOnly = budget.TypedOnly, Closed = budget.Closed,
    };

    /// <summary>The terms, or null with what is wrong said at its field.</summary>
    /// <param name="isOnOffer">What it shall be for is one of the choices.</param>
    public BudgetTerms? Check(FormErrors errors, Texts t, bool isOnOffer)
    {
        if (!isOnOffer)
            errors.Add(nameof(For), t["Please check this entry."]);
        var amount = Amount is > 0 and <= MostAmount ? Micros.Of(Amount.Value) : 0;
        if (amount == 0)
            errors.Add(nameof(Amount), t["Enter a sum above 0 and up to {most}.", ("most", t.Number(MostAmount, 0))]);
        if (ReadAlarms() is not { } alarms)
        {
            errors.Add(nameof(Alarms), t["Enter up to ten whole percentages between 1 and {most}, separated by commas.", ("most", Budget.MostAlarm)]);
            return null;
        }
        var steps = new[] { AvatarOff, VoiceOff, TypedOnly, Closed }.OfType<int>().ToList();
        if (!steps.SequenceEqual(steps.Order()))
            errors.Add(nameof(AvatarOff), t["Each step has to come at the same percentage as the one before it, or later."]);
        return errors.IsEmpty ? new BudgetTerms(amount, "", Kind == "cap", alarms, TellsProjection, AvatarOff, VoiceOff, TypedOnly, Closed ?? 100) : null;
    }

    private List<int>? ReadAlarms()
    {
        var parts = (Alarms ?? "").Split([',', ';', ' ', '%'], StringSplitOptions.RemoveEmptyEntries);
        var percents = parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent is >= 1 and <= Budget.MostAlarm ? percent : 0).ToList();
        return percents.Count > MostAlarms || percents.Contains(0) ? null : percents;
    }
}

/// <summary>Amounts against the plan.</summary>
internal static class BudgetPlan
{
    // A month of the plan has so many days, as every price calculator has it: 730 hours.
    private const decimal DaysInMonth = 730m / 24m;

    /// <summary>The amount is reached although all goes as planned.</summary>
    /// <param name="plan">A month's sum in <paramref name="currency"/>; null without a plan.</param>
    public static bool IsBelow(Budget budget, decimal? plan, string currency) =>
        plan is { } monthly && budget.CourseId is null && budget.Currency == currency && Micros.ToUnits(budget.Amount) < (budget.IsMonthly ? monthly : monthly / DaysInMonth);
}
