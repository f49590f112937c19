using System.Collections.Immutable;

namespace Lectern.Costs.Prices;

/// <summary>One step of a price: the rate of what lies above the step before and at most at <see cref="UpTo"/>; null for the last, open one.</summary>
public readonly record struct PriceTier(decimal? UpTo, decimal Rate);

/// <summary>A price with marginal steps. A flat price has one open step.</summary>
public sealed record TieredRate
{
    /// <param name="tiers">At least one, limits rising, the last one open.</param>
    /// <exception cref="ArgumentException">The limits don't rise, or the last step isn't open.</exception>
    public TieredRate(ImmutableArray<PriceTier> tiers)
    {
        if (tiers.IsDefaultOrEmpty || tiers[^1].UpTo is not null)
            throw new ArgumentException("The last tier has to be open.", nameof(tiers));
        for (var index = 0; index < tiers.Length - 1; index++)
        {
            if (tiers[index].UpTo is not { } limit || limit <= (index == 0 ? 0m : tiers[index - 1].UpTo!.Value)) // the tiers before were checked
                throw new ArgumentException("The limits of tiers have to rise.", nameof(tiers));
        }
        Tiers = tiers;
    }

    public TieredRate(decimal flat)
        : this([new PriceTier(null, flat)])
    {
    }

    public ImmutableArray<PriceTier> Tiers { get; }

    /// <summary>The rate that the first unit pays, and the only one of a flat price.</summary>
    public decimal First => Tiers[0].Rate;

    public bool IsFlat => Tiers.Length == 1;

    /// <summary>
    /// Σ over tiers of min(q, width) · rate: every unit pays the rate of the step it lies in, never the whole quantity the last rate.
    /// Source: "Data transfer out", aws.amazon.com/ec2/pricing/on-demand, and the tier components of infracost.
    /// </summary>
    /// <param name="quantity">In the units of the limits; not negative.</param>
    /// <returns>Not rounded.</returns>
    public decimal Cost(decimal quantity)
    {
        // Not ThrowIfNegative: 0.1 - 0.10 may be minus zero, which is no less than nothing.
        ArgumentOutOfRangeException.ThrowIfLessThan(quantity, 0m);
        var cost = 0m;
        var below = 0m;
        foreach (var tier in Tiers)
        {
            var top = Math.Min(quantity, tier.UpTo ?? quantity);
            if (top <= below)
                break;
            cost += (top - below) * tier.Rate;
            below = top;
        }
        return cost;
    }

    /// <summary>The same steps at other rates, as a region's multiplier or an exchange rate makes them.</summary>
    public TieredRate Times(decimal factor) => factor == 1m ? this : new TieredRate([.. Tiers.Select(tier => tier with { Rate = tier.Rate * factor })]);

    public bool Equals(TieredRate? other) => other is not null && Tiers.AsSpan().SequenceEqual(other.Tiers.AsSpan());

    public override int GetHashCode() => Tiers.Aggregate(0, HashCode.Combine);
}
