namespace Lectern.Voice.Phrases;

/// <summary>
/// Cuts a text that arrives in pieces into phrases fit to be spoken one by one: a short first one, so that speech can begin early,
/// then sentence by sentence. The phrases joined are exactly the text, and do not depend on how the text was cut into pieces.
/// For English, German, French and similar languages, and for Chinese and Japanese; the text may hold Markdown and TeX formulas.
/// </summary>
/// <remarks>
/// It reads character by character and decides at the first visible character after a possible end whether the phrase ends before
/// it, so white space stays with the phrase it follows. Not safe for use by several threads.
/// </remarks>
public sealed class PhraseSplitter(PhraseOptions? options = null)
{
    private readonly PhraseOptions _options = options ?? new PhraseOptions();
    private char[] _text = new char[256];
    private int _length;
    private bool _isFirst = true;

    // What is known of the phrase being read. All positions count from its start.
    private OpenMarks _marks = new();
    private bool _hasContent;
    private int _words;
    private int _askedAt;
    private int _clauseCut;
    private int _wordCut;
    private int _anyCut;

    /// <summary>Takes the next piece of text and returns the phrases it completed, often none.</summary>
    public IReadOnlyList<string> Add(ReadOnlySpan<char> piece)
    {
        var phrases = new List<string>();
        foreach (var c in piece)
            Read(c, phrases);
        return phrases;
    }

    /// <summary>Ends the text and returns what was left as the last phrase, if anything was. The splitter then begins anew.</summary>
    public string? Complete()
    {
        var rest = _length == 0 ? null : new string(_text, 0, _length);
        Forget();
        _isFirst = true;
        return rest;
    }

    /// <summary>All phrases of a whole text.</summary>
    public static IReadOnlyList<string> Split(string text, PhraseOptions? options = null)
    {
        var splitter = new PhraseSplitter(options);
        var phrases = splitter.Add(text);
        return splitter.Complete() is { } rest ? [.. phrases, rest] : phrases;
    }

    private ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    private void Read(char c, List<string> phrases)
    {
        if (_length == _text.Length)
            Array.Resize(ref _text, _length * 2);
        _text[_length++] = c;
        _marks.Settle(Text);
        var cut = FindEnd(c);
        if (cut == 0)
            cut = FindForcedEnd();
        if (cut > 0)
        {
            CutAt(cut, phrases);
            return;
        }
        _marks.Take(Text);
        _hasContent |= char.IsLetterOrDigit(c) || char.IsSurrogate(c);
    }

    private void CutAt(int cut, List<string> phrases)
    {
        phrases.Add(new string(_text, 0, cut));
        var rest = Text[cut..].ToArray();
        Forget();
        _isFirst = false;
        foreach (var c in rest)
            Read(c, phrases);
    }

    private void Forget()
    {
        _marks = new OpenMarks();
        _hasContent = false;
        _length = _words = _askedAt = _clauseCut = _wordCut = _anyCut = 0;
    }

    /// <summary>Where the phrase ends now that <paramref name="next"/>, the last character of the text, is known; 0 for not yet.</summary>
    private int FindEnd(char next)
    {
        if (_askedAt > 0)
        {
            var at = _askedAt;
            _askedAt = 0;
            if (next != '.')
                return at;
        }
        if (char.IsWhiteSpace(next) || !_hasContent)
            return 0;
        var here = _length - 1;
        var body = Text[..here].TrimEnd();
        var space = Text[body.Length..here];
        if (space.IsEmpty && !MayEndWithoutSpace(body, next))
            return 0;
        var end = Judge(body, space, next);
        if (end == Verdict.AskNext)
            _askedAt = here;
        if (end == Verdict.No)
            RememberCuts(body, space, next, here);
        return end == Verdict.Yes ? here : 0;
    }

    private static bool MayEndWithoutSpace(ReadOnlySpan<char> body, char next) =>
        Characters.IsWideSentenceEnd(body[^1]) || Characters.IsWideClauseMark(body[^1]) || Characters.MayClose(body[^1]) || Characters.IsIdeographic(next);

    private Verdict Judge(ReadOnlySpan<char> body, ReadOnlySpan<char> space, char next)
    {
        if (_marks.InFormula || _marks.InMarkup)
            return Verdict.No;
        if (space.Contains('\n'))
            return Verdict.Yes;
        if (_marks.Brackets > 0 || Characters.MustNotBegin(next) || ClosesGuillemets(body, next))
            return Verdict.No;
        var inner = WithoutClosers(body);
        if (inner.IsEmpty || _isFirst && body.TrimStart().Length < _options.FirstCharacters)
            return Verdict.No;
        if (Characters.IsWideSentenceEnd(inner[^1]))
            return Verdict.Yes;
        if (Characters.IsSentenceEnd(inner[^1]) && !space.IsEmpty && SentenceEnd.Judge(inner, next) is not Verdict.No and var verdict)
            return verdict;
        return _isFirst && (EndsClause(inner, space, next) || IsLongEnoughFirst(body, space, next)) ? Verdict.Yes : Verdict.No;
    }

    private bool IsLongEnoughFirst(ReadOnlySpan<char> body, ReadOnlySpan<char> space, char next) =>
        _words + 1 >= _options.FirstWords && IsBetweenWords(body, space, next);

    private static bool EndsClause(ReadOnlySpan<char> inner, ReadOnlySpan<char> space, char next)
    {
        if (Characters.IsWideClauseMark(inner[^1]))
            return true;
        if (space.IsEmpty)
            return false;
        if (Characters.IsClauseMark(inner[^1]))
            return !(inner.Length > 1 && char.IsDigit(inner[^2]) && char.IsDigit(next));
        return inner is [.., var before, '–' or '—'] && char.IsWhiteSpace(before);
    }

    /// <summary>A place where a long phrase may be cut: not within "5 000", "approx. 5", "Pourquoi ?", "« oui".</summary>
    private static bool IsBetweenWords(ReadOnlySpan<char> body, ReadOnlySpan<char> space, char next)
    {
        if (Characters.MustNotBegin(next) || ClosesGuillemets(body, next))
            return false;
        if (space.IsEmpty)
            return Characters.IsIdeographic(body[^1]) && Characters.IsIdeographic(next);
        if (body[^1] == '.' && SentenceEnd.Judge(body, char.IsLower(next) ? 'A' : next) != Verdict.Yes)
            return false;
        return Characters.IsBreakingSpace(space[0]) && body[^1] is not ('«' or '(' or '[' or '„')
            && !(char.IsDigit(body[^1]) && char.IsDigit(next));
    }

    private void RememberCuts(ReadOnlySpan<char> body, ReadOnlySpan<char> space, char next, int here)
    {
        if (!space.IsEmpty)
            _words++;
        if (_marks.InFormula || !IsBetweenWords(body, space, next) && !EndsClause(body, space, next))
            return;
        _anyCut = here;
        if (_marks.InMarkup)
            return;
        _wordCut = here;
        if (EndsClause(body, space, next))
            _clauseCut = here;
    }

    /// <summary>Where to cut a phrase that has grown too long; 0 if it has not, or holds no place to cut yet.</summary>
    private int FindForcedEnd()
    {
        var max = _options.MaxCharacters;
        if (_length <= max)
            return 0;
        if (_clauseCut > max / 2)
            return _clauseCut;
        if (_wordCut > 0)
            return _wordCut;
        if (_length > max * 2 && _anyCut > 0)
            return _anyCut;
        return _length > max * 4 && !Characters.Continues(_text[_length - 2], _text[_length - 1]) ? _length - 1 : 0;
    }

    private static bool ClosesGuillemets(ReadOnlySpan<char> body, char next) => next == '»' && body.Count('«') > body.Count('»');

    /// <summary>Takes quotes, brackets and emphasis marks off the end, and the space of French before ».</summary>
    private static ReadOnlySpan<char> WithoutClosers(ReadOnlySpan<char> body)
    {
        while (body is [.., var last] && Characters.MayClose(last))
            body = last == '»' ? body[..^1].TrimEnd() : body[..^1];
        return body;
    }
}
