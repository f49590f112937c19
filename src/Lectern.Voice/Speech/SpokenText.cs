using System.Text;
using System.Text.RegularExpressions;

namespace Lectern.Voice.Speech;

/// <summary>
/// A phrase as it is spoken: without Markdown and marks of sources, formulas in words. It knows where each of its characters stands in
/// the phrase as written, so that a word that is heard can be shown there.
/// </summary>
public sealed partial class SpokenText
{
    private readonly List<(int From, int To)> _places;

    private SpokenText(string text, List<(int From, int To)> places) => (Text, _places) = (text, places);

    /// <summary>What is spoken; empty if there is nothing to speak.</summary>
    public string Text { get; }

    public bool IsSilent => !Text.Any(char.IsLetterOrDigit);

    /// <param name="formula">Says a formula, given as TeX without its dollar signs, in words; without it the TeX is read as it stands.</param>
    public static SpokenText Of(string phrase, Func<string, string>? formula = null)
    {
        var text = new StringBuilder();
        var places = new List<(int, int)>();
        var at = 0;
        foreach (Match match in Written().Matches(phrase))
        {
            Copy(at, match.Index);
            at = match.Index + match.Length;
            if (match.Groups["link"] is { Success: true } link)
                Copy(link.Index, link.Index + link.Length);
            else if (match.Groups["tex"] is { Success: true } tex)
                Put($" {formula?.Invoke(tex.Value) ?? tex.Value} ", match.Index, at);
        }
        Copy(at, phrase.Length);
        while (text.Length > 0 && text[^1] == ' ')
        {
            text.Length--;
            places.RemoveAt(text.Length);
        }
        return new SpokenText(text.ToString(), places);

        void Copy(int from, int to)
        {
            for (var i = from; i < to; i++)
                Add(phrase[i], i, i + 1);
        }
        void Put(string words, int from, int to)
        {
            foreach (var letter in words)
                Add(letter, from, to);
        }
        void Add(char letter, int from, int to)
        {
            if (char.IsWhiteSpace(letter))
            {
                if (text.Length == 0 || text[^1] == ' ')
                    return;
                letter = ' ';
            }
            text.Append(letter);
            places.Add((from, to));
        }
    }

    /// <summary>Where a piece of <see cref="Text"/> stands in the phrase; a word of a formula is the whole formula.</summary>
    public (int Start, int Length) InPhrase(int start, int length)
    {
        if (_places.Count == 0)
            return (0, 0);
        var first = _places[Math.Clamp(start, 0, _places.Count - 1)];
        var last = _places[Math.Clamp(start + length - 1, 0, _places.Count - 1)];
        return (first.From, Math.Max(0, last.To - first.From));
    }

    // Marks of sources, formulas, links, and the signs of Markdown that stand at words or at the beginning of a line.
    [GeneratedRegex("""
        \s*\[\d{1,3}\](?!\() | \$\$(?<tex>[^$]+)\$\$ | \$(?<tex>[^$\n]+)\$ | !?\[(?<link>[^\]\n]*)\]\([^)\s]*\) | (?m:^[ \t]*(?:\#{1,6}|[-*+>])[ \t]+) | \*\*|__|`+
        | (?<![\p{L}\p{N}])[*_](?=\S) | (?<=\S)[*_](?![\p{L}\p{N}])
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Written();
}
