namespace Lectern.Voice.Phrases;

/// <summary>
/// What is open at the end of the text read so far: a formula, inline code, emphasis, brackets. A phrase does not end while one is,
/// so that each phrase can be shown and spoken by itself. Emphasis follows the flanking rules of CommonMark 0.31 §6.2,
/// <c>$…$</c> those of Pandoc's tex_math_dollars; an amount of money opens nothing.
/// </summary>
internal sealed class OpenMarks
{
    private const int LongestInlineFormula = 200;

    private Formula _formula;
    private int _formulaStart;
    private int _stars;
    private int _underscores;
    private int _tildes;
    private int _tokenStart;
    private bool _code;
    private bool _address;

    private enum Formula { None, Dollar, DoubleDollar, Parenthesis, Bracket }

    public bool InFormula => _formula != Formula.None;

    public bool InMarkup => _code || _stars > 0 || _underscores > 0 || _tildes > 0;

    public int Brackets { get; private set; }

    /// <summary>Settles what the characters before <c>text[^1]</c> mean now that it is known: a run of marks, or a <c>$</c> that was money.</summary>
    public void Settle(ReadOnlySpan<char> text)
    {
        var last = text.Length - 1;
        if (last > 0 && text[last - 1] is '$' or '*' or '_' or '~' or '`' && text[last - 1] != text[last])
            SettleRun(text);
        if (_formula == Formula.Dollar && (last - _formulaStart > LongestInlineFormula || IsMoney(text[(_formulaStart + 1)..])))
            _formula = Formula.None;
    }

    /// <summary>Takes <c>text[^1]</c> itself into account.</summary>
    public void Take(ReadOnlySpan<char> text)
    {
        var c = text[^1];
        if (text.Length > 1 && text[^2] == '\\' && !IsEscaped(text, text.Length - 2))
            TakeEscaped(c, text.Length - 2);
        else if (c == '\n')
            TakeNewLine(text);
        else if (!InFormula && !_code)
            TakeBracket(c);
        TakeToken(text);
    }

    private static bool IsEscaped(ReadOnlySpan<char> text, int at)
    {
        var slashes = 0;
        while (at - slashes > 0 && text[at - slashes - 1] == '\\')
            slashes++;
        return slashes % 2 == 1;
    }

    private void TakeEscaped(char c, int at) => (_formula, _formulaStart) = (c, _formula) switch
    {
        ('(', Formula.None) when !_code => (Formula.Parenthesis, at),
        ('[', Formula.None) when !_code => (Formula.Bracket, at),
        (')', Formula.Parenthesis) or (']', Formula.Bracket) => (Formula.None, 0),
        _ => (_formula, _formulaStart),
    };

    private void TakeNewLine(ReadOnlySpan<char> text)
    {
        _code = false;
        if (_formula is Formula.Dollar)
            _formula = Formula.None;
        if (!InFormula && text[..^1].TrimEnd(" \t\r") is [.., '\n'])
            _stars = _underscores = _tildes = Brackets = 0;
    }

    private void TakeBracket(char c)
    {
        if (c is '(' or '[' or '{' or '（' or '「' or '『')
            Brackets++;
        else if (c is ')' or ']' or '}' or '）' or '」' or '』')
            Brackets = Math.Max(0, Brackets - 1);
    }

    private void TakeToken(ReadOnlySpan<char> text)
    {
        var c = text[^1];
        if (char.IsWhiteSpace(c) || Characters.IsIdeographic(c) || Characters.IsWideSentenceEnd(c))
            (_tokenStart, _address) = (text.Length, false);
        else if (c == '/' && text.EndsWith("://") || c == '.' && text[_tokenStart..].Equals("www.", StringComparison.OrdinalIgnoreCase))
            _address = true;
    }

    private void SettleRun(ReadOnlySpan<char> text)
    {
        var mark = text[^2];
        var start = text.Length - 2;
        while (start > 0 && text[start - 1] == mark)
            start--;
        if (IsEscaped(text, start))
            start++;
        var length = text.Length - 1 - start;
        if (length == 0 || _address && mark is ('_' or '~' or '$'))
            return;
        var before = start == 0 ? ' ' : text[start - 1];
        if (mark == '$')
            SettleDollar(start, length, before, text[^1]);
        else if (!InFormula && mark == '`')
            _code = length < 3 && !_code;
        else if (!InFormula && !_code)
            SettleEmphasis(mark, length, before, text[^1]);
    }

    private void SettleDollar(int start, int length, char before, char after)
    {
        if (_code)
            return;
        if (_formula == Formula.None && length is 2 or 3)
            (_formula, _formulaStart) = (Formula.DoubleDollar, start);
        else if (_formula == Formula.None && length == 1 && !char.IsWhiteSpace(after) && !char.IsLetterOrDigit(before))
            (_formula, _formulaStart) = (Formula.Dollar, start);
        else if (_formula == Formula.DoubleDollar && length > 1)
            _formula = Formula.None;
        else if (_formula == Formula.Dollar && (length > 1 || !char.IsWhiteSpace(before) && !char.IsDigit(after)))
            _formula = Formula.None;
    }

    private void SettleEmphasis(char mark, int length, char before, char after)
    {
        var left = !char.IsWhiteSpace(after) && (!IsPunctuation(after) || char.IsWhiteSpace(before) || IsPunctuation(before));
        var right = !char.IsWhiteSpace(before) && (!IsPunctuation(before) || char.IsWhiteSpace(after) || IsPunctuation(after));
        var (opens, closes) = mark == '_'
            ? (left && (!right || IsPunctuation(before)), right && (!left || IsPunctuation(after)))
            : (left, right);
        ref var open = ref mark == '*' ? ref _stars : ref mark == '_' ? ref _underscores : ref _tildes;
        if (mark == '~' && length != 2)
            return;
        var closed = closes ? Math.Min(open, length) : 0;
        open -= closed;
        if (opens)
            open += length - closed;
    }

    private static bool IsPunctuation(char c) => char.IsPunctuation(c) || char.IsSymbol(c);

    /// <summary>"$5 and", "$1,200. Then": digits, then a space, then a word. In a formula a single letter or a command would follow.</summary>
    private static bool IsMoney(ReadOnlySpan<char> afterDollar)
    {
        var rest = afterDollar.TrimStart("0123456789.,");
        if (rest.Length == afterDollar.Length || !char.IsDigit(afterDollar[0]))
            return false;
        var mark = afterDollar[afterDollar.Length - rest.Length - 1] is '.' or ',';
        var word = rest.TrimStart(";:!?)");
        mark |= word.Length < rest.Length;
        if (word.IsEmpty || !char.IsWhiteSpace(word[0]))
            return false;
        word = word.TrimStart();
        return word.Length > (mark ? 0 : 1) && char.IsLetter(word[0]) && (mark || char.IsLetter(word[1]));
    }
}
