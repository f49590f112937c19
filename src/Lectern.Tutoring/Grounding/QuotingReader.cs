using System.Text;
using System.Text.RegularExpressions;
using Lectern.Courses.Contracts;
using Lectern.Courses.Search;
using Lectern.Platform.Localization;
using Lectern.Voice.Turns;

namespace Lectern.Tutoring.Grounding;

/// <param name="Text">Holds <c>[1]</c> where a citation belongs.</param>
internal sealed record Reply(string Text, IReadOnlyList<Citation> Citations, Footing Footing);

/// <summary>
/// The teacher without a language model: it finds the sentences of the course that answer, and quotes them. It keeps nothing in memory: what it said
/// before is read from the conversation's history, so that any node can go on.
/// </summary>
/// <param name="t">Texts in the language of the course.</param>
internal sealed partial class QuotingReader(QuestionSearch search, FollowUps followUps, Subject subject, Texts t)
{
    private const int Take = 8;

    private readonly Enquiry _enquiry = new(search, followUps, subject);
    private readonly Quiz _quiz = new(search, subject, t);

    public async Task<Reply> ReplyAsync(string message, IReadOnlyList<Turn> history, CancellationToken ct)
    {
        var wish = followUps.Of(message);
        if (await _quiz.JudgeAsync(message, wish, history, ct) is { } judged)
            return judged;
        return wish switch
        {
            Wish.Quiz => await _quiz.AskAsync(history, ct),
            Wish.Hello => Plain(t["Hello! Ask me anything about “{title}”.", ("title", subject.Title)]),
            Wish.Thanks => Plain(t["You're welcome. Ask on, or say “quiz me” and I ask you."]),
            Wish.Hint => Plain(t["I have asked you nothing yet. Say “quiz me”, and I will."]),
            Wish.Again => Repeat(history, await PassagesAsync(ct)),
            Wish.Simpler or Wish.Example or Wish.Next => await FollowAsync(wish, history, ct),
            _ => await AnswerAsync(message, history, ct),
        };
    }

    /// <summary>Where the conversation was: the passage quoted last.</summary>
    internal static (Passage Passage, string Quote)? LastQuoted(IReadOnlyList<Turn> history, IReadOnlyList<Passage> passages) =>
        LastQuotes(history, passages) is [var first, ..] ? first : null;

    // Those of the last answer that quoted anything.
    private static List<(Passage Passage, string Quote)> LastQuotes(IReadOnlyList<Turn> history, IReadOnlyList<Passage> passages) =>
        history.Where(turn => turn.Role == Role.Assistant).Reverse().Select(turn => QuotesIn(turn.Text, passages)).FirstOrDefault(quotes => quotes.Count > 0) ?? [];

    private static List<(Passage Passage, string Quote)> QuotesIn(string text, IReadOnlyList<Passage> passages)
    {
        var quotes = new List<(Passage, string)>();
        foreach (var quote in Quotes().Matches(text).Select(match => match.Groups["words"].Value))
        {
            if (passages.FirstOrDefault(passage => QuotedAnswer.Flat(passage.Text).Contains(quote, StringComparison.Ordinal)) is { } passage)
                quotes.Add((passage, passage.Text.Substring(QuotedAnswer.Flat(passage.Text).IndexOf(quote, StringComparison.Ordinal), quote.Length)));
        }
        return quotes;
    }

    private async Task<Reply> AnswerAsync(string question, IReadOnlyList<Turn> history, CancellationToken ct)
    {
        var found = await _enquiry.FindAsync(question, history, Take, ct);
        if (found.Best.Count == 0 || found.Confidence < Enquiry.LeastConfidence)
            return Decline(await PassagesAsync(ct));
        var first = found.Best[0];
        var answer = new QuotedAnswer(t);
        answer.Add(first.Passage, QuotedAnswer.Around(first));
        var second = found.Best.FirstOrDefault(match => match.Passage.SectionId != first.Passage.SectionId && match.Passage.Rank > 0.6 * first.Passage.Rank);
        if (second is not null)
            answer.Add(second.Passage, second.Sentences[second.Best]);
        if (!history.Any(turn => turn.Role == Role.User))
            answer.Say(t["I answer in the course's own words. With a language model connected, I could also explain in mine."]);
        return answer.Done();
    }

    private async Task<Reply> FollowAsync(Wish wish, IReadOnlyList<Turn> history, CancellationToken ct)
    {
        var passages = await PassagesAsync(ct);
        var quotes = LastQuotes(history, passages);
        if (quotes.Count == 0)
            return wish == Wish.Next ? Begin(passages) : Plain(t["Ask me something first, then I can go on from there."]);
        var said = history.Where(turn => turn.Role == Role.Assistant).Select(turn => turn.Text).ToList();
        if (quotes.Select(quote => Follow(wish, new Neighbourhood(passages, quote.Passage, said, subject.Language), quote.Quote)).FirstOrDefault(found => found.Count > 0) is not { } places)
            return Plain(wish switch
            {
                Wish.Simpler => t["The course has no simpler words for this than those I have quoted. Ask me about one word of it, and I look that up."],
                Wish.Example => t["The course gives no further example of this."],
                _ => t["That was the end of the lesson. Say “quiz me” to see what stayed with you."],
            });
        var answer = new QuotedAnswer(t);
        foreach (var place in places)
            answer.Add(place.Passage, place.Words);
        return answer.Done();
    }

    private static IReadOnlyList<Place> Follow(Wish wish, Neighbourhood way, string quote) =>
        wish switch { Wish.Simpler => way.Simpler(quote), Wish.Example => way.Example(), _ => way.Next() };

    private Reply Begin(IReadOnlyList<Passage> passages)
    {
        var answer = new QuotedAnswer(t);
        if (passages.FirstOrDefault(passage => (subject.LessonId is null || passage.LessonId == subject.LessonId) && passage.Kind == "paragraph") is not { } first)
            return Decline(passages);
        answer.Add(first, first.Text);
        return answer.Done();
    }

    private Reply Repeat(IReadOnlyList<Turn> history, IReadOnlyList<Passage> passages)
    {
        if (LastQuotes(history, passages) is not { Count: > 0 } quotes)
            return Plain(history.LastOrDefault(turn => turn.Role == Role.Assistant)?.Text is { Length: > 0 } text ? text : t["I have said nothing yet."]);
        var answer = new QuotedAnswer(t);
        foreach (var (passage, quote) in quotes)
            answer.Add(passage, quote);
        return answer.Done();
    }

    private Reply Decline(IReadOnlyList<Passage> passages)
    {
        var titles = passages.Where(passage => subject.LessonId is null || passage.LessonId == subject.LessonId).Select(passage => passage.SectionTitle).Where(title => title.Length > 0).Distinct().Take(3).ToList();
        var text = new StringBuilder(t["The course doesn't say anything about that, so I can't answer it from here."]);
        if (titles.Count > 0)
            text.Append(' ').Append(t["You could ask me about: {topics}.", ("topics", string.Join("; ", titles))]);
        return Plain(text.ToString());
    }

    private Task<IReadOnlyList<Passage>> PassagesAsync(CancellationToken ct) => search.PassagesAsync(subject.CourseId, subject.Language, ct);

    internal static Reply Plain(string text) => new(text, [], Footing.None);

    // Quotes of the course bear a mark; other languages close their own quotation marks with “.
    [GeneratedRegex(@"“(?<words>[^“”]+)” \[\d+\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quotes();
}

/// <summary>An answer put together from quotes.</summary>
internal sealed class QuotedAnswer(Texts t)
{
    private const int LongestNeighbour = 200;

    private readonly StringBuilder _text = new();
    private readonly List<Citation> _citations = [];

    /// <summary>The best sentence and what completes it: the one after it, or before it where there is none, unless that is long. What only leads up to a formula is left out.</summary>
    public static string Around(PassageMatch match)
    {
        var sentences = match.Sentences;
        bool IsUsable(int i) => i >= 0 && i < sentences.Count && IsWhole(sentences[i]);
        var best = new[] { match.Best, match.Best - 1, match.Best + 1 }.Where(IsUsable).DefaultIfEmpty(match.Best).First();
        var other = new[] { best + 1, best - 1 }.Where(i => IsUsable(i) && sentences[i].Length <= LongestNeighbour).DefaultIfEmpty(best).First();
        return other == best ? sentences[best] : WithBetween(match.Passage.Text, sentences[Math.Min(best, other)], sentences[Math.Max(best, other)]);
    }

    /// <summary>Whether it ends as a sentence ends, and is more than a heading.</summary>
    public static bool IsWhole(string words) => words.TrimEnd('"', '”', '’', ')', ']') is [.., '.' or '!' or '?' or '…'] && words.Count(c => c == ' ') >= 3;

    public void Add(Passage passage, string quote)
    {
        var label = _citations.Count + 1;
        var from = _citations is [.., var before] && before.Passage.LessonId == passage.LessonId && before.Passage.SectionId == passage.SectionId ? "" : label > 1 ? t["And in “{section}”:", ("section", passage.SectionTitle)] : t["In “{section}” it says:", ("section", passage.SectionTitle)];
        Paragraph();
        _text.Append(from).Append(from.Length > 0 ? " “" : "“").Append(Flat(quote)).Append("” [").Append(label).Append(']');
        _citations.Add(new Citation(label, passage, quote));
    }

    public void Say(string text)
    {
        Paragraph();
        _text.Append(text);
    }

    public Reply Done() => new(_text.ToString(), _citations, _citations.Count > 0 ? Footing.Quoted : Footing.None);

    private void Paragraph() => _text.Append(_text.Length > 0 ? "\n\n" : "");

    /// <summary>Without the marks that enclose a quote; as long as before.</summary>
    public static string Flat(string quote) => quote.Replace('“', '‘').Replace('”', '’');

    // As the text has it, so that the quote is found in it again.
    private static string WithBetween(string text, string first, string second)
    {
        var start = text.IndexOf(first, StringComparison.Ordinal);
        var end = text.IndexOf(second, start + first.Length, StringComparison.Ordinal);
        return start < 0 || end < 0 ? first : text[start..(end + second.Length)];
    }
}
