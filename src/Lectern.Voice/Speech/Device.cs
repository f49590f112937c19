namespace Lectern.Voice.Speech;

/// <summary>How a person is connected: what reaches their ear, and what reaches ours.</summary>
/// <param name="Speaker">How answers reach the ear.</param>
/// <param name="HasMicrophone">Samples of a microphone will come.</param>
/// <param name="CancelsEcho">The device keeps our own sound out of its microphone; without that the microphone is not heeded while we speak.</param>
/// <param name="IsAway">The line is lost: what is being spoken waits, see <see cref="SpeechOptions.AwayPatience"/>.</param>
public sealed record Device(Speaker Speaker, bool HasMicrophone = false, bool CancelsEcho = true, bool IsAway = false)
{
    /// <summary>Reads and types.</summary>
    public static readonly Device Text = new(Speaker.None);

    /// <summary>Nobody is connected.</summary>
    public static readonly Device Away = new(Speaker.None, IsAway: true);
}

public enum Speaker
{
    /// <summary>Answers are read.</summary>
    None,

    /// <summary>It plays the samples of <see cref="SoundReady"/>, and reports where it stands.</summary>
    Samples,

    /// <summary>It speaks the phrases with a voice of its own, and reports which it has spoken.</summary>
    Own,
}
