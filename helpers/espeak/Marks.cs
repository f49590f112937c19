// SPDX-License-Identifier: GPL-3.0-or-later
namespace Lectern.Espeak;

/// <summary>When what is heard, gathered from the library's events.</summary>
/// <param name="text">Whose words are told: the library counts characters (code points) from 1, the answer UTF-16 code units from 0.</param>
internal sealed class Marks(string text)
{
    // The end of a diphthong is heard after this part of it.
    private const double FirstOfDiphthong = 0.6;

    private readonly List<(int Milliseconds, int Start, int Length)> _words = [];
    private readonly List<(string Ipa, int Milliseconds)> _phonemes = [];
    private readonly List<int> _starts = Starts(text);

    public void AddWord(int milliseconds, int position, int length)
    {
        var first = Math.Clamp(position - 1, 0, _starts.Count - 1);
        var last = Math.Clamp(first + length, first, _starts.Count - 1);
        var (start, end) = (_starts[first], _starts[last]);
        var before = _words.Count > 0 ? _words[^1] : default;
        // A word that is spoken in pieces, as long numbers are, is told once.
        if (start < before.Start + before.Length || string.IsNullOrWhiteSpace(text[start..end]))
            return;
        _words.Add((Math.Max(milliseconds, before.Milliseconds), start, end - start));
    }

    public void AddPhoneme(int milliseconds, string ipa) => _phonemes.Add((ipa, milliseconds));

    public IEnumerable<(int Milliseconds, int Start, int Length)> Words(int total) =>
        _words.Select(word => word with { Milliseconds = Math.Min(word.Milliseconds, total) });

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
