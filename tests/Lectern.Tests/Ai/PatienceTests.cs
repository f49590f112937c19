using Lectern.Ai;
using Lectern.Ai.Contracts;
using Lectern.Ai.OpenAi;
using Lectern.Tests.Fakes.Model;
using Microsoft.Extensions.AI;

namespace Lectern.Tests.Ai;

/// <summary>An answer ends when its time is over or when nobody wants it any more, and the endpoint learns it.</summary>
public sealed class PatienceTests
{
    [Fact]
    public async Task Silence_before_the_first_word_ends_after_the_patience_for_it()
    {
        await using var host = await AiHost.StartAsync(("FirstTokenSeconds", "15"), ("IdleSeconds", "3"));
        var call = host.Server.Next(ModelScripts.Silence());
        var answer = host.AnswerAsync();
        await call.Arrived;

        host.Time.Advance(TimeSpan.FromSeconds(14.9));
        Assert.False(call.Gone.IsCompleted);
        Assert.False(answer.IsCompleted);
        host.Time.Advance(TimeSpan.FromSeconds(0.2));

        var failure = await Assert.ThrowsAsync<ModelUnavailableException>(() => answer);
        Assert.Equal(ModelFailure.Slow, failure.Kind);
        Assert.Contains("15 s (Ai:Model:FirstTokenSeconds)", failure.Message, StringComparison.Ordinal);
        await call.Gone;
    }

    [Fact]
    public async Task Updates_without_words_do_not_stretch_the_patience_for_the_first_word()
    {
        await using var host = await AiHost.StartAsync(("FirstTokenSeconds", "15"));
        var call = host.Server.Next(ModelScripts.Silence("", "", ""));
        var answer = host.AnswerAsync();
        await call.Arrived;

        host.Time.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(ModelFailure.Slow, (await Assert.ThrowsAsync<ModelUnavailableException>(() => answer)).Kind);
        await call.Gone;
    }

    [Fact]
    public async Task Silence_in_the_middle_ends_after_the_patience_between_words()
    {
        await using var host = await AiHost.StartAsync(("FirstTokenSeconds", "15"), ("IdleSeconds", "10"));
        var call = host.Server.Next(ModelScripts.Silence("A cell "));
        await using var answer = host.Ask().GetAsyncEnumerator();
        Assert.True(await answer.MoveNextAsync());

        var more = answer.MoveNextAsync().AsTask();
        host.Time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(more.IsCompleted);
        host.Time.Advance(TimeSpan.FromSeconds(0.2));

        var failure = await Assert.ThrowsAsync<ModelUnavailableException>(() => more);
        Assert.Equal(ModelFailure.Slow, failure.Kind);
        Assert.Contains("10 s in the middle of its answer (Ai:Model:IdleSeconds)", failure.Message, StringComparison.Ordinal);
        await call.Gone;
    }

    [Fact]
    public async Task Whoever_speaks_the_words_may_take_longer_over_them_than_the_model_may_pause()
    {
        await using var host = await AiHost.StartAsync(("FirstTokenSeconds", "15"), ("IdleSeconds", "10"), ("TotalSeconds", "600"));
        host.Server.Next(ModelScripts.Say("A cell ", "divides."));
        var said = "";

        await foreach (var update in host.Ask())
        {
            said += update.Text;
            host.Time.Advance(TimeSpan.FromSeconds(60));
        }

        Assert.Equal("A cell divides.", said);
    }

    [Fact]
    public async Task An_answer_that_never_ends_is_ended_after_the_time_for_all_of_it()
    {
        await using var host = await AiHost.StartAsync(("IdleSeconds", "10"), ("TotalSeconds", "30"));
        using var permits = new SemaphoreSlim(0);
        var call = host.Server.Next(ModelScripts.Endless("and ", permits));
        var words = 0;

        var failure = await Assert.ThrowsAsync<ModelUnavailableException>(async () =>
        {
            permits.Release();
            await foreach (var update in host.Ask())
            {
                words += update.Text.Length > 0 ? 1 : 0;
                host.Time.Advance(TimeSpan.FromSeconds(8));
                permits.Release();
            }
        });

        Assert.Equal((ModelFailure.Slow, 4), (failure.Kind, words));
        Assert.Contains("30 s (Ai:Model:TotalSeconds)", failure.Message, StringComparison.Ordinal);
        await call.Gone;
    }

    [Fact]
    public async Task Cancelling_before_the_first_word_reaches_the_endpoint()
    {
        await using var host = await AiHost.StartAsync();
        using var stop = new CancellationTokenSource();
        var call = host.Server.Next(ModelScripts.Silence());
        var answer = host.Ask(ct: stop.Token).ToChatResponseAsync();
        await call.Arrived;

        await stop.CancelAsync();

        Assert.Equal(stop.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer)).CancellationToken);
        await call.Gone;
    }

    [Fact]
    public async Task Cancelling_in_the_middle_reaches_the_endpoint()
    {
        await using var host = await AiHost.StartAsync();
        using var stop = new CancellationTokenSource();
        var call = host.Server.Next(ModelScripts.Silence("A cell "));
        await using var answer = host.Ask(ct: stop.Token).GetAsyncEnumerator();
        Assert.True(await answer.MoveNextAsync());
        var more = answer.MoveNextAsync().AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => more);
        await call.Gone;
    }

    [Fact]
    public async Task Leaving_an_answer_without_reading_it_to_its_end_stops_it_too()
    {
        await using var host = await AiHost.StartAsync();
        var call = host.Server.Next(ModelScripts.Silence("A cell ", "is "));

        await foreach (var update in host.Ask())
        {
            if (update.Text.Length > 0)
                break;
        }

        await call.Gone;
    }

    [Fact]
    public async Task A_question_that_is_cancelled_already_is_not_asked()
    {
        await using var host = await AiHost.StartAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Ask(ct: new CancellationToken(canceled: true)).ToChatResponseAsync());

        Assert.Empty(host.Server.Calls);
    }

    [Fact]
    public void The_library_keeps_no_clock_of_its_own()
    {
        // Its own 100 seconds pass on the real clock, which no test waits for; 300 may be set here.
        using var http = new HttpClient();
        var settings = OpenAiChatClient.Settings(new ModelOptions { BaseUrl = "http://127.0.0.1/v1" }, http);

        Assert.Equal(Timeout.InfiniteTimeSpan, settings.NetworkTimeout);
    }
}
