using Lectern.Voice.Loop;

namespace Lectern.Voice.Speech;

/// <summary>What a delivery puts out, and what it speaks with.</summary>
/// <param name="Generation">Of the utterance.</param>
/// <param name="Put">Puts out at once, past whatever waits to be stored: sound belongs to a phrase that was stored before.</param>
/// <param name="Start">Starts the voice on a phrase.</param>
/// <param name="Formula">Says a formula in words; null to read it as it stands.</param>
internal sealed record SoundPath(long Generation, int Turn, int SampleRate, Action<ConversationOutput> Put, Func<string, double, StreamRun<SpeechPart>> Start, Func<string, string>? Formula);

/// <summary>
/// Speaks phrases one after the other: the next is made while one is being sent, none is given before its sound is there, and never more
/// than the lead is ahead of the player. What was sent and may not have been heard is kept, to go on from after an interruption.
/// </summary>
internal sealed class SoundDelivery : Delivery
{
    // More than can be within the lead, so that a listener who comes back is told what they hear.
    private const int PhrasesTold = 4;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    private readonly SoundPath _path;
    private readonly SpeechOptions _options;
    private readonly Ledger _ledger;
    private readonly Playback _playback = new();
    private readonly SoundStore _sounds;
    private readonly Queue<(int Index, int Place, string Phrase, int Skipped, double Pace)> _again = new();
    private PhraseSpeech? _next;
    private PhraseSpeech? _now;
    private int _place;
    private int _failures;
    private bool _isStalled;
    private TimeSpan? _silencedAt;
    private bool _isFinal;
    private readonly List<PhraseSpoken> _told = [];

    public SoundDelivery(int before, SpeechOptions options, SoundPath path)
        : base(before)
    {
        (_path, _options, _place) = (path, options, before);
        _ledger = new Ledger { Before = before };
        _sounds = new SoundStore(path.SampleRate, options.Chunk);
    }

    public override bool IsAloud => _playback.HasBegun || _now is not null;

    public override bool IsSilenced => _silencedAt is not null;

    public override bool HasFailed => _isStalled;

    /// <summary>Levels of what has been sent, for whoever must tell our own sound from the listener's.</summary>
    public SoundLevels Levels => _sounds.Levels;

    public double PositionAt(TimeSpan now) => _playback.At(now);

    public override TimeSpan NextDue(TimeSpan now)
    {
        if (_silencedAt is { } at)
            return at + _options.ReportPatience;
        var due = Moments.Earliest(_playback.StalledAt(_options.StallPatience), _now?.GivenUpAt ?? TimeSpan.MaxValue, _next?.GivenUpAt ?? TimeSpan.MaxValue);
        if (!IsInLead(now))
            due = Moments.Earliest(due, _playback.WhenAhead(_options.Lead.TotalMilliseconds) + Step);
        if (_playback.HasBegun && _playback.EndsAt > now)
            due = Moments.Earliest(due, _playback.EndsAt);
        // What is past was looked at just now, and changed nothing.
        return due > now ? due : now + _options.Chunk;
    }

    public override bool MayGive(string phrase, double pace, TimeSpan now)
    {
        if (IsSilenced || _again.Count > 0)
            return false;
        _next ??= Begin(phrase, pace, now);
        return _now is null && !_sounds.HasMore && IsInLead(now) && (_next.IsReady || now >= _next.GivenUpAt);
    }

    public override void Given(int index, string phrase, double pace, TimeSpan now)
    {
        _next ??= Begin(phrase, pace, now);
        Sound(index, _place, phrase, skipped: 0, pace);
    }

    /// <summary>Speaks, before anything new, the rest of a phrase that was given before and not heard whole.</summary>
    /// <param name="place">Of the phrase in the utterance's text.</param>
    /// <param name="heard">How many characters of it were heard.</param>
    public void Again(int index, int place, string phrase, int heard, double pace) => _again.Enqueue((index, place, phrase, heard, pace));

    public override bool Advance(TimeSpan now)
    {
        if (IsSilenced)
            return false;
        if (now >= _playback.StalledAt(_options.StallPatience))
        {
            _isStalled = true;
            return true;
        }
        if (_sounds.HasMore)
            return IsInLead(now) && SendSound(now);
        return _now is not null ? Take(_now, now) : _again.TryPeek(out var again) && SoundAgain(again, now);
    }

    public override bool IsHeard(TimeSpan now) => !IsSilenced && _now is null && _again.Count == 0 && !_sounds.HasMore && (!_playback.HasBegun || _playback.IsAtEnd(now));

    public override int? Heard(TimeSpan now) => Math.Min(_place, _ledger.HeardAt((int)_playback.At(now)));

    public override void Report(Played report, TimeSpan now)
    {
        // The answer to a stop that was not waited for any longer: of what was played before, not of what plays now.
        if (report.IsFinal && !IsSilenced)
            return;
        if (report.Milliseconds is { } ms)
            _playback.Report(ms, now);
        _isFinal |= report.IsFinal && IsSilenced;
        _sounds.Forget(_ledger.ResumeAt((int)_playback.SurelyAt(now)));
    }

    public override void Silence(TimeSpan now)
    {
        if (IsSilenced)
            return;
        _silencedAt = now;
        _playback.Freeze(now);
    }

    public override bool IsSettled(TimeSpan now) => _isFinal || !_playback.HasBegun || now >= _silencedAt + _options.ReportPatience;

    public override void Resume(bool tellMarks, TimeSpan now)
    {
        if (!IsSilenced && !tellMarks)
            return;
        _playback.Freeze(now);
        var position = _sounds.Rewind(_ledger.ResumeAt((int)_playback.At(now)));
        _playback.Restart(position, now);
        (_silencedAt, _isFinal) = (null, false);
        foreach (var told in tellMarks ? _told : [])
            _path.Put(told);
    }

    public override void Close()
    {
        _now?.Close();
        _next?.Close();
    }

    private bool IsInLead(TimeSpan now) => _playback.SentMs - _playback.At(now) < _options.Lead.TotalMilliseconds;

    private PhraseSpeech Begin(string phrase, double pace, TimeSpan now)
    {
        var spoken = SpokenText.Of(phrase, _path.Formula);
        var isSilent = spoken.IsSilent || _failures >= _options.FailuresPerAnswer;
        return new PhraseSpeech { Spoken = spoken, Run = isSilent ? StreamRun<SpeechPart>.Nothing() : _path.Start(spoken.Text, pace), GivenUpAt = now + _options.VoicePatience };
    }

    private bool SoundAgain((int Index, int Place, string Phrase, int Skipped, double Pace) again, TimeSpan now)
    {
        _next ??= Begin(again.Phrase[again.Skipped..], again.Pace, now);
        if (!IsInLead(now) || !(_next.IsReady || now >= _next.GivenUpAt))
            return false;
        _again.Dequeue();
        Sound(again.Index, again.Place, again.Phrase, again.Skipped, again.Pace);
        return true;
    }

    /// <summary>The phrase prepared becomes the one that sounds.</summary>
    private void Sound(int index, int place, string phrase, int skipped, double pace)
    {
        (_now, _next) = (_next!, null); // prepared by the caller
        _now.Index = index;
        _ledger.Begin(index, place, phrase, _now.Spoken, _sounds.EndMs, pace, skipped);
        _place = place + phrase.Length;
    }

    private bool SendSound(TimeSpan now)
    {
        var (position, pcm) = _sounds.Next();
        _playback.Send(_sounds.SentMs, now);
        _sounds.Forget(_ledger.ResumeAt((int)_playback.SurelyAt(now)));
        _path.Put(new SoundReady(_path.Generation, position, pcm));
        return true;
    }

    private bool Take(PhraseSpeech phrase, TimeSpan now)
    {
        var isDone = phrase.Run.IsDone;
        if (phrase.Run.TryTake(out var part))
        {
            phrase.GivenUpAt = now + _options.VoicePatience;
            if (part is SpeechMarks marks)
                Tell(phrase, marks.Milliseconds, marks.Words, marks.Visemes);
            else if (part is SpeechSamples samples)
                Add(phrase, samples.Pcm);
        }
        else if (isDone)
            Finish(phrase);
        else if (now >= phrase.GivenUpAt)
            Fail(phrase, new TimeoutException($"The voice gave nothing for {_options.VoicePatience}."));
        else
            return false;
        return true;
    }

    private void Add(PhraseSpeech phrase, ReadOnlyMemory<byte> pcm)
    {
        // A voice that knows no times: the mouth begins by estimate, and is set right when the length is known.
        if (!phrase.IsTold && phrase.Samples == 0)
            Put(phrase, milliseconds: null, [], []);
        phrase.Samples += pcm.Length / 2;
        _sounds.Add(pcm);
    }

    private void Finish(PhraseSpeech phrase)
    {
        if (phrase.Run.Error is { } error)
        {
            Fail(phrase, error);
            return;
        }
        if (phrase.Samples > 0 && !phrase.IsTold)
            Tell(phrase, phrase.Milliseconds(_path.SampleRate), words: null, []);
        _ledger.End(phrase.Index, phrase.Milliseconds(_path.SampleRate));
        phrase.Close();
        _now = null;
    }

    /// <summary>The phrase stands to be read; what of it sounded, sounded.</summary>
    private void Fail(PhraseSpeech phrase, Exception error)
    {
        _failures++;
        _ledger.End(phrase.Index, phrase.Milliseconds(_path.SampleRate));
        _path.Put(new VoiceFailed(_path.Generation, error));
        phrase.Close();
        _now = null;
    }

    private void Tell(PhraseSpeech phrase, int milliseconds, IReadOnlyList<WordMark>? words, IReadOnlyList<VisemeMark> visemes)
    {
        phrase.IsTold = true;
        _ledger.Time(phrase.Index, milliseconds, words);
        var from = _ledger.FromOf(phrase.Index);
        Put(phrase, milliseconds, _ledger.WordsOf(phrase.Index), [.. visemes.Select(mark => mark with { Milliseconds = from + mark.Milliseconds })]);
    }

    private void Put(PhraseSpeech phrase, int? milliseconds, IReadOnlyList<WordMark> words, IReadOnlyList<VisemeMark> visemes) =>
        Put(Spoken(phrase.Index, milliseconds, words, visemes));

    private PhraseSpoken Spoken(int index, int? milliseconds, IReadOnlyList<WordMark> words, IReadOnlyList<VisemeMark> visemes)
    {
        var (text, place) = _ledger.PhraseOf(index);
        return new PhraseSpoken(_path.Generation, _path.Turn, index, text, place, _ledger.FromOf(index), milliseconds, words, visemes);
    }

    private void Put(PhraseSpoken told)
    {
        _told.RemoveAll(earlier => earlier.Index == told.Index);
        _told.Add(told);
        if (_told.Count > PhrasesTold)
            _told.RemoveAt(0);
        _path.Put(told);
    }
}

/// <summary>One phrase on its way from the voice.</summary>
internal sealed class PhraseSpeech
{
    public required StreamRun<SpeechPart> Run { get; init; }

    public required SpokenText Spoken { get; init; }

    public int Index { get; set; }

    /// <summary>The length and the words were told.</summary>
    public bool IsTold { get; set; }

    public int Samples { get; set; }

    /// <summary>When the voice will have been silent for too long.</summary>
    public TimeSpan GivenUpAt { get; set; }

    /// <summary>There is something to hear, or never will be.</summary>
    public bool IsReady => Run.HasParts || Run.IsDone;

    public int Milliseconds(int sampleRate) => (int)(Samples * 1000L / sampleRate);

    public void Close()
    {
        Run.Cancel();
        if (Run.IsDone)
            Run.Dispose();
    }
}
