using Lectern.Ai.Contracts;
using Lectern.Tests.Fakes.Model;
using Microsoft.Extensions.AI;

namespace Lectern.Tests.Ai;

/// <summary>A model that keeps failing is left alone, and asked again after a while.</summary>
public sealed class BreakerTests
{
    [Fact]
    public async Task A_model_that_keeps_failing_rests_and_is_asked_again_after_the_break()
    {
        await using var host = await AiHost.StartAsync(("BreakSeconds", "20"));
        await FailAsync(host, 3);

        Assert.Equal(ModelFailure.Resting, (await host.FailureAsync()).Kind);
        Assert.Equal(3, host.Server.Calls.Count);
        host.Time.Advance(TimeSpan.FromSeconds(19.9));
        Assert.Equal(ModelFailure.Resting, (await host.FailureAsync()).Kind);
        host.Time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal("The lesson says so.", await host.AnswerAsync());
        Assert.Equal("The lesson says so.", await host.AnswerAsync());

        Assert.Equal(5, host.Server.Calls.Count);
        Assert.Contains("The model wise-owl-1 keeps failing and is left alone for 20 s: The endpoint answered with an error (503, some_error).", host.Log.Text, StringComparison.Ordinal);
        Assert.Contains("The model wise-owl-1 answers again", host.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_still_fails_after_the_break_rests_again()
    {
        await using var host = await AiHost.StartAsync(("BreakSeconds", "20"));
        await FailAsync(host, 3);
        host.Time.Advance(TimeSpan.FromSeconds(20));

        await FailAsync(host, 1);

        Assert.Equal(ModelFailure.Resting, (await host.FailureAsync()).Kind);
        Assert.Equal(4, host.Server.Calls.Count);
    }

    [Fact]
    public async Task A_single_student_whose_every_question_waits_in_vain_is_noticed()
    {
        await using var host = await AiHost.StartAsync(("FirstTokenSeconds", "30"));
        for (var i = 0; i < 3; i++)
        {
            var call = host.Server.Next(ModelScripts.Silence());
            var answer = host.AnswerAsync();
            await call.Arrived;
            host.Time.Advance(TimeSpan.FromSeconds(30));
            Assert.Equal(ModelFailure.Slow, (await Assert.ThrowsAsync<ModelUnavailableException>(() => answer)).Kind);
        }

        Assert.Equal(ModelFailure.Resting, (await host.FailureAsync()).Kind);
    }

    [Fact]
    public async Task Only_one_question_tries_a_model_after_its_break()
    {
        await using var host = await AiHost.StartAsync(("BreakSeconds", "20"));
        await FailAsync(host, 3);
        host.Time.Advance(TimeSpan.FromSeconds(20));
        TaskCompletionSource gate = new();
        var trial = host.Server.Next(async call =>
        {
            await call.WaitAsync(gate.Task);
            await ModelScripts.Say("Well again.")(call);
        });
        var first = host.AnswerAsync();
        await trial.Arrived;

        var others = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.FailureAsync()));
        gate.SetResult();

        Assert.All(others, failure => Assert.Equal(ModelFailure.Resting, failure.Kind));
        Assert.Equal("Well again.", await first);
        Assert.Equal(4, host.Server.Calls.Count);
    }

    [Fact]
    public async Task Giving_up_on_a_model_that_is_tried_again_does_not_count_as_its_answer()
    {
        await using var host = await AiHost.StartAsync(("BreakSeconds", "20"));
        await FailAsync(host, 3);
        host.Time.Advance(TimeSpan.FromSeconds(20));
        using var stop = new CancellationTokenSource();
        var trial = host.Server.Next(ModelScripts.Silence());
        var answer = host.Ask(ct: stop.Token).ToChatResponseAsync();
        await trial.Arrived;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);

        Assert.Equal(ModelFailure.Resting, (await host.FailureAsync()).Kind);
        host.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("The lesson says so.", await host.AnswerAsync());
    }

    [Fact]
    public async Task Students_who_interrupt_do_not_make_the_model_rest()
    {
        await using var host = await AiHost.StartAsync();
        for (var i = 0; i < 10; i++)
        {
            using var stop = new CancellationTokenSource();
            var call = host.Server.Next(ModelScripts.Silence());
            var answer = host.Ask(ct: stop.Token).ToChatResponseAsync();
            await call.Arrived;
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        }

        Assert.Equal("The lesson says so.", await host.AnswerAsync());
    }

    [Fact]
    public async Task A_student_cannot_make_the_model_rest_for_all_by_questions_that_it_declines()
    {
        await using var host = await AiHost.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            host.Server.Next(ModelScripts.Fail(400, "context_length_exceeded"));
            host.Server.Next(ModelScripts.Finish("content_filter"));
            Assert.Equal(ModelFailure.Faulty, (await host.FailureAsync()).Kind);
            Assert.Equal(ModelFailure.Faulty, (await host.FailureAsync()).Kind);
        }

        Assert.Equal("The lesson says so.", await host.AnswerAsync());
    }

    [Fact]
    public async Task Single_failures_among_answers_do_not_make_the_model_rest()
    {
        await using var host = await AiHost.StartAsync();
        for (var i = 0; i < 10; i++)
        {
            await host.AnswerAsync();
            await host.AnswerAsync();
            await FailAsync(host, 1);
        }

        Assert.Equal("The lesson says so.", await host.AnswerAsync());
    }

    [Fact]
    public async Task Fifty_questions_at_once_fail_each_for_itself_and_then_the_model_rests()
    {
        await using var host = await AiHost.StartAsync();
        host.Server.Otherwise = ModelScripts.Fail(503);

        var failures = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => host.FailureAsync()));

        Assert.All(failures, failure => Assert.True(failure.Kind is ModelFailure.Faulty or ModelFailure.Resting));
        Assert.Equal(host.Server.Calls.Count, failures.Count(failure => failure.Kind == ModelFailure.Faulty));
        Assert.Equal(ModelFailure.Resting, (await host.FailureAsync()).Kind);
    }

    private static async Task FailAsync(AiHost host, int times)
    {
        for (var i = 0; i < times; i++)
        {
            host.Server.Next(ModelScripts.Fail(503));
            Assert.Equal(ModelFailure.Faulty, (await host.FailureAsync()).Kind);
        }
    }
}
