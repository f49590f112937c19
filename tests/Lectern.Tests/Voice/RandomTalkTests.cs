using Lectern.Voice;
using Lectern.Voice.Journal;
using Lectern.Voice.Turns;
using static Lectern.Tests.Voice.Talk;

namespace Lectern.Tests.Voice;

/// <summary>Two thousand random conversations, each reproducible by its number, and what must hold in every one.</summary>
public sealed class RandomTalkTests
{
    private const int Talks = 2_000;

    [Fact]
    public void Whatever_happens_every_question_ends_once_and_history_is_what_was_given_out()
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
        // The scripts must have reached every kind of output, or the invariants held for want of trying.
        Assert.All(
            (Type[])[typeof(AnswerCompleted), typeof(AnswerStopped), typeof(AnswerFailed), typeof(Repeated), typeof(NotSaved), typeof(SavedAgain), typeof(LimitReached), typeof(TimeWarning), typeof(AlreadyAsked)],
            type => Assert.True(seen.GetValueOrDefault(type.Name) > 20, type.Name));
    }

    private static void RunOne(Random random, Dictionary<string, int> seen)
    {
        var options = new ConversationOptions { MaxQuestions = 12, UnsavedCharacters = 3_000, OutputCapacity = 64, MaxDuration = TimeSpan.FromMinutes(4), IdleTimeout = TimeSpan.FromMinutes(2) };
        Run(
            async talk =>
            {
                for (var step = random.Next(3, 30); step > 0 && !talk.End.IsCompleted; step--)
                {
                    talk.Conversation.TryPost(NextInput(random));
                    if (random.Next(6) == 0)
                        talk.Journal.IsAway = !talk.Journal.IsAway;
                    if (random.Next(6) == 0)
                        talk.Journal.Takes = random.Next(2) == 0 ? TimeSpan.Zero : Seconds(random.NextDouble() * 3);
                    if (random.Next(3) > 0)
                        await talk.Pass(random.NextDouble() * random.Next(1, 25));
                }
                talk.Journal.IsAway = random.Next(4) == 0;
                var end = await CloseAfterAWhile(talk);
                Check(talk, end);
                foreach (var output in talk.Outputs)
                    seen[output.GetType().Name] = seen.GetValueOrDefault(output.GetType().Name) + 1;
            },
            options,
            prepare: talk => Prepare(talk, random));
    }

    private static async Task<ConversationEnd> CloseAfterAWhile(Talk talk)
    {
        await talk.Pass(70);
        return await talk.Close();
    }

    private static ConversationInput NextInput(Random random) => random.Next(12) switch
    {
        < 5 => new Say($"Question {random.Next(100)}?", random.Next(2) == 0 ? $"q{random.Next(20)}" : null),
        < 7 => new Stop(),
        7 => new Repeat(),
        8 => new Slower(),
        9 => new Faster(),
        10 => new Presence(),
        _ => random.Next(8) == 0 ? new End(EndReason.Ended) : new Repeat(),
    };

    private static void Prepare(Talk talk, Random random)
    {
        string[] texts = ["Because, as", " we saw, it is 3.5 green. ", "It ", "e.g. this. ", "And so. And so on. ", "", "End.", "\n\n"];
        for (var i = 0; i < 12; i++)
        {
            var steps = Enumerable.Range(0, random.Next(0, 12)).Select(object (_) => random.Next(12) switch
            {
                < 7 => texts[random.Next(texts.Length)],
                < 10 => Seconds(random.NextDouble() * (random.Next(8) == 0 ? 40 : 2)),
                10 => new Attachment(random.Next()),
                _ => random.Next(4) == 0 ? new InvalidOperationException() : "word ",
            }).ToArray();
            _ = random.Next(4) == 0 ? talk.Responder.AnswersDeaf(steps) : talk.Responder.Answers(steps);
        }
    }

    private static void Check(Talk talk, ConversationEnd end)
    {
        CheckGenerations(talk.Outputs);
        CheckOneEndPerQuestion(talk.Outputs);
        CheckHistory(talk, end);
        CheckJournal(talk, end);
        Assert.All(talk.Outputs.SkipWhile(o => o is not Ended).Skip(1), o => Assert.True(o is NotSaved or SavedAgain));
        Assert.Single(talk.All<Ended>());
        Assert.InRange(talk.Journal.MostAtOnce, 0, 1);
        Assert.True(talk.Reading.IsCompletedSuccessfully);
    }

    private static void CheckGenerations(List<ConversationOutput> outputs) =>
        Assert.Equal(outputs.Select(o => o.Generation).Order(), outputs.Select(o => o.Generation));

    private static void CheckOneEndPerQuestion(List<ConversationOutput> outputs)
    {
        foreach (var question in outputs.OfType<QuestionAccepted>())
        {
            var own = outputs.Where(o => o.Generation == question.Generation && o is QuestionAccepted or AnswerCompleted or AnswerStopped or AnswerFailed or PhraseReady)
                .Where(o => o.Generation == question.Generation).ToList();
            Assert.Same(question, own[0]);
            Assert.True(own[^1] is AnswerCompleted or AnswerStopped or AnswerFailed, "An answer goes on after its end, or has none.");
            Assert.All(own[1..^1], o => Assert.IsType<PhraseReady>(o));
            Assert.Equal(Enumerable.Range(0, own.Count - 2), own[1..^1].Cast<PhraseReady>().Select(p => p.Index));
        }
    }

    private static void CheckHistory(Talk talk, ConversationEnd end)
    {
        Assert.Equal(talk.All<QuestionAccepted>().Select(q => (q.Turn, q.Text)), end.History.Where(t => t.Role == Role.User).Select(t => (t.Number, t.Text)));
        foreach (var question in talk.All<QuestionAccepted>())
            Assert.Equal(talk.Said(question.Turn), end.History.FirstOrDefault(t => t.Role == Role.Assistant && t.Number == question.Turn)?.Text ?? "");
        foreach (var stopped in talk.All<AnswerStopped>())
            Assert.Equal(talk.Said(stopped.Turn), stopped.Text);
        foreach (var repeated in talk.All<Repeated>().Where(r => r.IsWhole))
            Assert.Equal(talk.Said(repeated.Turn), string.Concat(talk.All<PhraseReady>().Where(p => p.Generation == repeated.Generation).Select(p => p.Text)));
    }

    /// <summary>Stored, with what could not be stored, is exactly what was put out, in the same order.</summary>
    private static void CheckJournal(Talk talk, ConversationEnd end)
    {
        var put = talk.Outputs.Select(o => o switch
        {
            QuestionAccepted q => (q.Turn, "question", q.Text),
            PhraseReady { IsRepetition: false } p => (p.Turn, "phrase", p.Text),
            AnswerCompleted a => (a.Turn, "Completed", ""),
            AnswerStopped a => (a.Turn, "Stopped", ""),
            AnswerFailed a => (a.Turn, "Failed", ""),
            _ => default,
        }).Where(x => x != default);
        var stored = talk.Journal.Entries.Concat(end.Unsaved.SkipWhile(talk.Journal.Entries.Contains)).Select(e => e switch
        {
            QuestionAsked q => (q.Turn, "question", q.Text),
            PhraseGiven p => (p.Turn, "phrase", p.Text),
            AnswerEnded a => (a.Turn, a.Outcome.ToString(), ""),
            _ => default,
        });
        Assert.Equal(put, stored);
    }
}
