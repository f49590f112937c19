using Lectern.Tutoring.Grounding;
using Lectern.Tutoring.Sessions;
using Lectern.Voice;
using Lectern.Voice.Turns;

namespace Lectern.Tutoring.Live;

/// <summary>What a session's turns look like now, for a client that comes in. Used under the session's lock.</summary>
internal sealed class TurnBoard(string courseSlug, IReadOnlyList<TurnView> turns)
{
    private readonly SortedDictionary<int, TurnView> _turns = new(turns.ToDictionary(turn => turn.Turn));

    public IReadOnlyList<TurnView> All => [.. _turns.Values];

    public int Questions => _turns.Values.Count(turn => turn.Question is not null);

    public AnswerView? AnswerOf(int turn) => _turns.GetValueOrDefault(turn)?.Answer;

    public void Ask(int turn, string id, string text) => _turns[turn] = new TurnView(turn, new QuestionView(id, text), Answer: null);

    public string IdOf(int turn) => _turns.GetValueOrDefault(turn)?.Question?.Id ?? $"t-{turn}";

    public string TextOf(int turn) => _turns.GetValueOrDefault(turn)?.Question?.Text ?? "";

    public void Add(PhraseReady phrase)
    {
        var before = AnswerOf(phrase.Turn) ?? new AnswerView("running", "", 0, [], Footing.None.Kind);
        Set(phrase.Turn, before with { Text = before.Text + phrase.Text, Phrases = before.Phrases + 1 });
    }

    /// <summary>Of the answer only this was heard.</summary>
    public void Cut(int turn, string heard)
    {
        if (AnswerOf(turn) is { } said && heard.Length < said.Text.Length)
            Set(turn, said with { Text = heard });
    }

    /// <summary>The answer as it stands from now on.</summary>
    public AnswerView End(int turn, AnswerOutcome outcome, IReadOnlyList<object> attachments)
    {
        var said = AnswerOf(turn) ?? new AnswerView("running", "", 0, [], Footing.None.Kind);
        // Of an answer that broke off, only what was cited in the part given out counts; the journal stores the same.
        var citations = attachments.OfType<Citation>().Where(citation => said.Text.Contains($"[{citation.Label}]", StringComparison.Ordinal)).Select(View).ToList();
        var footing = attachments.OfType<Footing>().LastOrDefault() ?? Footing.None;
        var ended = said with { Outcome = Word(outcome), Citations = citations, Grounded = citations.Count > 0 ? footing.Kind : Footing.None.Kind };
        Set(turn, ended);
        return ended;
    }

    private void Set(int turn, AnswerView answer) => _turns[turn] = (_turns.GetValueOrDefault(turn) ?? new TurnView(turn, Question: null, Answer: null)) with { Answer = answer };

    private CitationView View(Citation citation) => new(
        citation.Label, citation.Passage.ParagraphId, new CitedLesson(citation.Passage.LessonSlug, citation.Passage.LessonTitle), citation.Passage.SectionTitle, citation.Quote,
        Transcript.CitationUrl(courseSlug, citation.Passage.LessonSlug, citation.Passage.ParagraphId));

    /// <summary>The protocol's and the database's word.</summary>
    public static string Word(AnswerOutcome outcome) => outcome switch { AnswerOutcome.Completed => "completed", AnswerOutcome.Stopped => "stopped", _ => "failed" };
}
