using Lectern.Ai.Contracts;
using Lectern.Costs.Contracts;
using Lectern.Tests.Fakes.Model;
using Microsoft.Extensions.AI;

namespace Lectern.Tests.Ai;

/// <summary>Answers that somebody pays for: leave is asked before, what was used is reported after.</summary>
public sealed class PaidModelTests
{
    private static readonly Payer Payer = new(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
    private static readonly ChatMessage[] Question = [new(ChatRole.User, "What is a cell?")];

    [Fact]
    public async Task Tokens_are_reported_as_the_endpoint_counts_them_cached_ones_apart()
    {
        await using var host = await AiHost.StartAsync();
        host.Server.Next(async call =>
        {
            await call.SayAsync("A cell ");
            await call.RawAsync("""data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":900,"completion_tokens":40,"total_tokens":940,"prompt_tokens_details":{"cached_tokens":600}}}""" + "\n\n");
            await call.FinishAsync();
            await call.RawAsync("data: [DONE]\n\n");
        });

        await AskAsync(host);

        Assert.Equal(
            [(UsageKind.ModelInputTokens, 300m), (UsageKind.ModelCachedTokens, 600m), (UsageKind.ModelOutputTokens, 40m)],
            host.Spending.Reported.Select(usage => (usage.Kind, usage.Quantity)));
        Assert.All(host.Spending.Reported, usage => Assert.Equal((Payer.SchoolId, Payer.CourseId, Payer.SessionId), (usage.SchoolId, usage.CourseId, usage.SessionId)));
        Assert.Equal(3, host.Spending.Reported.Select(usage => usage.Key).Distinct().Count());
        Assert.Equal(0, host.Spending.Held);
    }

    [Fact]
    public async Task Leave_is_asked_for_the_longest_answer_that_is_possible()
    {
        await using var host = await AiHost.StartAsync(("MaxOutputTokens", "700"));

        await AskAsync(host);

        Assert.True(host.Spending.Asked.Single() >= 0.7m); // a dollar a thousand, 700 of the answer and those of the question
        Assert.True(host.Spending.Reported.Sum(usage => usage.Quantity) / 1_000 <= host.Spending.Asked.Single());
    }

    [Fact]
    public async Task Without_leave_the_model_is_not_asked()
    {
        await using var host = await AiHost.StartAsync();
        host.Spending.Left = 0;

        var failure = await Assert.ThrowsAsync<ModelUnavailableException>(() => AskAsync(host));

        Assert.Equal(ModelFailure.OverBudget, failure.Kind);
        Assert.Empty(host.Spending.Reported);
        host.Spending.Left = 10;
        Assert.NotEqual("", await AskAsync(host)); // and the breaker has counted nothing
    }

    [Fact]
    public async Task A_model_without_a_price_is_metered_and_never_refused()
    {
        await using var host = await AiHost.StartAsync();
        host.Spending.Unpriced.UnionWith(["127.0.0.1-wise-owl-1-input", "127.0.0.1-wise-owl-1-output"]);
        host.Spending.Left = 0;

        await AskAsync(host);

        Assert.Equal("127.0.0.1-wise-owl-1-input", host.Spending.Reported[0].PriceId);
        Assert.True(host.Spending.Reported[0].Quantity > 0);
    }

    [Fact]
    public async Task A_server_of_ones_own_is_reported_as_free()
    {
        await using var host = await AiHost.StartAsync(("Price", "none"));
        host.Spending.Left = 0;

        await AskAsync(host);

        Assert.All(host.Spending.Reported, usage => Assert.Null(usage.PriceId));
        Assert.NotEmpty(host.Spending.Reported);
    }

    [Fact]
    public async Task The_price_is_the_one_that_the_settings_name()
    {
        await using var host = await AiHost.StartAsync(("Price", "openai-gpt-5.4-mini"));

        await AskAsync(host);

        Assert.Equal(["openai-gpt-5.4-mini-input", "openai-gpt-5.4-mini-output"], host.Spending.Reported.Select(usage => usage.PriceId));
    }

    [Fact]
    public async Task An_answer_that_is_stopped_is_reported_by_what_was_sent_and_received()
    {
        await using var host = await AiHost.StartAsync();
        host.Server.Next(ModelScripts.Silence("Cells are small. "));
        using var stop = new CancellationTokenSource();
        await using (var answer = Teacher(host).GetStreamingResponseAsync(Question, cancellationToken: stop.Token).GetAsyncEnumerator())
        {
            Assert.True(await answer.MoveNextAsync());
            await stop.CancelAsync();
        }

        Assert.Equal([UsageKind.ModelInputTokens, UsageKind.ModelOutputTokens], host.Spending.Reported.Select(usage => usage.Kind));
        Assert.Equal(6m, host.Spending.Reported[1].Quantity); // 17 letters
        Assert.Equal(0, host.Spending.Held);
    }

    [Fact]
    public async Task What_fails_before_its_first_word_costs_nothing()
    {
        await using var host = await AiHost.StartAsync();
        host.Server.Next(ModelScripts.Fail(503));

        await Assert.ThrowsAsync<ModelUnavailableException>(() => AskAsync(host));

        Assert.Empty(host.Spending.Reported);
        Assert.Equal(0, host.Spending.Held);
    }

    private static IChatClient Teacher(AiHost host) => host.Models.PaidBy(Payer).Teacher!; // a host is connected to a model

    private static async Task<string> AskAsync(AiHost host) => (await Teacher(host).GetStreamingResponseAsync(Question).ToChatResponseAsync()).Text;
}
