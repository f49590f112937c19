using Lectern.Voice;
using Lectern.Voice.Speech;
using Lectern.Voice.Turns;
using static Lectern.Tests.Voice.Talk;

namespace Lectern.Tests.Voice.Aloud;

/// <summary>
/// Ten thousand interruptions at random moments, in every way there is, against a player that knows what came to the ear: what the history
/// holds is that, to the word.
/// </summary>
public sealed class OracleTests
{
    private const int Interruptions = 10_000;
    private static readonly string[] Words = ["a", "to", "the", "cell", "water", "enzyme", "membrane", "and", "photosynthesis", "of"];

    [Fact]
    public void After_any_interruption_the_history_holds_exactly_the_words_heard()
    {
        var (stopped, heard) = (0, new HashSet<int>());
        for (var seed = 0; stopped < Interruptions; seed++)
        {
            try
            {
                stopped += RunOne(new Random(seed), heard);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Talk {seed}: {e.Message}", e);
            }
        }
        // From nothing to many words: the moments were spread over whole answers.
        Assert.True(heard.Count > 40, $"{heard.Count} different lengths");
    }

    [Fact]
    public void A_player_that_does_not_answer_a_stop_never_makes_the_history_hold_more_than_was_heard()
    {
        var exact = 0;
        for (var seed = 0; seed < 1_000; seed++)
        {
            var random = new Random(seed);
            RunAloud(
                async talk =>
                {
                    talk.Player.ReportsFinally = false;
                    await talk.Ask("Question?");
                    await talk.Pass(random.NextDouble() * 8);
                    var words = talk.Player.WordsHeard;
                    await talk.Post(new Stop());
                    await talk.Pass(0.5);
                    if (talk.All<AnswerStopped>().SingleOrDefault() is not { } answer)
                        return;
                    Assert.InRange(Count(answer.Text), 0, words);
                    exact += Count(answer.Text) == words ? 1 : 0;
                },
                prepare: talk => talk.Responder.Answers(Text(random, 30)));
        }
        Assert.InRange(exact, 1, 999);
    }

    /// <returns>How many answers were interrupted.</returns>
    private static int RunOne(Random random, HashSet<int> lengths)
    {
        var stopped = 0;
        var answers = Enumerable.Range(0, 8).Select(_ => Text(random, random.Next(1, 60))).ToList();
        RunAloud(
            async talk =>
            {
                var isAsked = false;
                for (var turn = 1; turn <= answers.Count; turn++)
                {
                    if (!isAsked)
                        await talk.Ask("Question?");
                    await talk.Pass(random.NextDouble() * random.Next(1, 14));
                    var words = talk.Player.Generation == turn ? talk.Player.WordsHeard : 0;
                    var isWhole = talk.All<AnswerCompleted>().Any(a => a.Turn == turn);
                    isAsked = await InterruptAsync(talk, random);
                    if (isWhole)
                        continue;
                    if (talk.All<AnswerCompleted>().Any(a => a.Turn == turn))
                    {
                        // Its end was reached while the interruption was on its way; without reports, by the clock.
                        Assert.InRange(Count(talk.Said(turn)) - words, 0, talk.Player.Reports ? 1 : 3);
                        continue;
                    }
                    stopped++;
                    lengths.Add(words);
                    Assert.Equal(Expected(talk.Said(turn), words), talk.All<AnswerStopped>().Single(a => a.Turn == turn).Text.TrimEnd());
                }
                await talk.Post(new Stop());
                await talk.Pass(0.5);
                Assert.Equal(0, talk.Player.Stale);
                var end = await talk.Close();
                foreach (var answer in talk.All<AnswerStopped>())
                    Assert.Equal(answer.Text, end.History.SingleOrDefault(t => t.Number == answer.Turn && t.Role == Role.Assistant)?.Text ?? "");
            },
            prepare: talk => Prepare(talk, random, answers));
        return stopped;
    }

    private static void Prepare(Talk talk, Random random, List<string> answers)
    {
        talk.Player.Delay = Seconds(random.NextDouble() * 0.5);
        talk.Player.Reports = random.Next(4) > 0;
        talk.Voice.ToFirst = Seconds(random.NextDouble() * 0.4);
        talk.Voice.BetweenParts = Seconds(random.Next(3) == 0 ? random.NextDouble() * 0.3 : 0);
        talk.Journal.Takes = Seconds(random.Next(3) == 0 ? random.NextDouble() * 0.2 : 0);
        foreach (var answer in answers)
        {
            var cut = random.Next(answer.Length);
            talk.Responder.Answers(Seconds(random.NextDouble() * 0.3), answer[..cut], Seconds(random.NextDouble()), answer[cut..]);
        }
    }

    /// <returns>Whether the interruption is the next question.</returns>
    private static async Task<bool> InterruptAsync(Talk talk, Random random)
    {
        ConversationInput input = random.Next(4) switch
        {
            0 => new Say("Something else?"),
            1 => new Say("Something else altogether?", IsSpoken: true),
            _ => new Stop(),
        };
        await talk.Post(input);
        await talk.Pass(0.7);
        return input is Say;
    }

    private static string Text(Random random, int words) =>
        string.Concat(Enumerable.Range(0, words).Select(i => Words[random.Next(Words.Length)] + (i == words - 1 ? "." : random.Next(9) == 0 ? ". " : random.Next(9) == 0 ? ", " : " ")));

    private static string Expected(string answer, int words)
    {
        var end = 0;
        for (; words > 0; words--)
        {
            end = answer.IndexOf(' ', end + 1);
            if (end < 0)
                return answer.TrimEnd();
        }
        return answer[..end];
    }

    private static int Count(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
}
