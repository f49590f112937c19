using Lectern.Tutoring.Sessions;
using Lectern.Voice;
using Lectern.Voice.Turns;

namespace Lectern.Tutoring.Live;

/// <summary>A stored session as the conversation engine takes it up.</summary>
internal static class Resumption
{
    public const double SlowestPace = 0.75;
    public const double FastestPace = 1.5;

    public static ConversationOptions Options(TakenSession taken, LiveTools tools)
    {
        var t = tools.Teacher.Library.For(taken.Row.Language, taken.School);
        return new ConversationOptions
        {
            StartedAt = taken.Row.StartedAt,
            MaxDuration = taken.Row.EndsAt - taken.Row.StartedAt,
            DurationWarnings = [.. SessionEndpoints.WarnAtMinutes.Select(minutes => TimeSpan.FromMinutes(minutes))],
            IdleTimeout = TimeSpan.FromMinutes(taken.Row.IdleMinutes),
            MaxQuestions = taken.Row.MaxMessages,
            QuestionCharacters = LiveTools.LongestMessage,
            MinPace = SlowestPace,
            MaxPace = FastestPace,
            Fallback = _ => t["Sorry, I could not answer that. Please ask me again."],
        };
    }

    public static List<Turn> History(IReadOnlyList<TurnView> turns)
    {
        var history = new List<Turn>();
        foreach (var turn in turns)
        {
            if (turn.Question is { } question)
                history.Add(new Turn(turn.Turn, Role.User, question.Text, ClientId: question.Id));
            if (turn.Answer is { Text.Length: > 0 } answer)
                history.Add(new Turn(turn.Turn, Role.Assistant, answer.Text, answer.Outcome switch { "completed" => AnswerOutcome.Completed, "failed" => AnswerOutcome.Failed, _ => AnswerOutcome.Stopped }));
        }
        return history;
    }
}
