using Lectern.Costs.Planning.Bills;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices;

namespace Lectern.Costs.Planning.Parts;

/// <summary>Finds the services that a plan names in the catalogue. They are named by the ids of their prices; a model by what its prices have in common.</summary>
internal static class PlanServiceItems
{
    /// <summary>The word for none.</summary>
    public const string None = "none";

    public static PlanItems Of(PlanServices services, Pricing pricing)
    {
        var avatar = Item(services.Avatar);
        return new PlanItems(Model(services.Model), Item(services.SpeechToText), Item(services.TextToSpeech), avatar,
            avatar is { Unit.Thing: "credit" } ? pricing.Catalogue.OfKind(avatar.Provider, PriceKinds.AvatarPlan, pricing.Month) : [], Telephone(services.Telephony), Item(services.Mail), Item(services.Support));

        PriceItem? Item(string? id) => id is null or None ? null : pricing.Catalogue.ItemOn(id, pricing.Month) is { } item && item.IsRetiredOn(pricing.Month) && item.Successor is { } successor ? pricing.Catalogue.ItemOn(successor, pricing.Month) : pricing.Catalogue.ItemOn(id, pricing.Month);

        ModelItems? Model(string? name) => Item($"{name}-input") is { } input && Item($"{name}-output") is { } output ? new ModelItems(input, Item($"{name}-cached"), output) : null;

        List<PriceItem> Telephone(string? id) => Item(id) is not { } line ? []
            : [.. pricing.Catalogue.OfKind(line.Provider, PriceKinds.Telephony, pricing.Month).Take(1), line, .. pricing.Catalogue.OfKind(line.Provider, PriceKinds.TelephonyNumber, pricing.Month).Take(1)];
    }

    /// <summary>The names that a plan may give for a service.</summary>
    public static IEnumerable<string> Known(PriceCatalogue catalogue, string service)
    {
        var kinds = service switch
        {
            "model" => [PriceKinds.ModelInput],
            "speech-to-text" => [PriceKinds.SpeechToText],
            "text-to-speech" => [PriceKinds.TextToSpeech],
            "avatar" => [PriceKinds.Avatar],
            "telephony" => new[] { PriceKinds.TelephonyRelay, PriceKinds.TelephonyExtra },
            "mail" => [PriceKinds.Mail, PriceKinds.MailPlan],
            _ => [PriceKinds.Support],
        };
        var items = catalogue.Items.Values.Select(versions => versions[^1]).Where(item => kinds.Contains(item.Kind)).Select(item => item.Id);
        return items.Select(id => service == "model" ? id[..^"-input".Length] : id).Where(id => service != "telephony" || id.Contains("stream", StringComparison.Ordinal) || id.Contains("relay", StringComparison.Ordinal)).Append(None).Order(StringComparer.Ordinal);
    }
}
