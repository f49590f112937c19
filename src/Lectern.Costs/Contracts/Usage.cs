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
/// <param name="At">When it was used. A part of the report: the same use has the same time, however often and by whomever it is reported, or at least one of the same month (UTC).</param>
public sealed record Usage(string Key, Guid SchoolId, Guid? CourseId, Guid? SessionId, UsageKind Kind, decimal Quantity, string Provider, string? PriceId, DateTimeOffset At)
{
    private const decimal MostQuantity = 1_000_000_000_000m;

    /// <summary>Throws for what cannot have been used: no key, a negative or absurd quantity, a kind that does not exist, a time without a year of this century.</summary>
    /// <exception cref="ArgumentException">The message names the field.</exception>
    internal void Check()
    {
        var wrong = Key.Length is 0 or > 100 ? nameof(Key)
            : SchoolId == Guid.Empty ? nameof(SchoolId)
            : !Enum.IsDefined(Kind) ? nameof(Kind)
            : Quantity is < 0 or > MostQuantity ? nameof(Quantity)
            : Provider.Length is 0 or > 100 ? nameof(Provider)
            : PriceId is { Length: 0 or > 100 } ? nameof(PriceId)
            : At.Year is < 2000 or > 2199 ? nameof(At)
            : null;
        if (wrong is not null)
            throw new ArgumentException($"The report {Key} has no {wrong} that can be booked.", wrong);
    }
}

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

    /// <summary>Seconds of sound that a voice made, for voices that are paid by time.</summary>
    SpokenSeconds,

    /// <summary>Seconds of sound that were transcribed.</summary>
    HeardSeconds,

    /// <summary>Seconds of a rendered avatar.</summary>
    AvatarSeconds,

    /// <summary>Seconds of a telephone call.</summary>
    TelephoneSeconds,

    /// <summary>Mails sent.</summary>
    Mails,
}
