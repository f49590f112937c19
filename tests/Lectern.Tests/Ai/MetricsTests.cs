using Lectern.Ai.Contracts;
using Lectern.Tests.Fakes.Model;
using Microsoft.Extensions.AI;

namespace Lectern.Tests.Ai;

public sealed class MetricsTests
{
    [Fact]
    public async Task An_answer_records_its_tokens_its_first_word_and_its_duration()
    {
        await using var host = await AiHost.StartAsync();
        TaskCompletionSource thought = new();
        var call = host.Server.Next(async call =>
        {
            await call.WaitAsync(thought.Task);
            await call.SayAsync("Cells ");
            await call.SayAsync("divide.");
            await call.FinishAsync();
            await call.EndAsync(inputTokens: 1_234, outputTokens: 56);
        });
        await using var answer = host.Ask().GetAsyncEnumerator();

        var first = answer.MoveNextAsync().AsTask();
        await call.Arrived;
        host.Time.Advance(TimeSpan.FromSeconds(2));
        thought.SetResult();
        Assert.True(await first);
        host.Time.Advance(TimeSpan.FromSeconds(3));
        while (await answer.MoveNextAsync())
        {
        }

        Assert.Equal([1_234.0], host.Metrics.Of("lectern.ai.tokens{input}"));
        Assert.Equal([56.0], host.Metrics.Of("lectern.ai.tokens{output}"));
        Assert.Equal([2.0], host.Metrics.Of("lectern.ai.time_to_first_token"));
        Assert.Equal([5.0], host.Metrics.Of("lectern.ai.duration{answered}"));
        Assert.Empty(host.Metrics.Of("lectern.ai.failures{Faulty}"));
    }

    [Fact]
    public async Task Tokens_that_are_reported_with_every_word_are_counted_once()
    {
        await using var host = await AiHost.StartAsync();
        host.Server.Next(async call =>
        {
            await call.SayAsync("Cells ");
            foreach (var sum in (int[])[1, 2, 3])
                await call.RawAsync($$$"""data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"x"},"finish_reason":null}],"usage":{"prompt_tokens":9,"completion_tokens":{{{sum}}},"total_tokens":{{{9 + sum}}}}}""" + "\n\n");
            await call.FinishAsync();
            await call.RawAsync("data: [DONE]\n\n");
        });

        await host.AnswerAsync();

        Assert.Equal([9.0], host.Metrics.Of("lectern.ai.tokens{input}"));
        Assert.Equal([3.0], host.Metrics.Of("lectern.ai.tokens{output}"));
    }

    [Fact]
    public async Task Tokens_of_an_answer_without_words_count_too()
    {
        await using var host = await AiHost.StartAsync();
        host.Server.Next(async call =>
        {
            await call.FinishAsync("length"); // a reasoning model that thought too long
            await call.EndAsync(inputTokens: 90, outputTokens: 700);
        });

        await host.FailureAsync();

        Assert.Equal([700.0], host.Metrics.Of("lectern.ai.tokens{output}"));
        Assert.Empty(host.Metrics.Of("lectern.ai.time_to_first_token"));
        Assert.Equal([1.0], host.Metrics.Of("lectern.ai.failures{Faulty}"));
    }

    [Fact]
    public async Task Failures_are_counted_by_kind_before_and_after_the_first_word()
    {
        await using var host = await AiHost.StartAsync();

        host.Server.Next(ModelScripts.Fail(401));
        await host.FailureAsync();
        host.Server.Next(ModelScripts.Garbage("data: {{\n\n", "A cell "));
        await host.FailureAsync();
        host.Server.Next(ModelScripts.Fail(429));
        await host.FailureAsync();
        Assert.Equal(ModelFailure.Resting, (await host.FailureAsync()).Kind);

        Assert.Equal([1.0], host.Metrics.Of("lectern.ai.failures{Refused}"));
        Assert.Equal([1.0], host.Metrics.Of("lectern.ai.failures{Faulty}"));
        Assert.Equal([1.0], host.Metrics.Of("lectern.ai.failures{Limited}"));
        Assert.Equal([1.0], host.Metrics.Of("lectern.ai.failures{Resting}"));
        Assert.Equal(3, host.Metrics.Of("lectern.ai.duration{failed}").Length);
    }

    [Fact]
    public async Task An_answer_that_was_interrupted_is_no_failure()
    {
        await using var host = await AiHost.StartAsync();
        using var stop = new CancellationTokenSource();
        var call = host.Server.Next(ModelScripts.Silence());
        var answer = host.Ask(ct: stop.Token).ToChatResponseAsync();
        await call.Arrived;
        host.Time.Advance(TimeSpan.FromSeconds(4));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);

        Assert.Equal([4.0], host.Metrics.Of("lectern.ai.duration{stopped}"));
        Assert.All(Enum.GetNames<ModelFailure>(), kind => Assert.Empty(host.Metrics.Of($"lectern.ai.failures{{{kind}}}")));
    }
}
