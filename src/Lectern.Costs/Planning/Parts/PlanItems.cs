using Lectern.Costs.Prices;

namespace Lectern.Costs.Planning.Parts;

/// <summary>The services of other providers that a plan names, found in the catalogue.</summary>
internal sealed record PlanItems(ModelItems? Model, PriceItem? Ears, PriceItem? Voice, PriceItem? Avatar, IReadOnlyList<PriceItem> AvatarPlans, IReadOnlyList<PriceItem> Telephone, PriceItem? Mail, PriceItem? Support)
{
    /// <summary>The avatar's provider hears, thinks and speaks as well, for its price: LiveAvatar calls it FULL.</summary>
    public bool AvatarBringsAll => Avatar?.Id.EndsWith("-full", StringComparison.Ordinal) == true;

    /// <summary>The telephone service hears and speaks as well.</summary>
    public bool TelephoneSpeaks => Telephone.Any(item => item.Kind == PriceKinds.TelephonyRelay);
}

/// <summary>What a model reads anew, has read before, and writes.</summary>
internal sealed record ModelItems(PriceItem Input, PriceItem? Cached, PriceItem Output);
