namespace Lectern.Costs.Contracts;

/// <summary>
/// What a provider was used for, once: the meter stores it as quantity and rate and never counts it twice.
/// </summary>
/// <param name="Key">The idempotency key: the same use reported again, after a retry or on another node, has the same key. At most 100 characters.</param>
/// <param name="SchoolId">The school that pays.</param>
/// <param name="CourseId">The course it was for, when there is one.</param>
/// <param name="SessionId">The conversation it was for, when there is one.</param>
/// <param name="Kind">What was used, in which unit.</param>
/// <param name="Quantity">How much, in the unit of <paramref name="Kind"/>; not negative.</param>
/// <param name="Provider">Who was paid, as the settings name it, such as <c>openai</c>.</param>
/// <param name="PriceId">The catalogue's item that prices it; null: the installation pays nothing for it (espeak, the reader of its own).</param>
/// <param name="At">When it was used.</param>
public sealed record Usage(string Key, Guid SchoolId, Guid? CourseId, Guid? SessionId, UsageKind Kind, decimal Quantity, string Provider, string? PriceId, DateTimeOffset At);

/// <summary>Kinds of use, each with its unit.</summary>
public enum UsageKind
{
    /// <summary>Tokens that a language model read and had not cached.</summary>
    ModelInputTokens,

    /// <summary>Tokens that a language model read from its cache.</summary>
    ModelCachedTokens,

    /// <summary>Tokens that a language model wrote.</summary>
    ModelOutputTokens,

    /// <summary>Characters of text that were spoken.</summary>
    SpokenCharacters,

    /// <summary>Seconds of sound that were transcribed.</summary>
    HeardSeconds,

    /// <summary>Seconds of a rendered avatar.</summary>
    AvatarSeconds,

    /// <summary>Seconds of a telephone call.</summary>
    TelephoneSeconds,

    /// <summary>Mails sent.</summary>
    Mails,
}
