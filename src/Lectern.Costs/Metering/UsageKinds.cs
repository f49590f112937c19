using Lectern.Costs.Contracts;
using Lectern.Platform.Localization;

namespace Lectern.Costs.Metering;

/// <summary>What a dashboard sums up together.</summary>
public enum CostCategory
{
    Model,
    Voice,
    Hearing,
    Avatar,
    Telephone,
    Mail,
    Unaccounted,
}

/// <summary>Kinds of use as they are stored, grouped and named.</summary>
internal static class UsageKinds
{
    /// <summary>Of lines that a node reported nothing for: it was killed, and what it held counts as spent.</summary>
    public const string Unaccounted = "unaccounted";

    public static string NameOf(UsageKind kind) => kind switch
    {
        UsageKind.ModelInputTokens => "model-input-tokens",
        UsageKind.ModelCachedTokens => "model-cached-tokens",
        UsageKind.ModelOutputTokens => "model-output-tokens",
        UsageKind.SpokenCharacters => "spoken-characters",
        UsageKind.SpokenSeconds => "spoken-seconds",
        UsageKind.HeardSeconds => "heard-seconds",
        UsageKind.AvatarSeconds => "avatar-seconds",
        UsageKind.TelephoneSeconds => "telephone-seconds",
        UsageKind.Mails => "mails",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind without a name."),
    };

    public static CostCategory CategoryOf(string kind) => kind switch
    {
        "model-input-tokens" or "model-cached-tokens" or "model-output-tokens" => CostCategory.Model,
        "spoken-characters" or "spoken-seconds" => CostCategory.Voice,
        "heard-seconds" => CostCategory.Hearing,
        "avatar-seconds" => CostCategory.Avatar,
        "telephone-seconds" => CostCategory.Telephone,
        "mails" => CostCategory.Mail,
        _ => CostCategory.Unaccounted,
    };

    public static string TitleOf(CostCategory category, Texts t) => category switch
    {
        CostCategory.Model => t["Language model"],
        CostCategory.Voice => t["Voice"],
        CostCategory.Hearing => t["Transcription"],
        CostCategory.Avatar => t["Avatar"],
        CostCategory.Telephone => t["Telephone"],
        CostCategory.Mail => t["Mail"],
        _ => t["Not accounted for"],
    };

    /// <summary>A quantity with its unit, as people read it.</summary>
    public static string Describe(string kind, decimal quantity, Texts t) => kind switch
    {
        "model-input-tokens" => t["{n} tokens read", ("n", t.Number(quantity, 0))],
        "model-cached-tokens" => t["{n} tokens read from the cache", ("n", t.Number(quantity, 0))],
        "model-output-tokens" => t["{n} tokens written", ("n", t.Number(quantity, 0))],
        "spoken-characters" => t["{n} characters spoken", ("n", t.Number(quantity, 0))],
        "spoken-seconds" => t["{n} minutes spoken", ("n", t.Number(quantity / 60, 1))],
        "heard-seconds" => t["{n} minutes heard", ("n", t.Number(quantity / 60, 1))],
        "avatar-seconds" => t["{n} minutes of avatar", ("n", t.Number(quantity / 60, 1))],
        "telephone-seconds" => t["{n} minutes of telephone", ("n", t.Number(quantity / 60, 1))],
        "mails" => t["{n} mails", ("n", t.Number(quantity, 0))],
        _ => t["held by nodes that were killed"],
    };
}
