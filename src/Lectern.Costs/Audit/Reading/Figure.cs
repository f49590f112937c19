namespace Lectern.Costs.Audit.Reading;

/// <summary>How often an amount falls due.</summary>
internal enum Period
{
    None,
    Day,
    Month,
    Quarter,
    Year,
}

/// <summary>What a price is for: "/1M messages" is a million of "message". The unit is empty where only a count stands.</summary>
internal readonly record struct Rate(decimal Count, string Unit);

/// <summary>One number as it stands in a text, with all that was written around it.</summary>
internal sealed record Figure
{
    public required Extent Value { get; init; }

    /// <summary>ISO code where one can be told, else the symbol; null: not money.</summary>
    public string? Currency { get; init; }

    /// <summary>The unit in its plain form ("hour", "gb"); empty where there is none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>1,024 where the unit counts bytes in steps that some take as 1,000 and some as 1,024; else 1.</summary>
    public decimal OtherScale { get; init; } = 1;

    public Rate? Per { get; init; }

    public Period Period { get; init; }

    public bool IsPercent { get; init; }

    /// <summary>"~", "about", "ca.": the writer rounded.</summary>
    public bool IsApproximate { get; init; }

    /// <summary>"1.234": thousand or decimals? Nothing in the document says it.</summary>
    public bool IsAmbiguous { get; init; }

    /// <summary>The range was written from high to low.</summary>
    public bool IsReversed { get; init; }

    public int Decimals { get; init; }

    public int Start { get; init; }

    public int End { get; init; }

    public bool IsMoney => Currency is not null;

    /// <summary>A price per something that is not a period, such as $0.02/GB.</summary>
    public bool IsRate => IsMoney && Per is not null;

    public Extent PerOne => Per is { } per ? Value / per.Count : Value;
}
