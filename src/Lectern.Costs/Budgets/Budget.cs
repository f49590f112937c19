using Lectern.Costs.Contracts;
using Lectern.Costs.Metering;
using Lectern.Platform.Data;

namespace Lectern.Costs.Budgets;

/// <summary>An amount for a day or a month of the installation, a school or a course: one at which spending stops, or one that only tells.</summary>
internal sealed class Budget : ISchoolOwned
{
    public const int MostAlarm = 1_000;

    /// <summary>The percentages at which a cap tells by itself (decision D12 of the founding documents).</summary>
    public static IReadOnlyList<int> UsualAlarms { get; } = [50, 80, 100, 120];

    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    /// <summary>installation, school or course.</summary>
    public string Scope { get; private set; } = "";

    public Guid? CourseId { get; private set; }

    /// <summary>day or month.</summary>
    public string Period { get; private set; } = "";

    /// <summary>Millionths of <see cref="Currency"/>.</summary>
    public long Amount { get; private set; }

    public string Currency { get; private set; } = "";

    /// <summary>Spending stops at it; else it only tells.</summary>
    public bool IsCap { get; private set; }

    /// <summary>Percentages at which people are told, rising.</summary>
    public List<int> Alarms { get; private set; } = [];

    /// <summary>Tells as well when the month is going to end above the amount.</summary>
    public bool TellsProjection { get; private set; }

    /// <summary>The percentage from which no avatar is shown; null: that is not switched off before the end.</summary>
    public int? AvatarOff { get; private set; }

    public int? VoiceOff { get; private set; }

    public int? TypedOnly { get; private set; }

    /// <summary>The percentage from which no conversation begins.</summary>
    public int Closed { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>A budget that is given up keeps its history.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }

    public bool IsMonthly => Period == SpentKey.Month;

    public static Budget Create(string scope, Guid? course, string period, BudgetTerms terms, DateTimeOffset now)
    {
        var budget = new Budget { Id = Guid.CreateVersion7(now), Scope = scope, CourseId = course, Period = period, CreatedAt = now };
        budget.Change(terms, now);
        return budget;
    }

    public void Change(BudgetTerms terms, DateTimeOffset now)
    {
        (Amount, Currency, IsCap, TellsProjection) = (terms.Amount, terms.Currency, terms.IsCap, terms.TellsProjection && IsMonthly);
        Alarms = [.. terms.Alarms.Distinct().Order()];
        (AvatarOff, VoiceOff, TypedOnly, Closed, ChangedAt) = (terms.AvatarOff, terms.VoiceOff, terms.TypedOnly, terms.Closed, now);
    }

    public void Remove(DateTimeOffset now) => RemovedAt ??= now;

    /// <summary>The amount in millionths of the installation's currency; null when there is no rate for it any more.</summary>
    public long? LimitIn(Exchange exchange) => exchange.ToInstallation(Micros.ToUnits(Amount), Currency) is { } limit ? Micros.Of(limit) : null;
}

/// <summary>What somebody decides about a budget.</summary>
internal sealed record BudgetTerms(long Amount, string Currency, bool IsCap, IReadOnlyList<int> Alarms, bool TellsProjection, int? AvatarOff, int? VoiceOff, int? TypedOnly, int Closed)
{
    /// <summary>A cap as it is proposed: each step in time for the next to help, everything else up to the amount itself.</summary>
    public static BudgetTerms Cap(decimal amount, string currency) => new(Micros.Of(amount), currency, IsCap: true, Budget.UsualAlarms, TellsProjection: true, AvatarOff: 80, VoiceOff: 90, TypedOnly: 95, Closed: 100);

    /// <summary>An amount that only tells when it is reached.</summary>
    public static BudgetTerms Alarm(decimal amount, string currency) => new(Micros.Of(amount), currency, IsCap: false, [100], TellsProjection: false, AvatarOff: null, VoiceOff: null, TypedOnly: null, Closed: 100);
}

/// <summary>An alarm that was raised: once per budget, period and threshold, on whichever node noticed.</summary>
internal sealed class BudgetAlarm : ISchoolOwned
{
    public const string SpentKind = "spent";
    public const string ProjectedKind = "projected";

    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    public Guid BudgetId { get; private set; }

    /// <summary>The first day of the period.</summary>
    public DateOnly Starts { get; private set; }

    /// <summary>spent or projected.</summary>
    public string Kind { get; private set; } = "";

    public int Percent { get; private set; }

    /// <summary>Spent, or going to be spent; millionths, as <see cref="Amount"/>.</summary>
    public long Spent { get; private set; }

    public long Amount { get; private set; }

    public string Currency { get; private set; } = "";

    /// <summary>People were told; of several thresholds passed at once only by the highest.</summary>
    public bool IsTold { get; private set; }

    public DateTimeOffset RaisedAt { get; private set; }

    public static BudgetAlarm Raise(Budget budget, DateOnly starts, string kind, int percent, long spent, bool isTold, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now), BudgetId = budget.Id, Starts = starts, Kind = kind, Percent = percent, Spent = spent, Amount = budget.Amount, Currency = budget.Currency, IsTold = isTold, RaisedAt = now,
    };
}

/// <summary>A budget switched something off, or on again.</summary>
internal sealed class SpendingStep : ISchoolOwned
{
    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    public Guid BudgetId { get; private set; }

    public SpendingLevel Level { get; private set; }

    public long Spent { get; private set; }

    public long Amount { get; private set; }

    public string Currency { get; private set; } = "";

    public DateTimeOffset SteppedAt { get; private set; }

    public static SpendingStep Take(Budget budget, SpendingLevel level, long spent, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now), BudgetId = budget.Id, Level = level, Spent = spent, Amount = budget.Amount, Currency = budget.Currency, SteppedAt = now,
    };
}
