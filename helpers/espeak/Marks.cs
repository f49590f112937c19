// SPDX-License-Identifier: GPL-3.0-or-later
using System.Buffers;

namespace Lectern.Espeak;

/// <summary>When what is heard, gathered from the library's events.</summary>
/// <param name="text">Whose words are told: the library counts characters (code points) from 1, the answer UTF-16 code units from 0.</param>
internal sealed class Marks(string text)
{
    // The end of a diphthong is heard after this part of it.
    private const double FirstOfDiphthong = 0.6;

    private const string Joins = "'’-\u2010\u2011";

    private static readonly SearchValues<char> DashesAndSpace = SearchValues.Create(" -\u2010\u2011\u2012\u2013\u2014");

    private readonly List<(int Milliseconds, int Start, int Length)> _words = [];
    private readonly List<(string Ipa, int Milliseconds)> _phonemes = [];
    private readonly List<int> _starts = Starts(text);

    public void AddWord(int milliseconds, int position, int length)
    {
        var first = Math.Clamp(position - 1, 0, _starts.Count - 1);
        var last = Math.Clamp(first + length, first, _starts.Count - 1);
        var (start, end) = PastDash(_starts[first], _starts[last]);
        var before = _words.Count > 0 ? _words[^1] : default;
        // A word that is spoken in pieces, as long numbers are, is told once.
        if (start < before.Start + before.Length || string.IsNullOrWhiteSpace(text[start..end]))
            return;
        _words.Add((Math.Max(milliseconds, before.Milliseconds), start, end - start));
    }

    public void AddPhoneme(int milliseconds, string ipa) => _phonemes.Add((ipa, milliseconds));

    public IEnumerable<(int Milliseconds, int Start, int Length)> Words(int total)
    {
        for (var i = 0; i < _words.Count; i++)
        {
            var (milliseconds, start, length) = _words[i];
            var end = Whole(start + length, i + 1 < _words.Count ? _words[i + 1].Start : text.Length);
            yield return (Math.Min(milliseconds, total), start, end - start);
        }
    }

    public List<(int Milliseconds, int Viseme)> VisemesUntil(int total)
    {
        var marks = new List<(int Milliseconds, int Viseme)>();
        for (var i = 0; i < _phonemes.Count; i++)
        {
            var (ipa, from) = _phonemes[i];
            var lasts = Math.Max(0, (i + 1 < _phonemes.Count ? _phonemes[i + 1].Milliseconds : total) - from);
            var shapes = Visemes.Of(ipa);
            for (var shape = 0; shape < shapes.Count; shape++)
                Add(marks, Math.Min(total, from + (int)(shape * FirstOfDiphthong * lasts)), shapes[shape]);
        }
        return marks;
    }

    // Behind a dash between words the library tells the dash for the word.
    private (int Start, int End) PastDash(int start, int end)
    {
        if (text.AsSpan(start, end - start).ContainsAnyExcept(DashesAndSpace))
            return (start, end);
        var word = text.AsSpan(start).IndexOfAnyExcept(DashesAndSpace);
        return word < 0 ? (start, end) : (start + word, start + word + (char.IsSurrogatePair(text, start + word) ? 2 : 1));
    }

    // Of don't, well-known or l'été the library tells the first part only.
    private int Whole(int end, int next)
    {
        var whole = end;
        for (var at = end; at < next && (char.IsLetterOrDigit(text[at]) || Joins.Contains(text[at])); at++)
        {
            if (char.IsLetterOrDigit(text[at]))
                whole = at + 1;
        }
        return whole;
    }

    // A shape that would last no time gives way to the next.
    private static void Add(List<(int Milliseconds, int Viseme)> marks, int milliseconds, int viseme)
    {
        if (marks.Count > 0 && marks[^1].Milliseconds >= milliseconds)
            marks.RemoveAt(marks.Count - 1);
        if (marks.Count == 0 || marks[^1].Viseme != viseme)
            marks.Add((milliseconds, viseme));
    }

    // Where each code point begins, and the end.
    private static List<int> Starts(string text)
    {
        var starts = new List<int>(text.Length + 1);
        for (var at = 0; at < text.Length; at += char.IsSurrogatePair(text, at) ? 2 : 1)
            starts.Add(at);
        starts.Add(text.Length);
        return starts;
    }
}
