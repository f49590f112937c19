using System.Globalization;
using System.Text.Json;
using Lectern.Tutoring.Sessions;
using Lectern.Voice;
using Lectern.Voice.Hearing;
using Lectern.Voice.Speech;
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
            MaxRetryDelay = TimeSpan.FromSeconds(3),
            RetrySpread = 1,
            HandsOver = true,
            Speech = new SpeechOptions { Language = taken.Row.Language, Voice = VoiceOf(taken.Voice, tools.Engines.IsEspeak ? "name" : "endpoint") },
            Hearing = new HearingOptions { Language = taken.Row.Language },
            Fallback = _ => t["Sorry, I could not answer that. Please ask me again."],
        };
    }

    /// <summary>As a teacher's file describes it: name (espeak-ng's), endpoint (the name at a speech endpoint), pitch (0 to 100), rate (words a minute).</summary>
    private static VoiceProfile VoiceOf(string json, string name)
    {
        var voice = JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
        return new VoiceProfile(
            voice.GetValueOrDefault(name, ""),
            int.TryParse(voice.GetValueOrDefault("pitch"), CultureInfo.InvariantCulture, out var pitch) ? Math.Clamp(pitch, 0, 100) : 50,
            int.TryParse(voice.GetValueOrDefault("rate"), CultureInfo.InvariantCulture, out var rate) ? Math.Clamp(rate, 80, 300) : null);
    }

    public static List<Turn> History(IReadOnlyList<TurnView> turns)
    {
        var history = new List<Turn>();
        foreach (var turn in turns)
        {
            if (turn.Question is { } question)
                history.Add(new Turn(turn.Turn, Role.User, question.Text, ClientId: question.Id));
            if (turn.Answer is { Text.Length: > 0, Outcome: not "running" } answer)
                history.Add(new Turn(turn.Turn, Role.Assistant, answer.Text, answer.Outcome switch { "completed" => AnswerOutcome.Completed, "failed" => AnswerOutcome.Failed, _ => AnswerOutcome.Stopped }));
        }
        return history;
    }
}
