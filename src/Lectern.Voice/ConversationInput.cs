using Lectern.Voice.Speech;

namespace Lectern.Voice;

/// <summary>What reaches a conversation from outside. A closed set.</summary>
public abstract record ConversationInput
{
    private protected ConversationInput()
    {
    }

    /// <summary>Somebody did it; it is not just a device that tells.</summary>
    internal virtual bool IsPresence => true;

    /// <summary>It is heeded also while what was heard of an interrupted answer is not yet known.</summary>
    internal virtual bool Overtakes => false;
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
/// <param name="IsSpoken">
/// It was spoken, and recognised by the speaker's own device: over an answer it counts only if it is more than a back-channel such as "mhm".
/// </param>
public sealed record Say(string Text, string? ClientId = null, bool IsSpoken = false) : ConversationInput;

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
public sealed record End(EndReason Reason) : ConversationInput
{
    internal override bool Overtakes => true;
}

/// <summary>The person is connected in another way from now on.</summary>
/// <param name="Heard">What the person says they have heard of the answer that is under way, better than anybody knows; null if they don't.</param>
public sealed record DeviceChanged(Device Device, HeardSoFar? Heard = null) : ConversationInput
{
    internal override bool IsPresence => !Device.IsAway;

    internal override bool Overtakes => true;
}

/// <summary>How much of an answer was heard.</summary>
/// <param name="Characters">Of its text, in UTF-16 code units.</param>
public sealed record HeardSoFar(int Turn, int Characters);

/// <summary>A player tells how far it is in an utterance.</summary>
/// <param name="Generation">Of the utterance, see <see cref="ConversationOutput.Generation"/>; a report of another is dropped.</param>
/// <param name="Milliseconds">Of its sound; null from a device with a voice of its own.</param>
/// <param name="Phrase">From a device with a voice of its own: the index of the phrase it is at; all before have been spoken.</param>
/// <param name="Character">And how much of that phrase, in UTF-16 code units; 0 if its voice does not tell.</param>
/// <param name="IsFinal">It is the answer to <see cref="SpeechCleared"/>: nothing more will be heard of what was sent.</param>
public sealed record Played(long Generation, double? Milliseconds, int? Phrase = null, int Character = 0, bool IsFinal = false) : ConversationInput
{
    internal override bool IsPresence => false;

    internal override bool Overtakes => true;
}

/// <summary>What the microphone heard: 16,000 samples a second, mono, of any length that is no more than a second.</summary>
public sealed record MicrophoneHeard(ReadOnlyMemory<short> Samples) : ConversationInput
{
    // Silence is not presence; speech is, and is seen to by whoever listens.
    internal override bool IsPresence => false;

    internal override bool Overtakes => true;
}

/// <summary>The button to talk is held, or was let go. While it is held nothing is a pause, and what was said counts as soon as it is let go.</summary>
public sealed record Talk(bool IsHeld) : ConversationInput
{
    internal override bool Overtakes => true;
}

/// <summary>Words that the speaker's own device has recognised so far, while they are still being spoken.</summary>
public sealed record WordsHeard(string Text) : ConversationInput;

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
