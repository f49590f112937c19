using System.Globalization;
using System.Text;
using Lectern.Courses.Contracts;
using Lectern.Courses.Reading;

namespace Lectern.Tutoring.Grounding;

/// <summary>
/// Watches a model's answer go by and turns its marks into citations: the passages it used are numbered anew in the order of their use, marks of passages
/// that do not exist are left out. A mark that arrives in pieces is held back until it is whole. Characters that are no text (zero, and those that turn
/// the direction of what follows and could make a mark look like another) are dropped.
/// </summary>
/// <param name="begun">Citations of what was said before; labels count on from them.</param>
internal sealed class CitationMarks(IReadOnlyList<Passage> passages, string language, IReadOnlyList<Citation>? begun = null)
{
    private const int LongestMark = 24;

    private readonly StringBuilder _held = new();
    private readonly StringBuilder _statement = new();
    private string _before = "";
    private readonly List<Citation> _citations = [.. begun ?? []];

    public IReadOnlyList<Citation> Citations => _citations;

    /// <summary>Takes the next piece of the model's text and gives what may be shown of it.</summary>
    public string Pass(string piece)
    {
        var shown = new StringBuilder();
        foreach (var c in piece.Where(IsText))
        {
            if (_held.Length == 0 && c != '[')
                Show(shown, c);
            else
                Hold(shown, c);
        }
        return shown.ToString();
    }

    /// <summary>What was still held back.</summary>
    public string Flush()
    {
        var rest = _held.ToString();
        _held.Clear();
        return rest;
    }

    private static bool IsText(char c) => c is '\n' or '\t' || !(char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));

    private void Hold(StringBuilder shown, char c)
    {
        // "[[3]]" holds a mark, too.
        if (c == '[')
            ShowAll(shown, Flush());
        _held.Append(c);
        if (c == ']')
        {
            var mark = Flush();
            ShowAll(shown, Labels(mark) is { } labels ? string.Concat(labels.Select(label => $"[{label}]")) : mark);
        }
        else if (_held.Length >= LongestMark || (_held.Length > 1 && !char.IsAsciiDigit(c) && c is not (',' or ' ' or ';' or '-')))
        {
            ShowAll(shown, Flush());
        }
    }

    private void ShowAll(StringBuilder shown, string text)
    {
        foreach (var c in text)
            Show(shown, c);
    }

    private void Show(StringBuilder shown, char c)
    {
        shown.Append(c);
        if (c is '.' or '!' or '?' or '\n' && _statement.Length > 60)
        {
            _before = _statement.ToString();
            _statement.Clear();
        }
        _statement.Append(c);
    }

    // Null for brackets that hold no numbers: they belong to the text.
    private IReadOnlyList<int>? Labels(string mark)
    {
        var parts = mark[1..^1].Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || !parts.All(part => part.All(char.IsAsciiDigit)))
            return null;
        return [.. parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number >= 1 && number <= passages.Count).Select(number => LabelOf(passages[number - 1])).Distinct()];
    }

    private int LabelOf(Passage passage)
    {
        if (_citations.FirstOrDefault(citation => citation.Passage.ParagraphId == passage.ParagraphId && citation.Passage.LessonId == passage.LessonId) is { } known)
            return known.Label;
        _citations.Add(new Citation(_citations.Count + 1, passage, QuoteFor(passage)));
        return _citations.Count;
    }

    /// <summary>The sentence of the passage that shares most with the statement the mark stands behind, also where it stands behind the full stop.</summary>
    private string QuoteFor(Passage passage)
    {
        var statement = Words(_statement.ToString());
        if (statement.Count == 0)
            statement = Words(_before);
        var sentences = Sentences.Split(passage.Text, language);
        return sentences.Count == 0 ? passage.Text : sentences.MaxBy(sentence => Words(sentence).Count(statement.Contains)) ?? passage.Text;
    }

    private static HashSet<string> Words(string text) =>
        [.. new string([.. text.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length > 3)];
}
