namespace Lectern.Voice;

/// <summary>What reaches a conversation from outside. A closed set: speech will enter as further records of this kind.</summary>
public abstract record ConversationInput
{
    private protected ConversationInput()
    {
    }
}

/// <summary>
/// A question, typed or already transcribed. It stops an answer that is running. One of nothing but white space only counts as
/// <see cref="Presence"/>.
/// </summary>
/// <param name="Text">The question as it was put.</param>
/// <param name="ClientId">
/// The sender's own name for this question. A second question of the same name is not asked again but answered by
/// <see cref="AlreadyAsked"/>, so a sender that lost its line may safely send again.
/// </param>
public sealed record Say(string Text, string? ClientId = null) : ConversationInput;

/// <summary>Be quiet: stops the answer or repetition that is running, if any.</summary>
public sealed record Stop : ConversationInput;

/// <summary>Say the last answer again.</summary>
/// <param name="Afterwards">While something is being said: true to say it again once it has ended, false for nothing at all.</param>
public sealed record Repeat(bool Afterwards = true) : ConversationInput;

/// <summary>
/// Speak more slowly from now on, and say the last answer again at that pace. While an answer is running it goes on, slower from
/// the next phrase.
/// </summary>
public sealed record Slower : ConversationInput;

/// <summary>Speak faster from the next phrase on. Nothing is said again.</summary>
public sealed record Faster : ConversationInput;

/// <summary>Speak at this pace from the next phrase on, 1 = normal; values outside the limits are brought to the nearer one. Nothing is said again.</summary>
public sealed record SetPace(double Pace) : ConversationInput;

/// <summary>Somebody is there (is typing, has scrolled): puts off the end by idleness and is nothing else.</summary>
public sealed record Presence : ConversationInput;

/// <summary>Ends the conversation; an answer that is running is stopped first.</summary>
public sealed record End(EndReason Reason) : ConversationInput;

/// <summary>Why a conversation ended.</summary>
public enum EndReason
{
    /// <summary>The person ended it.</summary>
    Ended,

    /// <summary>Nobody did anything for <see cref="ConversationOptions.IdleTimeout"/>.</summary>
    Idle,

    /// <summary>It lasted <see cref="ConversationOptions.MaxDuration"/>.</summary>
    Duration,

    /// <summary>Nobody read the outputs for <see cref="ConversationOptions.ReaderPatience"/>.</summary>
    NobodyReads,

    /// <summary>The line to the person was lost for longer than the host waits.</summary>
    ConnectionLost,

    /// <summary>Another owner has taken the conversation over.</summary>
    TakenOver,

    /// <summary>The host shuts down, or no longer allows it.</summary>
    Host,
}
