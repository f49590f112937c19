using System.Net.Http.Json;
using System.Text.Json;

namespace Lectern.Tests.Fakes.Model;

public sealed class FakeModelServerTests
{
    [Fact]
    public async Task A_request_without_stream_is_answered_whole()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var http = new HttpClient();
        server.Next(ModelScripts.Finish("length", "A ", "cell"));

        var answer = await http.PostAsJsonAsync($"{server.BaseUrl}/chat/completions", new { model = "m", messages = new[] { new { role = "user", content = "Hi" } } });
        var completion = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal("chat.completion", completion.GetProperty("object").GetString());
        Assert.Equal("A cell", completion.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("length", completion.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal(18, completion.GetProperty("usage").GetProperty("total_tokens").GetInt32());
    }

    [Fact]
    public async Task A_stream_has_a_role_words_an_end_and_tokens_only_where_asked_for()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var http = new HttpClient();
        object Request(bool usage) => new { model = "m", stream = true, stream_options = new { include_usage = usage }, messages = new[] { new { role = "user", content = "Hi" } } };

        var with = await (await http.PostAsJsonAsync($"{server.BaseUrl}/chat/completions", Request(true))).Content.ReadAsStringAsync();
        var without = await (await http.PostAsJsonAsync($"{server.BaseUrl}/chat/completions", Request(false))).Content.ReadAsStringAsync();

        Assert.StartsWith("data: {", with, StringComparison.Ordinal);
        Assert.Contains("\"role\":\"assistant\"", with[..with.IndexOf("\n\n", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", with, StringComparison.Ordinal);
        Assert.Contains("prompt_tokens", with, StringComparison.Ordinal);
        Assert.DoesNotContain("prompt_tokens", without, StringComparison.Ordinal);
    }
}
