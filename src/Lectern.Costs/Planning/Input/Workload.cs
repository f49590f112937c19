using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Input;

/// <summary>What a school does in a month: a figure for each of <see cref="WorkloadInputs.All"/>, and what it keeps.</summary>
internal sealed class Workload
{
    // What is logged for each page and each answer where the plan doesn't say how much is logged: 2 KB.
    private const decimal LoggedGb = 2m / 1024 / 1024;

    private readonly Interval?[] _values;

    /// <param name="values">In the order of <see cref="WorkloadInputs.All"/>; null where a figure is to be computed from the others.</param>
    public Workload(IReadOnlyList<Interval?> values, IReadOnlyList<StoredClass> storage)
    {
        _values = [.. values];
        Storage = storage;
    }

    public IReadOnlyList<StoredClass> Storage { get; }

    public Interval this[WorkloadInput input] => _values[input.Index] ?? (input == WorkloadInputs.Logs ? (Requests + Answers) * LoggedGb : input.DefaultValue);

    /// <summary>Active students of a month.</summary>
    public Interval ActiveStudents => this[WorkloadInputs.Students] * this[WorkloadInputs.Active];

    /// <summary>Conversations in the browser, a month.</summary>
    public Interval Sessions => ActiveStudents * this[WorkloadInputs.Sessions];

    /// <summary>Calls in a month of 365/12 days.</summary>
    public Interval Calls => this[WorkloadInputs.CallsPerDay] * (365m / 12);

    /// <summary>Minutes of conversation in the browser, a month.</summary>
    public Interval SessionMinutes => Sessions * this[WorkloadInputs.SessionLength];

    /// <summary>Pages and requests of a month; a test asks and saves forty times.</summary>
    public Interval Requests => ActiveStudents * (this[WorkloadInputs.Pages] + this[WorkloadInputs.Tests] * 40m);

    /// <summary>Answers of the teacher, a month, in the browser and on the telephone.</summary>
    public Interval Answers => (SessionMinutes + Calls * this[WorkloadInputs.CallLength]) * this[WorkloadInputs.Turns];

    /// <summary>Conversations at the busiest moment.</summary>
    public Interval PeakSessions => ActiveStudents * this[WorkloadInputs.Peak];

    /// <summary>Calls at the busiest moment: the day's calls come in eight hours, four times as thick at the busiest moment; at least one where there are any.</summary>
    public Interval PeakCalls => (this[WorkloadInputs.CallsPerDay] * this[WorkloadInputs.CallLength] * (4m / 480)).RoundedUp;

    /// <summary>Requests a second in the busiest hour.</summary>
    public Interval PeakRequests => Requests * this[WorkloadInputs.BusiestHour] * (1m / 3600);

    /// <summary>The same with one figure replaced.</summary>
    public Workload With(WorkloadInput input, Interval value)
    {
        var values = (Interval?[])_values.Clone();
        values[input.Index] = value;
        return new Workload(values, Storage);
    }
}

/// <summary>A kind of data that is kept.</summary>
/// <param name="Name">What it is, such as recordings.</param>
/// <param name="Kind">How often it is read.</param>
/// <param name="Start">GB at the start of the plan.</param>
/// <param name="Growth">GB that come each month.</param>
/// <param name="KeepMonths">How long what came is kept; null for ever. What was there at the start stays.</param>
/// <param name="Since">The month of the plan in which <paramref name="Start"/> was there.</param>
internal sealed record StoredClass(string Name, StorageKind Kind, Interval Start, Interval Growth, decimal? KeepMonths, int Since = 1)
{
    /// <summary>GB on average in a month of the plan, the first being 1: half of the month's growth has come.</summary>
    public Interval In(int month) => Start + Growth * Grown(Math.Max(0.5m, month - Since + 0.5m));

    private decimal Grown(decimal months) => KeepMonths is { } keep ? Math.Min(months, keep) : months;
}

/// <summary>How stored data is used, which decides what it costs.</summary>
internal enum StorageKind
{
    /// <summary>Rows: on the disk of the database.</summary>
    Database,

    /// <summary>Files that are read often.</summary>
    Hot,

    /// <summary>Files that are read now and then.</summary>
    Cool,

    /// <summary>Files that must be kept and are hardly read.</summary>
    Archive,
}
