using System.ComponentModel.DataAnnotations;

namespace Lectern.Costs;

/// <summary>The section <c>Costs</c>: in which currency the installation keeps its books, and how its nodes share out what may be spent.</summary>
public sealed record CostsOptions : IValidatableObject
{
    /// <summary>ISO 4217. Every line is booked in it; sums of another currency, from before it was changed, stay apart.</summary>
    [RegularExpression("^[A-Z]{3}$")]
    public string Currency { get; init; } = "USD";

    /// <summary>
    /// How much of another currency one unit of <see cref="Currency"/> is, where the catalogue's rates shall not hold or have none:
    /// <c>Costs:ExchangeRates:EUR = 0.86</c>. Without a rate a price counts as "no price", and a school sees the installation's currency.
    /// </summary>
    public Dictionary<string, decimal> ExchangeRates { get; init; } = [];

    /// <summary>IANA name; where the installation's own days and months begin. A school's are the school's.</summary>
    [Required]
    public string TimeZone { get; init; } = "UTC";

    /// <summary>What a node leases for a school at first, in <see cref="Currency"/>; more as it is used up quickly. So much of a budget may be left when it refuses.</summary>
    [Range(0.001, 10_000.0)]
    public decimal Block { get; init; } = 0.25m;

    /// <summary>The largest sum it leases at once.</summary>
    [Range(0.001, 100_000.0)]
    public decimal LargestBlock { get; init; } = 5m;

    /// <summary>How long a node may hold what it leased without saying that it lives; then another books the rest as unaccounted for.</summary>
    [Range(5, 86_400)]
    public int LeaseSeconds { get; init; } = 300;

    /// <summary>How many reports wait in a node's memory while the database is away. When they are as many, nothing more that costs is begun.</summary>
    [Range(100, 10_000_000)]
    public int Backlog { get; init; } = 50_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Problems().Select(problem => new ValidationResult(problem));

    private IEnumerable<string> Problems()
    {
        if (LargestBlock < Block)
            yield return "Costs:LargestBlock is less than Costs:Block.";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
            yield return $"Costs:TimeZone: there is no time zone {TimeZone}.";
        foreach (var (currency, rate) in ExchangeRates)
        {
            if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper) || rate is <= 0 or > 1_000_000)
                yield return $"Costs:ExchangeRates:{currency} is no rate: give a currency's three letters and how much of it one {Currency} is, such as EUR = 0.86.";
        }
    }
}
