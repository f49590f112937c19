namespace Lectern.Costs.Planning.Input;

/// <summary>What a figure of a plan is measured in; each figure is written with one of its unit's spellings.</summary>
public enum PlanUnit
{
    /// <summary>A number of things, written without a unit.</summary>
    Count,

    /// <summary>A share, written as <c>80 %</c> and held as 0.8.</summary>
    Share,

    /// <summary>A time, held in minutes.</summary>
    Time,

    /// <summary>An amount of data, held in GB of 1,024 MB, as providers bill it.</summary>
    Data,

    /// <summary>An amount of data that comes each month, held in GB.</summary>
    DataPerMonth,

    /// <summary>Tokens of a language model.</summary>
    Tokens,

    /// <summary>A number of months; 30.4167 days are one.</summary>
    Months,

    /// <summary>An amount of money.</summary>
    Money,

    /// <summary>An amount of money each month.</summary>
    MoneyPerMonth,
}
