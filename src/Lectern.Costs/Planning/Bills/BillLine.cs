using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Bills;

/// <summary>One line of a bill. Amounts are US dollars a month, not rounded.</summary>
internal sealed record BillLine
{
    /// <summary>One of <see cref="BillCategories"/>, or a word of a documented estimate.</summary>
    public required string Category { get; init; }

    /// <summary>The provider's name of the service.</summary>
    public required string Service { get; init; }

    /// <summary>What exactly is metered: t3.medium, Linux.</summary>
    public string Meter { get; init; } = "";

    /// <summary>Why so much of it.</summary>
    public PlanText? Specification { get; init; }

    /// <summary>In units of <see cref="Unit"/>.</summary>
    public Interval Quantity { get; init; }

    /// <summary>Empty for whole things, such as servers.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The unit behind its quantity: "3,042 minutes", "38.69 × 1M tokens".</summary>
    public string CountedUnit => Unit.Length == 0 ? "" : char.IsAsciiDigit(Unit[0]) ? "× " + Unit : Quantity is { IsExact: true, Low: 1 } || char.IsUpper(Unit[^1]) ? Unit
        : Unit[^1] == 's' ? Unit + "es" : Unit[^1] == 'y' ? Unit[..^1] + "ies" : Unit + "s";

    /// <summary>Charged for the time that it is kept: the unit price is for a month.</summary>
    public bool IsByMonth { get; init; }

    /// <summary>For one <see cref="Unit"/>, at the first step of its price; null where nothing is known or the sum is no product.</summary>
    public decimal? UnitPrice { get; init; }

    /// <summary>US dollars a month.</summary>
    public required Interval Monthly { get; init; }

    public LineRole Role { get; init; }

    /// <summary>The service of the line that this one replaces or reduces.</summary>
    public string? For { get; init; }

    public string? PriceId { get; init; }

    public Evidence? Evidence { get; init; }

    /// <summary>The day of the evidence.</summary>
    public DateOnly? Checked { get; init; }

    /// <summary>Worked out from another region's price.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>What is free of it, steps of the price, the rate of exchange.</summary>
    public PlanText? Note { get; init; }

    /// <summary>What an estimate printed as its amount.</summary>
    public Interval? Stated { get; init; }

    /// <summary>As it is read: a saving is below zero.</summary>
    public Interval Shown => Role == LineRole.Saving ? new Interval(-Monthly.High, -Monthly.Low) : Monthly;

    /// <summary>What the line adds to the total.</summary>
    public Interval Counted => Role switch
    {
        LineRole.Additive => Monthly,
        LineRole.Optional => new Interval(0, Monthly.High),
        _ => Interval.Zero,
    };
}

/// <summary>The groups of a bill, as they are named.</summary>
internal static class BillCategories
{
    // T["Servers"] T["Database"] T["Storage"] T["Network"] T["Teacher"] T["Avatar"] T["Telephone"] T["Mail"] T["Watching"] T["Support"] T["Kept services"]
    public const string Servers = "Servers";
    public const string Database = "Database";
    public const string Storage = "Storage";
    public const string Network = "Network";
    public const string Teacher = "Teacher";
    public const string Avatar = "Avatar";
    public const string Telephone = "Telephone";
    public const string Mail = "Mail";
    public const string Watching = "Watching";
    public const string Support = "Support";
    public const string Kept = "Kept services";

    /// <summary>In the order of a bill.</summary>
    public static readonly string[] All = [Servers, Database, Storage, Network, Teacher, Avatar, Telephone, Mail, Watching, Support, Kept];

    private static readonly PlanWriter T = PlanWriter.T;

    /// <summary>Its place in a bill; what a plan has named itself stands at the end.</summary>
    public static int Order(string category) => Array.IndexOf(All, category) is var place and >= 0 ? place : int.MaxValue;

    /// <summary>What each is, for people who don't run servers.</summary>
    public static PlanText? Explain(string category) => category switch
    {
        Servers => T["Computers that run Lectern day and night. They follow from how many talk and read at the busiest moment."],
        Database => T["The memory of the school: people, courses, answers, progress. It grows with every conversation."],
        Storage => T["Room for files: videos, pictures, recordings. You pay for what lies there, every month again."],
        Network => T["The way from the servers to the students: addresses, distribution over servers, and each gigabyte that is sent."],
        Teacher => T["Thinking, hearing and speaking of the AI teacher. It is paid for by use: twice the conversations cost twice as much."],
        Avatar => T["A filmed face from a provider, paid for by the minute. Lectern's own drawn face costs nothing."],
        Telephone => T["Calls to the teacher: each begun minute, and the numbers."],
        Mail => T["Invitations, reminders and summaries by e-mail."],
        Watching => T["Logs and alarms: how one sees that something is wrong."],
        Support => T["Help from the provider's people, mostly a share of the bill."],
        Kept => T["What the school has already and keeps."],
        _ => null,
    };
}
