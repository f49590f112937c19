using Lectern.Courses.Contracts;
using Lectern.Platform.Localization;
using Lectern.Voice;
using Microsoft.Extensions.AI;

namespace Lectern.Tutoring.Grounding;

/// <summary>
/// A model's answer on its way to the student. A citation goes out before the text that bears its mark, so that an answer that is stopped or breaks
/// off has the citations of what was said.
/// </summary>
/// <param name="begun">What of the answer was given before, elsewhere; null for nothing.</param>
internal sealed class ModelAnswer(IReadOnlyList<Passage> passages, string language, Begun? begun = null)
{
    private readonly CitationMarks _marks = new(passages, language, begun?.Citations ?? []);
    private int _attached = begun?.Citations.Count ?? 0;
    private bool _isJoined = begun is not { NeedsSpace: true };
    private ChatFinishReason? _finish;

    public IEnumerable<ResponsePart> Take(ChatResponseUpdate update)
    {
        _finish = update.FinishReason ?? _finish;
        return Parts(_marks.Pass(update.Text));
    }

    /// <summary>What was held back, and a word about an answer that the endpoint cut short.</summary>
    public IEnumerable<ResponsePart> End(Texts t)
    {
        var rest = _marks.Flush();
        if (_finish == ChatFinishReason.Length)
            rest += $"\n\n{t["I have to stop here, this is getting too long. Ask me to go on."]}";
        else if (_finish == ChatFinishReason.ContentFilter)
            rest += $"\n\n{t["I was not allowed to finish this answer. Ask me in other words."]}";
        return Parts(rest);
    }

    private IEnumerable<ResponsePart> Parts(string shown)
    {
        if (_attached == (begun?.Citations.Count ?? 0) && _marks.Citations.Count > 0)
            yield return new Attachment(Footing.Model);
        for (; _attached < _marks.Citations.Count; _attached++)
            yield return new Attachment(_marks.Citations[_attached]);
        if (shown.Length == 0)
            yield break;
        var isWord = !_isJoined && char.IsLetterOrDigit(shown[0]);
        _isJoined = true;
        yield return new TextDelta(isWord ? " " + shown : shown);
    }
}
