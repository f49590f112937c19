using Lectern.Tests.Voice.Aloud;
using Lectern.Voice;
using Lectern.Voice.Hearing;
using Lectern.Voice.Turns;
using static Lectern.Tests.Voice.Talk;

namespace Lectern.Tests.Voice.Hearing;

/// <summary>Two thousand conversations in which somebody speaks at random moments, each reproducible by its number, and what must hold in every one.</summary>
public sealed class RandomInterruptionTests
{
    private const int Talks = 2_000;
    private static readonly string[] Words = ["a", "to", "the", "cell", "water", "enzyme", "membrane", "and", "photosynthesis", "of"];
    private static readonly string[] Meaningless = ["", "mhm", "Okay.", "Ja, genau.", "Aha, I see."];
    private static readonly string[] Meant = ["But why not red?", "No, wait, what is an enzyme?", "Tell me about", "Stop.", "And then"];
    private static readonly short[][] Silence = [.. Enumerable.Range(0, 7).Select(i => Sounds.Noise(new Random(i), -65))];
    private static readonly short[][] Speech = [.. Enumerable.Range(0, 30).Select(i => Sounds.Syllable(new Random(i), i))];

    [Fact]
    public void Whoever_interrupts_however_every_question_ends_once_and_history_is_what_was_heard()
    {
        var seen = new Dictionary<string, int>();
        for (var seed = 0; seed < Talks; seed++)
        {
            try
            {
                RunOne(new Random(seed), seen);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Talk {seed}: {e.Message}", e);
            }
        }
        Assert.All(
            (string[])[nameof(AnswerCompleted), nameof(AnswerStopped), nameof(QuestionAmended), nameof(SpeechCleared), nameof(SpeechDucked), nameof(NotUnderstood), "resumed"],
            name => Assert.True(seen.GetValueOrDefault(name) > 100, $"{name}: {seen.GetValueOrDefault(name)}"));
    }

    private static void RunOne(Random random, Dictionary<string, int> seen) => RunAloud(
        async talk =>
        {
            await HearAsync(talk, random, 0.5, Silence);
            for (var i = random.Next(1, 5); i > 0; i--)
                await DoSomethingAsync(talk, random);
            await talk.Pass(40);
            Check(talk);
            foreach (var name in talk.Outputs.Select(o => o.GetType().Name))
                seen[name] = seen.GetValueOrDefault(name) + 1;
            seen["resumed"] = seen.GetValueOrDefault("resumed") + talk.All<AnswerCompleted>().Count(a => talk.All<SpeechCleared>().Any(c => c.Generation == a.Generation));
            CheckHistory(talk, (await talk.Close()).History);
        },
        prepare: talk => Prepare(talk, random));

    private static void Prepare(Talk talk, Random random)
    {
        talk.Player.Delay = Seconds(random.NextDouble() * 0.3);
        talk.Voice.ToFirst = Seconds(random.NextDouble() * 0.3);
        talk.Voice.BetweenParts = Seconds(random.Next(3) == 0 ? random.NextDouble() * 0.2 : 0);
        for (var i = 0; i < 20; i++)
        {
            var text = Text(random, random.Next(1, 40));
            var cut = random.Next(text.Length);
            talk.Responder.Answers(Seconds(random.NextDouble()), text[..cut], Seconds(random.NextDouble()), text[cut..]);
            var takes = random.NextDouble() * random.NextDouble() * 2;
            _ = random.Next(6) switch
            {
                0 => talk.Ears.Fails(new IOException()),
                < 3 => talk.Ears.Hears(Meaningless[random.Next(Meaningless.Length)], takes),
                _ => talk.Ears.Hears(Meant[random.Next(Meant.Length)], takes),
            };
        }
    }

    private static async Task DoSomethingAsync(Talk talk, Random random)
    {
        var what = random.Next(10);
        if (what < 3)
            await talk.Ask("Question?");
        else if (what == 3)
            await talk.Post(new Lectern.Voice.Talk(IsHeld: true));
        await HearAsync(talk, random, random.NextDouble() * random.Next(1, 5), Silence);
        for (var pieces = random.Next(1, 3); pieces > 0; pieces--)
        {
            await HearAsync(talk, random, 0.1 + random.NextDouble() * 1.9, Speech);
            await HearAsync(talk, random, 0.1 + random.NextDouble() * 0.5, Silence);
        }
        if (what == 3)
            await talk.Post(new Lectern.Voice.Talk(IsHeld: false));
        if (random.Next(3) > 0)
            await HearAsync(talk, random, random.NextDouble() * 2, Silence);
    }

    private static async Task HearAsync(Talk talk, Random random, double seconds, short[][] sounds)
    {
        var frames = random.Next(4) == 0 ? 1 : 5;
        for (var i = 0; i < seconds * 50; i += frames)
        {
            talk.Conversation.TryPost(new MicrophoneHeard(Enumerable.Range(i, frames).SelectMany(frame => sounds[frame % sounds.Length]).ToArray()));
            await talk.Pass(0.02 * frames);
        }
    }

    private static void Check(Talk talk)
    {
        Assert.Equal(ConversationState.Listening, talk.All<StateChanged>().LastOrDefault()?.State ?? ConversationState.Listening);
        Assert.Equal(HearingState.Nothing, talk.All<HearingChanged>().LastOrDefault()?.State ?? HearingState.Nothing);
        Assert.Equal(0, talk.Player.Stale);
        Assert.Equal(talk.Player.Sounded.Order(), talk.Player.Sounded);
        Assert.Equal(
            talk.All<QuestionAccepted>().Select(q => q.Turn),
            talk.Outputs.Select(o => o is AnswerCompleted c ? c.Turn : o is AnswerStopped s ? s.Turn : o is AnswerFailed f ? f.Turn : 0).Where(turn => turn > 0));
        Assert.Empty(talk.All<AnswerFailed>());
        foreach (var answer in talk.All<AnswerCompleted>())
            Assert.Equal(Count(talk.Said(answer.Turn)), talk.Player.HeardOf(answer.Generation));
        foreach (var answer in talk.All<AnswerStopped>())
        {
            Assert.StartsWith(answer.Text, talk.Said(answer.Turn), StringComparison.Ordinal);
            Assert.Equal(talk.Player.HeardOf(answer.Generation), Count(answer.Text));
        }
    }

    private static void CheckHistory(Talk talk, IReadOnlyList<Turn> history)
    {
        foreach (var question in talk.All<QuestionAccepted>())
        {
            var text = talk.All<QuestionAmended>().LastOrDefault(q => q.Turn == question.Turn)?.Text ?? question.Text;
            Assert.Equal(text, history.Single(t => t.Role == Role.User && t.Number == question.Turn).Text);
            var answer = talk.All<AnswerStopped>().SingleOrDefault(a => a.Turn == question.Turn)?.Text ?? talk.Said(question.Turn);
            Assert.Equal(answer, history.SingleOrDefault(t => t.Role == Role.Assistant && t.Number == question.Turn)?.Text ?? "");
        }
    }

    private static string Text(Random random, int words) =>
        string.Concat(Enumerable.Range(0, words).Select(i => Words[random.Next(Words.Length)] + (i == words - 1 ? "." : random.Next(9) == 0 ? ". " : " ")));

    private static int Count(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
}
