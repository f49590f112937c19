using System.Text.RegularExpressions;
using Lectern.Courses.Contracts;
using Lectern.Voice.Turns;

namespace Lectern.Tutoring.Grounding;

/// <summary>What was said of an answer before its conversation was lost or handed over.</summary>
internal sealed partial record Begun(string Text, IReadOnlyList<Citation> Citations)
{
    /// <summary>It ends in the middle of a sentence, behind a word.</summary>
    public bool NeedsSpace => Text.Length > 0 && !char.IsWhiteSpace(Text[^1]);

    public static Begun? Of(UnfinishedAnswer? unfinished) =>
        unfinished is { Phrases.Count: > 0 } ? new Begun(unfinished.Text, [.. unfinished.Attachments.OfType<Citation>().OrderBy(citation => citation.Label)]) : null;

    /// <summary>As the model wrote it: with the numbers of the passages as it is given them now.</summary>
    public string ForModel(IReadOnlyList<Passage> passages) => Mark().Replace(Text, mark =>
    {
        var cited = Citations.FirstOrDefault(citation => mark.Groups["label"].ValueSpan.SequenceEqual(citation.Label.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        for (var i = 0; cited is not null && i < passages.Count; i++)
        {
            if (passages[i].ParagraphId == cited.Passage.ParagraphId && passages[i].LessonId == cited.Passage.LessonId)
                return $"[{i + 1}]";
        }
        return "";
    });

    [GeneratedRegex(@"\[(?<label>\d{1,2})\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark();
}
