using Lectern.Ai;
using Lectern.Ai.OpenAi;
using Lectern.Tests.Fakes.Model;
using Microsoft.Extensions.AI;

namespace Lectern.Tests.Ai;

public sealed class StreamingTests
{
    [Fact]
    public async Task Words_arrive_in_order_each_as_soon_as_it_was_said()
    {
        await using var host = await AiHost.StartAsync();
        TaskCompletionSource first = new(), second = new();
        host.Server.Next(async call =>
        {
            await call.SayAsync("A cell ");
            await call.WaitAsync(first.Task);
            await call.SayAsync("has a ");
            await call.WaitAsync(second.Task);
            await call.SayAsync("membrane.");
            await call.FinishAsync();
            await call.EndAsync();
        });
        await using var answer = host.Ask().GetAsyncEnumerator();

        Assert.Equal("A cell ", await NextWords(answer));
        first.SetResult(); // the next words are not said before the first were received
        Assert.Equal("has a ", await NextWords(answer));
        second.SetResult();
        Assert.Equal("membrane.", await NextWords(answer));
        Assert.Null(await NextWords(answer));
    }

    [Fact]
    public async Task A_stream_may_be_awaited_as_a_whole_with_its_usage_and_its_end()
    {
        await using var host = await AiHost.StartAsync();
        host.Server.Next(ModelScripts.Finish("length", "Cells ", "divide"));

        var whole = await host.Teacher.GetResponseAsync([new(ChatRole.User, "What do cells do?")]);

        Assert.Equal("Cells divide", whole.Text);
        Assert.Equal(ChatFinishReason.Length, whole.FinishReason);
        Assert.Equal((11, 7), (whole.Usage?.InputTokenCount, whole.Usage?.OutputTokenCount));
    }

    [Fact]
    public async Task What_is_sent_is_the_model_the_messages_the_limits_and_the_key_and_nothing_else()
    {
        await using var host = await AiHost.StartAsync(("Temperature", "0.2"), ("MaxOutputTokens", "321"));

        await host.Teacher.GetResponseAsync([new(ChatRole.System, "Be kind."), new(ChatRole.User, "Hi"), new(ChatRole.Assistant, "Hello."), new(ChatRole.User, "What is \"DNA\"?\n")]);

        var call = Assert.Single(host.Server.Calls);
        Assert.Equal("wise-owl-1", call.Model);
        Assert.Equal([("system", "Be kind."), ("user", "Hi"), ("assistant", "Hello."), ("user", "What is \"DNA\"?\n")], call.Messages);
        Assert.Equal(321, call.Body.GetProperty("max_tokens").GetInt32());
        Assert.Equal(0.2, call.Body.GetProperty("temperature").GetDouble(), 3);
        Assert.True(call.Body.GetProperty("stream").GetBoolean());
        Assert.Equal(["max_tokens", "messages", "model", "stream", "stream_options", "temperature"], call.Body.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
        Assert.Equal($"Bearer {AiHost.Key}", call.Headers["Authorization"]);
        // X-Stainless-…: the names and versions of the library, .NET and the operating system, as docs/configuration.md says.
        Assert.Empty(call.Headers.Keys.Where(name => !name.StartsWith("X-Stainless-", StringComparison.Ordinal)).Except(["Authorization", "Host", "User-Agent", "Accept", "Content-Type", "Content-Length", "Transfer-Encoding", "traceparent"], StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Without_a_temperature_none_is_sent_since_some_models_refuse_any()
    {
        await using var host = await AiHost.StartAsync(("Temperature", ""));

        await host.AnswerAsync();

        Assert.False(host.Server.Calls[0].Body.TryGetProperty("temperature", out _));
    }

    [Fact]
    public async Task The_callers_options_go_before_the_settings_and_stay_as_they_are()
    {
        await using var host = await AiHost.StartAsync(("Temperature", "0.2"));
        var options = new ChatOptions { MaxOutputTokens = 40 };

        await host.Ask(options: options).ToChatResponseAsync();

        Assert.Equal(40, host.Server.Calls[0].Body.GetProperty("max_tokens").GetInt32());
        Assert.Null(options.Temperature);
        Assert.Equal(40, options.MaxOutputTokens);
    }

    [Theory]
    [InlineData("api.openai.com", "max_completion_tokens")]
    [InlineData("school.openai.azure.com", "max_completion_tokens")]
    [InlineData("openai.com.evil.example", "max_tokens")]
    [InlineData("api.mistral.ai", "max_tokens")]
    public async Task The_limit_has_the_name_that_the_endpoint_knows(string host, string name)
    {
        await using var server = await FakeModelServer.StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, ct) => ConnectTo(server.Port, ct) });
        using var client = new OpenAiChatClient(new ModelOptions { BaseUrl = $"http://{host}/v1/", Name = "m", ApiKey = "k" }, http);

        await client.GetResponseAsync([new(ChatRole.User, "Hi")], new ChatOptions { MaxOutputTokens = 50 });

        Assert.Equal([name], server.Calls[0].Body.EnumerateObject().Select(field => field.Name).Where(field => field.StartsWith("max_", StringComparison.Ordinal)));
        Assert.Equal(50, server.Calls[0].Body.GetProperty(name).GetInt32());
    }

    [Fact]
    public async Task A_server_that_asks_for_no_key_is_sent_none_of_ours()
    {
        await using var host = await AiHost.StartAsync(("ApiKey", ""));

        Assert.Equal("The lesson says so.", await host.AnswerAsync());

        Assert.Equal("Bearer none", host.Server.Calls[0].Headers["Authorization"]);
    }

    [Fact]
    public async Task Many_answers_at_once_do_not_mix()
    {
        await using var host = await AiHost.StartAsync();
        host.Server.Otherwise = ModelScripts.Answer(question => $"{question} {question} {question}");

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => host.Ask($"q{i}").ToChatResponseAsync()));

        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"q{i} q{i} q{i}"), answers.Select(answer => answer.Text));
    }

    [Fact]
    public async Task A_thinking_model_may_send_updates_without_words_first()
    {
        await using var host = await AiHost.StartAsync();
        host.Server.Next(async call =>
        {
            await call.RawAsync("""data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","reasoning_content":"Hm."},"finish_reason":null}]}""" + "\n\n");
            await call.RawAsync(": a comment that keeps the connection open\n\n");
            await call.SayAsync("Yes.");
            await call.FinishAsync();
            await call.EndAsync();
        });

        Assert.Equal("Yes.", await host.AnswerAsync());
    }

    private static async Task<string?> NextWords(IAsyncEnumerator<ChatResponseUpdate> answer)
    {
        while (await answer.MoveNextAsync())
        {
            if (answer.Current.Text.Length > 0)
                return answer.Current.Text;
        }
        return null;
    }

    private static async ValueTask<Stream> ConnectTo(int port, CancellationToken ct)
    {
        var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        await socket.ConnectAsync(System.Net.IPAddress.Loopback, port, ct);
        return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
    }
}
