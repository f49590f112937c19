using Lectern.Tutoring.Live.Audio;
using Lectern.Voice;
using Lectern.Voice.Hearing;
using Lectern.Voice.Speech;
using Microsoft.Extensions.Logging;

namespace Lectern.Tutoring.Live;

/// <summary>The session's sound: what was agreed with the client, and the frames of section 10 of the protocol.</summary>
internal sealed partial class LiveSession
{
    private static readonly string[] Formats = [AudioTerms.Pcm16, AudioTerms.MuLaw];

    // More than are ahead of a player and on its screen.
    private const int PhrasesKept = 4;

    private readonly Queue<PhraseFrame> _spoken = new();
    private AudioTerms _terms = AudioTerms.Nothing;
    private MicrophoneLine? _microphone;

    /// <summary>Binary frames mean something now.</summary>
    public bool TakesSound => _terms.GivesSound;

    /// <summary>Takes a binary frame.</summary>
    /// <returns>Why it cannot be read, in English for whoever writes the client; null when it can, or was not agreed upon.</returns>
    public string? Hear(LiveConnection connection, ReadOnlySpan<byte> frame)
    {
        ReadOnlyMemory<short> heard;
        lock (_gate)
        {
            if (!ReferenceEquals(_connection, connection) || !_terms.GivesSound || _microphone is not { } microphone)
                return null;
            if (SoundFrames.Read(frame, _terms.In == AudioTerms.MuLaw, out var position, out var samples) is { } why)
                return why;
            heard = microphone.Take(position, samples);
            if (microphone.IsTooFast)
            {
                connection.Send(Numbered(new ErrorFrame("audio-too-fast", _t["The microphone sends too much"], _t["It was switched off. You can go on by typing."], Fatal: false)));
                Agree(connection, new AudioWish(_terms.Out, In: null, Recording.SampleRate, _terms.EchoCancellation), isAsked: true);
                return null;
            }
        }
        // Sound that finds no room is lost; what was said is then only understood less well.
        if (!heard.IsEmpty)
            _conversation.TryPost(new MicrophoneHeard(heard));
        return null;
    }

    /// <summary>Takes what a client wants as far as it can be had, and tells it. Under the lock.</summary>
    private void Agree(LiveConnection connection, AudioWish wish, bool isAsked)
    {
        _terms = AudioTerms.Agree(wish, _senses, _taken.MayRecognise);
        _microphone = _terms.GivesSound ? new MicrophoneLine(_tools.Time) : null;
        if (_terms.Refused is { } why)
            connection.Send(Numbered(new ErrorFrame("audio-format", _t["Not all of the sound is possible"], why, Fatal: false)));
        if (isAsked)
            connection.Send(Numbered(new AudioFrame(
                _terms.Out is { } format ? new SoundTerms(format, _terms.OutRate) : null,
                _terms.In is { } heard ? new SoundTerms(heard, _terms.GivesSound ? Recording.SampleRate : 0) : null)));
        _conversation.TryPost(new DeviceChanged(_terms.Device));
    }

    private AudioOffer Offer => new(
        _senses.Voice is { } voice ? new SoundOffer(Formats, voice.SampleRate) : null,
        _senses.Ears is null ? null : new SoundOffer(Formats, Recording.SampleRate),
        _taken.MayRecognise);

    private void Play(SoundReady sound)
    {
        if (!_isLost && _terms.TakesSound)
            _connection?.Send(SoundFrames.Write(sound, _terms.Out == AudioTerms.MuLaw));
    }

    /// <summary>The last phrases that were spoken, for a client that comes in the middle and cannot know what its sound says. Under the lock.</summary>
    private void TellSpoken(LiveConnection connection)
    {
        if (_terms.TakesSound && _state == ConversationState.Speaking)
            foreach (var phrase in _spoken)
                connection.Send(Numbered(phrase));
    }

    private PhraseFrame Keep(PhraseFrame phrase)
    {
        if (_spoken.TryPeek(out var other) && other.Utterance != phrase.Utterance)
            _spoken.Clear();
        if (_spoken.Count == PhrasesKept)
            _spoken.Dequeue();
        _spoken.Enqueue(phrase);
        return phrase;
    }

    private long? UtteranceOf(PhraseReady phrase) => _terms.Out is null ? null : phrase.Generation;

    private ServerFrame? SpeechFrameOf(ConversationOutput output) => output switch
    {
        PhraseSpoken spoken when _terms.TakesSound => new SpeechFrame(
            spoken.Turn, spoken.Generation, spoken.Index, spoken.FromMilliseconds, spoken.Milliseconds,
            [.. spoken.Words.Select(word => (int[])[word.Milliseconds, word.Start, word.Length])], [.. spoken.Visemes.Select(mark => (int[])[mark.Milliseconds, mark.Viseme])]),
        SpeechCleared cleared when _terms.Out is not null => new ClearFrame(cleared.Generation),
        SpeechDucked ducked when _terms.TakesSound => new DuckFrame(ducked.Generation, ducked.IsDucked),
        HearingChanged hearing when _terms.In is not null => new HearingFrame(hearing.State switch { HearingState.Speech => "speech", HearingState.Words => "words", _ => "nothing" }),
        NotUnderstood { Cause: null } => new NoticeFrame("not-understood", _t["I did not understand that. Say it again, or type it."]),
        NotUnderstood => new NoticeFrame("hearing-away", _t["Speech cannot be written down just now. You can go on by typing."]),
        VoiceFailed => new NoticeFrame("voice-away", _t["The voice is away just now. The answer goes on in writing."]),
        _ => null,
    };

    [LoggerMessage(EventId = 5105, Level = LogLevel.Warning, Message = "Session {Session}: speech failed.")]
    private static partial void LogSpeech(ILogger logger, Guid session, Exception exception);
}
