using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using Lectern.Ai;
using Lectern.Ai.Contracts;
using Lectern.Ai.Resilience;
using Lectern.Tests.Fakes.Model;
using Microsoft.Extensions.AI;

namespace Lectern.Tests.Ai;

/// <summary>Each way in which an endpoint fails has its kind, is told in words that help, and is paid for once.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData(400, ModelFailure.Faulty, "did not accept the question (400, some_error)")]
    [InlineData(401, ModelFailure.Refused, "refused the key (401, some_error): see Ai:Model:ApiKey")]
    [InlineData(403, ModelFailure.Refused, "refused the key (403, some_error): see Ai:Model:ApiKey")]
    [InlineData(404, ModelFailure.Refused, "no such address or model (404, some_error): see Ai:Model:BaseUrl and Ai:Model:Name")]
    [InlineData(408, ModelFailure.Faulty, "answered with an error (408, some_error)")]
    [InlineData(413, ModelFailure.Faulty, "did not accept the question (413, some_error)")]
    [InlineData(429, ModelFailure.Limited, "allows no more requests at the moment (429, some_error)")]
    [InlineData(500, ModelFailure.Faulty, "answered with an error (500, some_error)")]
    [InlineData(502, ModelFailure.Faulty, "answered with an error (502, some_error)")]
    [InlineData(503, ModelFailure.Faulty, "answered with an error (503, some_error)")]
    [InlineData(504, ModelFailure.Faulty, "answered with an error (504, some_error)")]
    public async Task An_error_has_its_kind_and_is_not_tried_again(int status, ModelFailure kind, string told)
    {
        await using var host = await AiHost.StartAsync();
        host.Server.Otherwise = ModelScripts.Fail(status);

        var failure = await host.FailureAsync();

        Assert.Equal(kind, failure.Kind);
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
        Assert.Single(host.Server.Calls);
    }

    [Fact]
    public async Task An_endpoint_that_names_a_time_to_wait_is_quoted()
    {
        await using var host = await AiHost.StartAsync();
        host.Server.Next(ModelScripts.Fail(429, "rate_limit_exceeded", retryAfter: "20"));

        Assert.Contains("(429, rate_limit_exceeded, again after 20 s)", (await host.FailureAsync()).Message, StringComparison.Ordinal);
        Assert.Single(host.Server.Calls);
    }

    [Theory]
    [InlineData("no JSON at all")]
    [InlineData("[]")]
    [InlineData("""{"error": "a text"}""")]
    [InlineData("""{"error": {"code": 7, "type": null}}""")]
    [InlineData("""{"error": {"code": "You said: sk-test-0123456789abcdefSECRET"}}""")]
    [InlineData("")]
    public async Task An_error_may_have_any_body(string body)
    {
        await using var host = await AiHost.StartAsync();
        host.Server.Next(call => call.RawAsync(body, "application/json", 500));

        Assert.Contains("an error (500).", (await host.FailureAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_moved_is_not_followed()
    {
        await using var host = await AiHost.StartAsync();
        host.Server.Next(call =>
        {
            call.Header("Location", "/v1/chat/completions");
            return call.RawAsync("", status: 307);
        });

        var failure = await host.FailureAsync();

        Assert.Equal(ModelFailure.Faulty, failure.Kind);
        Assert.Contains("sends on to another address (307): set Ai:Model:BaseUrl", failure.Message, StringComparison.Ordinal);
        Assert.Single(host.Server.Calls);
    }

    [Fact]
    public async Task A_wrong_path_in_the_address_is_told_as_such()
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var host = await AiHost.StartAsync(("BaseUrl", $"http://127.0.0.1:{server.Port}/api"));

        var failure = await host.FailureAsync();

        Assert.Equal(ModelFailure.Refused, failure.Kind);
        Assert.Contains("Ai:Model:BaseUrl", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_listening_is_unreachable()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var host = await AiHost.StartAsync(("BaseUrl", $"http://127.0.0.1:{port}/v1"));

        Assert.Equal(ModelFailure.Unreachable, (await host.FailureAsync()).Kind);
    }

    [Fact]
    public async Task Https_to_a_plain_server_is_unreachable()
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var host = await AiHost.StartAsync(("BaseUrl", $"https://127.0.0.1:{server.Port}/v1"));

        Assert.Equal(ModelFailure.Unreachable, (await host.FailureAsync()).Kind);
    }

    [Fact]
    public async Task A_connection_that_nobody_accepts_in_time_is_unreachable_not_slow()
    {
        await using var host = await AiHost.StartAsync();
        using var teacher = new GuardedChatClient(new NeverConnected(), new ModelOptions(), host.Time, new AiMetrics(new NoMeters()), host.Log);

        var failure = await Assert.ThrowsAsync<ModelUnavailableException>(() => teacher.GetResponseAsync("Hi"));

        Assert.Equal(ModelFailure.Unreachable, failure.Kind);
    }

    [Fact]
    public async Task A_connection_cut_before_any_word_is_unreachable()
    {
        await using var host = await AiHost.StartAsync();
        host.Server.Otherwise = ModelScripts.Cut();

        Assert.Equal(ModelFailure.Unreachable, (await host.FailureAsync()).Kind);
        Assert.Single(host.Server.Calls);
    }

    [Fact]
    public async Task A_connection_cut_in_the_middle_leaves_the_words_that_came_and_fails()
    {
        await using var host = await AiHost.StartAsync();
        TaskCompletionSource heard = new();
        host.Server.Next(async call =>
        {
            await call.SayAsync("A cell ");
            await call.WaitAsync(heard.Task);
            await call.CutAsync();
        });
        await using var answer = host.Ask().GetAsyncEnumerator();

        Assert.True(await answer.MoveNextAsync());
        Assert.Equal("A cell ", answer.Current.Text);
        heard.SetResult();

        Assert.Equal(ModelFailure.Unreachable, (await Assert.ThrowsAsync<ModelUnavailableException>(() => answer.MoveNextAsync().AsTask())).Kind);
    }

    [Fact]
    public async Task A_stream_that_stops_without_an_end_is_not_taken_for_a_complete_answer()
    {
        await using var host = await AiHost.StartAsync();
        host.Server.Next(call => call.SayAsync("A cell is not"));

        Assert.Equal(ModelFailure.Unreachable, (await host.FailureAsync()).Kind);
    }

    [Theory]
    [InlineData("data: {\"choices\": [{\n\n")]
    [InlineData("data: <html>\n\n")]
    [InlineData("data: {\"choices\": 7}\n\n")]
    [InlineData("data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tired\"}]}\n\n")]
    public async Task Garbage_is_faulty_whether_it_comes_first_or_in_the_middle(string garbage)
    {
        await using var host = await AiHost.StartAsync();

        host.Server.Next(ModelScripts.Garbage(garbage));
        Assert.Equal(ModelFailure.Faulty, (await host.FailureAsync()).Kind);
        host.Server.Next(ModelScripts.Garbage(garbage, "A cell "));
        Assert.Equal(ModelFailure.Faulty, (await host.FailureAsync()).Kind);
    }

    [Theory]
    [InlineData("text/html", "<!doctype html><title>Welcome</title>")]
    [InlineData("application/json", """{"ok": true}""")]
    [InlineData("text/event-stream", "")]
    public async Task A_page_that_is_no_chat_completion_is_faulty(string type, string page)
    {
        await using var host = await AiHost.StartAsync();
        host.Server.Next(call => call.RawAsync(page, type));

        Assert.Equal(ModelFailure.Faulty, (await host.FailureAsync()).Kind);
    }

    [Theory]
    [InlineData("stop", "ended without a word")]
    [InlineData("content_filter", "filter held the answer back")]
    [InlineData("length", "raise Ai:Model:MaxOutputTokens")]
    public async Task An_answer_without_words_is_faulty_and_says_why(string finish, string told)
    {
        await using var host = await AiHost.StartAsync();
        host.Server.Next(ModelScripts.Finish(finish));

        var failure = await host.FailureAsync();

        Assert.Equal(ModelFailure.Faulty, failure.Kind);
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("length")]
    [InlineData("content_filter")]
    public async Task An_answer_that_was_cut_short_says_so_in_its_last_update(string finish)
    {
        await using var host = await AiHost.StartAsync();
        host.Server.Next(ModelScripts.Finish(finish, "A cell "));

        Assert.Equal(finish, (await host.Ask().ToChatResponseAsync()).FinishReason?.Value);
    }

    [Fact]
    public async Task Neither_the_key_nor_the_question_is_repeated_in_what_is_logged_or_thrown()
    {
        const string Question = "why-does-my-secret-question-fail";
        await using var host = await AiHost.StartAsync();
        var told = new StringBuilder();
        Func<FakeModelCall, Task>[] scripts =
        [
            .. new[] { 400, 401, 404, 429, 500 }.Select(status => ModelScripts.Fail(status, $"{AiHost.Key} {Question}", $"Incorrect API key provided: {AiHost.Key}. You asked: {Question}")),
            ModelScripts.Garbage($"data: {AiHost.Key} {Question}\n\n"),
            ModelScripts.Garbage($$$"""data: {"choices":[{"index":0,"delta":{},"finish_reason":"{{{AiHost.Key}}}{{{Question}}}"}]}""" + "\n\n"),
            ModelScripts.Cut(), ModelScripts.Finish("content_filter"),
        ];

        foreach (var script in scripts)
        {
            host.Time.Advance(TimeSpan.FromMinutes(2)); // the breaker forgets
            host.Server.Next(script);
            told.AppendLine((await Assert.ThrowsAsync<ModelUnavailableException>(() => host.Ask(Question).ToChatResponseAsync())).ToString());
        }

        Assert.Equal(scripts.Length, host.Server.Calls.Count);
        var all = $"{told}\n{host.Log.Text}";
        Assert.DoesNotContain("SECRET", all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Question, all, StringComparison.OrdinalIgnoreCase);
    }

    // As HttpClient ends a call whose ConnectTimeout has passed.
    private sealed class NeverConnected : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            if (cancellationToken.CanBeCanceled)
                throw new TaskCanceledException("The operation was canceled.", new TimeoutException());
            yield break;
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    private sealed class NoMeters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
