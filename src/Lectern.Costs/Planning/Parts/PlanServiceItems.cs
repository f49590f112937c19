using Lectern.Costs.Planning.Bills;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices;

namespace Lectern.Costs.Planning.Parts;

/// <summary>Finds the services that a plan names in the catalogue. They are named by the ids of their prices; a model by what its prices have in common.</summary>
internal static class PlanServiceItems
{
    /// <summary>The word for none.</summary>
    public const string None = "none";

    private static readonly PlanWriter T = PlanWriter.T;

    /// <summary>What is retired is replaced by its successor, with a warning; without one it is left out.</summary>
    public static PlanItems Of(PlanServices services, BillBuilder bill)
    {
        var pricing = bill.Pricing;
        var avatar = Item(services.Avatar);
        return new PlanItems(Model(services.Model), Item(services.SpeechToText), Item(services.TextToSpeech), avatar,
            avatar is { Unit.Thing: "credit" } ? pricing.Catalogue.OfKind(avatar.Provider, PriceKinds.AvatarPlan, pricing.Month) : [], Telephone(services.Telephony), Item(services.Mail), Item(services.Support));

        PriceItem? Item(string? id)
        {
            if (id is null or None || pricing.Catalogue.ItemOn(id, pricing.Month) is not { } item)
                return null;
            if (!item.IsRetiredOn(pricing.Month))
                return item;
            var successor = item.Successor is { } named ? pricing.Catalogue.ItemOn(named, pricing.Month) : null;
            bill.Warn("retired", successor is null
                ? T["{service} was retired on {day}. It is not in the bill.", ("service", $"{item.Service} {item.Meter}"), ("day", item.RetiredOn)]
                : T["{service} was retired on {day}. {successor} is reckoned instead.", ("service", $"{item.Service} {item.Meter}"), ("day", item.RetiredOn), ("successor", $"{successor.Service} {successor.Meter}")]);
            return successor;
        }

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
        var names = service switch
        {
            // What hears and what speaks is sold by tokens, too.
            "model" => items.Select(id => id[..^"-input".Length]).Where(id => !id.Contains("-transcribe", StringComparison.Ordinal) && !id.Contains("-tts", StringComparison.Ordinal)),
            // What carries the sound; the line and the number belong to it.
            "telephony" => items.Where(id => id.Contains("stream", StringComparison.Ordinal) || id.Contains("relay", StringComparison.Ordinal)),
            _ => items,
        };
        return names.Append(None).Order(StringComparer.Ordinal);
    }
}
