namespace Lectern.Voice.Speech;

/// <summary>
/// A device that speaks the phrases with a voice of its own. It is given a few ahead and reports which it has spoken; so what was heard is
/// known by the phrase, and by the word where its voice tells.
/// </summary>
internal sealed class OwnVoiceDelivery(int before, SpeechOptions options) : Delivery(before)
{
    private readonly List<string> _given = [];
    private int _first = -1;
    private int _spoken;
    private int _characters;
    private TimeSpan _movedAt;
    private TimeSpan? _silencedAt;
    private bool _isFinal;

    public override bool IsAloud => _given.Count > 0;

    public override bool IsSilenced => _silencedAt is not null;

    public override TimeSpan NextDue(TimeSpan now) => _silencedAt is { } at ? at + options.ReportPatience
        : _spoken < _given.Count ? _movedAt + Patience : TimeSpan.MaxValue;

    public override bool MayGive(string phrase, double pace, TimeSpan now) => !IsSilenced && _given.Count - _spoken < options.PhrasesAhead;

    public override void Given(int index, string phrase, double pace, TimeSpan now)
    {
        if (_first < 0)
            _first = index;
        if (_spoken == _given.Count)
            _movedAt = now;
        _given.Add(phrase);
    }

    // A device that says nothing for far longer than the phrase can take is taken to have spoken it.
    public override bool Advance(TimeSpan now)
    {
        if (IsSilenced || _spoken >= _given.Count || now < _movedAt + Patience)
            return false;
        Move(_spoken + 1, 0, now);
        return true;
    }

    public override bool IsHeard(TimeSpan now) => !IsSilenced && _spoken >= _given.Count;

    public override int? Heard(TimeSpan now)
    {
        var whole = _given.Take(_spoken).Sum(phrase => phrase.Length);
        return Before + whole + (_spoken < _given.Count ? WholeWords(_given[_spoken], _characters) : 0);
    }

    public override void Report(Played report, TimeSpan now)
    {
        if (report.Phrase is { } phrase && _first >= 0)
        {
            var spoken = Math.Clamp(phrase - _first, 0, _given.Count);
            if (spoken > _spoken || (spoken == _spoken && report.Character > _characters))
                Move(spoken, Math.Max(0, report.Character), now);
        }
        _isFinal |= report.IsFinal && IsSilenced;
    }

    public override void Silence(TimeSpan now) => _silencedAt ??= now;

    public override bool IsSettled(TimeSpan now) => _isFinal || now >= _silencedAt + options.ReportPatience;

    public override void Resume(bool tellMarks, TimeSpan now)
    {
        // What the device held it has dropped: those phrases are lost to the ear, and stand to be read.
        (_silencedAt, _isFinal) = (null, false);
        Move(_given.Count, 0, now);
    }

    private TimeSpan Patience => options.StallPatience + TimeSpan.FromMilliseconds(100.0 * (_spoken < _given.Count ? _given[_spoken].Length : 0));

    private void Move(int spoken, int characters, TimeSpan now) => (_spoken, _characters, _movedAt) = (spoken, characters, now);

    private static int WholeWords(string phrase, int characters)
    {
        var to = Math.Min(characters, phrase.Length);
        while (to > 0 && to < phrase.Length && !char.IsWhiteSpace(phrase[to]) && !char.IsWhiteSpace(phrase[to - 1]))
            to--;
        return to;
    }
}
