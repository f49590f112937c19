using System.Runtime.CompilerServices;
using Lectern.Voice;
using Lectern.Voice.Journal;

namespace Lectern.Tests.Voice;

/// <summary>The rest is proved on one thread; here the thread pool and the system's clock have their way.</summary>
public sealed class ThreadedTalkTests
{
    private const int Talks = 200;
    private const int Questions = 20;

    [Fact]
    public async Task Two_hundred_conversations_at_once_lose_no_answer()
    {
        var talks = Enumerable.Range(0, Talks).Select(_ => TalkAsync());

        var answers = await Task.WhenAll(talks).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.All(answers, count => Assert.Equal(Questions, count));
    }

    private static async Task<int> TalkAsync()
    {
        var conversation = new Conversation(new Echo(), new Yielding(), new ConversationOptions(), TimeProvider.System, []);
        var end = conversation.RunAsync(CancellationToken.None);
        var completed = 0;
        await conversation.PostAsync(new Say("Question 0"), CancellationToken.None);
        await foreach (var output in conversation.Outputs.ReadAllAsync())
        {
            if (output is not AnswerCompleted)
                continue;
            ConversationInput next = ++completed < Questions ? new Say($"Question {completed}") : new End(EndReason.Ended);
            await conversation.PostAsync(next, CancellationToken.None);
        }
        var result = await end;
        Assert.Empty(result.Unsaved);
        Assert.Equal(0, result.RespondersLeft);
        return completed;
    }

    private sealed class Echo : IResponder
    {
        public async IAsyncEnumerable<ResponsePart> RespondAsync(ResponseRequest request, [EnumeratorCancellation] CancellationToken ct)
        {
            foreach (var word in $"You asked, I think, this: {request.Question}. It is a good question. It deserves an answer.".Split(' '))
            {
                if (word.Length % 3 == 0)
                    await Task.Yield();
                yield return new TextDelta(word + " ");
            }
        }
    }

    private sealed class Yielding : IConversationJournal
    {
        public async Task WriteAsync(IReadOnlyList<JournalEntry> entries, CancellationToken ct) => await Task.Yield();
    }
}
