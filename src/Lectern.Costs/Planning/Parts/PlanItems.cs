using Lectern.Costs.Prices;

namespace Lectern.Costs.Planning.Parts;

/// <summary>The services of other providers that a plan names, found in the catalogue.</summary>
internal sealed record PlanItems(ModelItems? Model, PriceItem? Ears, PriceItem? Voice, PriceItem? Avatar, IReadOnlyList<PriceItem> AvatarPlans, IReadOnlyList<PriceItem> Telephone, PriceItem? Mail, PriceItem? Support)
{
    /// <summary>The avatar's provider hears, thinks and speaks as well, for its price.</summary>
    public bool AvatarBringsAll => Avatar?.Fact("bringsAll") == 1;
}

/// <summary>What a model reads anew, has read before, and writes.</summary>
internal sealed record ModelItems(PriceItem Input, PriceItem? Cached, PriceItem Output);
