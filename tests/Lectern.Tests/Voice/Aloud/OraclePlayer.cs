using System.Runtime.InteropServices;
using Lectern.Voice;

namespace Lectern.Tests.Voice.Aloud;

/// <summary>
/// A listener's player on virtual time: plays what it is sent, late by <see cref="Delay"/>, reports as the protocol asks, and knows from the
/// samples themselves which words came to the ear whole.
/// </summary>
public sealed class OraclePlayer(Talk talk)
{
    private readonly List<Sound> _sounds = [];
    private readonly HashSet<int> _heard = [];
    private (int Word, int Samples) _now;
    private readonly List<short> _loudspeaker = [];
    private readonly TimeSpan _began = TimeSpan.FromTicks(talk.Time.GetTimestamp());
    private readonly Dictionary<long, int> _before = [];
    private ITimer? _reports;

    /// <summary>From the arrival of the first sound to its coming out; also after it has run empty.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(60);

    /// <summary>Tells where it stands every half second.</summary>
    public bool Reports { get; set; } = true;

    /// <summary>Answers a clear.</summary>
    public bool ReportsFinally { get; set; } = true;

    /// <summary>Stands still, and says so.</summary>
    public bool IsStuck { get; set; }

    public long Generation { get; private set; }

    /// <summary>Sound that came after a clear or a newer utterance and should not have come.</summary>
    public int Stale { get; private set; }

    /// <summary>The most that ever waited to be played.</summary>
    public TimeSpan MostAhead { get; private set; }

    /// <summary>How many words of the utterance came to the ear whole.</summary>
    public int WordsHeard
    {
        get
        {
            Play();
            return _heard.Count;
        }
    }

    /// <summary>How many words of an utterance, this or an earlier one, came to the ear whole.</summary>
    public int HeardOf(long generation) => generation == Generation ? WordsHeard : _before.GetValueOrDefault(generation);

    public double Position { get; private set; }

    /// <summary>The numbers of the words whole or in part, in the order in which they sounded.</summary>
    public List<int> Sounded { get; } = [];

    public void Take(ConversationOutput output)
    {
        switch (output)
        {
            case SoundReady sound: Enqueue(sound); break;
            case SpeechCleared cleared: Clear(cleared.Generation); break;
            default: break;
        }
    }

    /// <summary>The line is lost: what it has not played is gone.</summary>
    public void Break()
    {
        Play();
        _sounds.Clear();
        _now = default;
    }

    public void Report(bool isFinal = false)
    {
        Play();
        talk.Conversation.TryPost(new Played(Generation, Position, IsFinal: isFinal));
    }

    private TimeSpan Now => TimeSpan.FromTicks(talk.Time.GetTimestamp());

    private void Enqueue(SoundReady sound)
    {
        if (sound.Generation < Generation)
        {
            Stale++;
            return;
        }
        if (sound.Generation > Generation)
            Begin(sound.Generation);
        Play();
        var samples = MemoryMarshal.Cast<byte, short>(sound.Pcm.Span).ToArray();
        var last = _sounds.Count > 0 ? _sounds[^1].End : TimeSpan.Zero;
        var start = last > Now ? last : Now + Delay;
        _sounds.Add(new Sound(start, sound.Position, samples));
        var ahead = _sounds[^1].End - Now - (start == Now + Delay ? Delay : TimeSpan.Zero);
        MostAhead = ahead > MostAhead ? ahead : MostAhead;
    }

    private void Begin(long generation)
    {
        _before[Generation] = WordsHeard;
        Generation = generation;
        _sounds.Clear();
        _heard.Clear();
        (_now, Position) = (default, 0);
        _reports?.Dispose();
        _reports = Reports ? talk.Time.CreateTimer(_ => ReportNow(), null, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5)) : null;
    }

    private void ReportNow()
    {
        if (_sounds.Count > 0 && Reports)
            Report();
    }

    private void Clear(long generation)
    {
        if (generation != Generation)
            return;
        Break();
        if (ReportsFinally)
            Report(isFinal: true);
    }

    private void Play()
    {
        if (IsStuck)
            return;
        foreach (var sound in _sounds)
        {
            var upTo = (int)Math.Clamp((Now - sound.Start).TotalMilliseconds * 8, 0, sound.Samples.Length);
            for (; sound.Played < upTo; sound.Played++)
            {
                Hear(Math.Abs((int)sound.Samples[sound.Played]) % ScriptedVoice.WordsAtMost);
                Emit((int)((sound.Start - _began).TotalMilliseconds * 8) + sound.Played, sound.Samples[sound.Played]);
            }
            if (sound.Played > 0)
                Position = Math.Max(Position, (sound.Position + sound.Played) / 8.0);
        }
        _sounds.RemoveAll(sound => sound.Played == sound.Samples.Length && sound.End < Now);
    }

    /// <summary>What came out of the loudspeaker so long ago, for 20 ms; of a lively voice only.</summary>
    public ReadOnlySpan<short> Loudspeaker(TimeSpan ago)
    {
        Play();
        const int Samples = 160;
        var from = (int)((Now - ago - _began).TotalMilliseconds * 8) - Samples;
        return from < 0 || from + Samples > _loudspeaker.Count ? new short[Samples] : CollectionsMarshal.AsSpan(_loudspeaker).Slice(from, Samples);
    }

    private void Emit(int at, short sample)
    {
        if (at < 0 || !talk.Voice.IsLively)
            return;
        while (_loudspeaker.Count <= at)
            _loudspeaker.Add(0);
        _loudspeaker[at] = sample;
    }

    // A word that was cut is heard when it comes again from its beginning.
    private void Hear(int word)
    {
        if (_now.Word != word)
        {
            _now = (word, 0);
            Sounded.Add(word);
        }
        _now.Samples++;
        if (_now.Samples == talk.Voice.Lengths.GetValueOrDefault(word))
            _heard.Add(word);
    }

    private sealed class Sound(TimeSpan start, long position, short[] samples)
    {
        public TimeSpan Start => start;

        public TimeSpan End => start + TimeSpan.FromMilliseconds(samples.Length / 8.0);

        public long Position => position;

        public short[] Samples => samples;

        public int Played { get; set; }
    }
}
