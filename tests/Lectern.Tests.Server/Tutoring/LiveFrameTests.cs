using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Lectern.Tests.Server.Fakes;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>Frames that a server must not trust: unknown, malformed, too large, too many, too early.</summary>
[Collection(ProgramCollection.Name)]
public sealed class LiveFrameTests(LecternProgram program)
{
    private const string Question = "What is a membrane made of?";

    [Fact]
    public async Task Unknown_types_unknown_fields_and_binary_frames_are_ignored()
    {
        using var student = await Student.NewAsync(program);
        var (_, line) = await student.TalkAsync(program.Node);
        await using var _1 = line;

        await line.SendAsync(new { type = "dance", with = "me" });
        await line.SendAsync(new { type = "hello", client = new { name = "again", version = "1" } });
        await line.SendRawAsync([1, 2, 3], WebSocketMessageType.Binary);
        await line.SendRawAsync(new byte[100_000], WebSocketMessageType.Binary);
        await line.SendAsync(new { type = "ping", t = 7, colour = "blue" });
        await line.UntilAsync("pong");

        Assert.Equal(["ready", "pong"], line.Types);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"type":"say","text":"no id"}""")]
    [InlineData("""{"type":"say","id":"a b","text":"bad id"}""")]
    [InlineData("""{"type":"say","id":"m-1"}""")]
    [InlineData("""{"type":"say","id":"m-1","text":7}""")]
    [InlineData("""{"type":"pace","value":"fast"}""")]
    [InlineData("""{"type":"ping"}""")]
    [InlineData("""{"type":"say","id":"m-1","text":"\ud800"}""")]
    [InlineData("""{"type":"\ud800"}""")]
    public async Task The_third_malformed_frame_is_fatal(string malformed)
    {
        using var student = await Student.NewAsync(program);
        var (_, line) = await student.TalkAsync(program.Node);
        await using var _1 = line;

        for (var i = 0; i < 3; i++)
            await line.SendRawAsync(malformed);
        await line.SayAsync("m-9", Question);
        var code = await line.ClosedAsync();

        Assert.Equal(4002, code);
        Assert.Equal(["ready", "error", "error", "error"], line.Types);
        Assert.All(line.Frames.Skip(1), error => Assert.Equal("malformed", error.GetProperty("code").GetString()));
        Assert.Equal([false, false, true], line.Frames.Skip(1).Select(error => error.GetProperty("fatal").GetBoolean()));
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_malformed()
    {
        using var student = await Student.NewAsync(program);
        var (_, line) = await student.TalkAsync(program.Node);
        await using var _1 = line;

        // A text frame must be UTF-8 for the WebSocket layer already, so it may close before the protocol sees it.
        await line.SendRawAsync([.. """{"type":"say","id":"m-1","text":" """u8, 0xFF, 0xFE, .. "\"}"u8], WebSocketMessageType.Text);
        await line.SendAsync("end");
        await line.ClosedAsync();

        Assert.DoesNotContain("question", line.Types);
    }

    [Fact]
    public async Task A_frame_of_16_KiB_is_read_and_a_larger_one_closes_with_1009()
    {
        using var student = await Student.NewAsync(program);
        var (_, line) = await student.TalkAsync(program.Node);
        await using var _1 = line;

        await line.SendRawAsync(Padded("""{"type":"ping","t":1,"pad":""}""", 16 * 1024));
        await line.UntilAsync("pong");
        await line.SendRawAsync(Padded("""{"type":"ping","t":1,"pad":""}""", 16 * 1024 + 1));

        Assert.Equal(1009, await line.ClosedAsync());
    }

    [Fact]
    public async Task A_frame_of_a_megabyte_closes_with_1009_too()
    {
        using var student = await Student.NewAsync(program);
        var (_, line) = await student.TalkAsync(program.Node);
        await using var _1 = line;

        await line.SendRawAsync(Padded("""{"type":"ping","t":1,"pad":""}""", 1024 * 1024));

        Assert.Equal(1009, await line.ClosedAsync());
    }

    [Fact]
    public async Task The_21st_frame_in_ten_seconds_is_a_flood()
    {
        using var student = await Student.NewAsync(program);
        var (session, line) = await student.TalkAsync(program.Node);
        await using var _ = line;

        for (var i = 0; i < 40; i++)
            await line.SendAsync(new { type = "ping", t = i });
        var code = await line.ClosedAsync();

        Assert.Equal(4008, code);
        Assert.Equal(19, line.Types.Count(type => type == "pong"));
        Assert.Equal(("flood", true), (line.Frames[^1].GetProperty("code").GetString(), line.Frames[^1].GetProperty("fatal").GetBoolean()));
        await using var again = await LiveClient.EnterAsync(program.Node, await student.TicketAsync(session.Id));
    }

    [Fact]
    public async Task Anything_before_hello_is_turned_away()
    {
        using var student = await Student.NewAsync(program);
        var session = await student.StartAsync();
        await using var line = await LiveClient.OpenAsync(program.Node, session.Ticket);

        await line.SayAsync("m-1", Question);
        await line.HelloAsync(ticket: null);
        var code = await line.ClosedAsync();

        Assert.Equal(4001, code);
        Assert.Equal(["error"], line.Types);
        Assert.Equal("no-hello", line.Frames[0].GetProperty("code").GetString());
    }

    private static string Padded(string frame, int bytes) => frame.Replace("\"pad\":\"", $"\"pad\":\"{new string('x', bytes - Encoding.UTF8.GetByteCount(frame))}", StringComparison.Ordinal);
}
