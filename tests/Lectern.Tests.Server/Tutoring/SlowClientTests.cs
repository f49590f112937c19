using System.Net.WebSockets;
using Lectern.Tests.Fakes.Model;
using Lectern.Tests.Fakes.Speech;
using Lectern.Tests.Server.Fakes;
using Lectern.Tutoring.Live;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>Clients that do not read what they are sent.</summary>
[Collection(ProgramCollection.Name)]
public sealed class SlowClientTests(LecternProgram program) : IAsyncLifetime
{
    private FakeSpeechServer _speech = null!; // set by InitializeAsync
    private FakeModelServer _model = null!; // set by InitializeAsync
    private LecternNode _node = null!; // set by InitializeAsync

    public async Task InitializeAsync()
    {
        _speech = await FakeSpeechServer.StartAsync();
        _model = await FakeModelServer.StartAsync();
        _node = await program.StartNodeAsync(new Dictionary<string, string>([.. Model.Settings(_model), .. SpeakingNode.Settings(_speech)]), more: builder => builder.WebHost.UseSockets(KeepLittle));
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        await _model.DisposeAsync();
        await _speech.DisposeAsync();
    }

    [Fact]
    public async Task One_that_never_reads_is_dropped_and_others_do_not_suffer()
    {
        using var student = await Student.NewAsync(program, _node);
        using var neighbour = await Student.NewAsync(program, _node);
        var (_, line) = await student.TalkAsync(_node);
        await using var _1 = line;
        await using var other = await LiveClient.EnterAsync(_node, (await neighbour.StartAsync()).Ticket, audio: new { @out = "pcm16" });
        _ = new LivePlayer(other, 24_000);

        var dropped = OverflowAsync(student, line);
        Assert.Equal("completed", (await other.AskAsync("m-1", "What does water do?")).GetProperty("outcome").GetString());
        await dropped;

        // The line is broken off: nobody could tell it anything.
        await Assert.ThrowsAsync<WebSocketException>(() => SendUntilBrokenAsync(line));
        Assert.Equal("completed", (await other.AskAsync("m-2", "What does water do?")).GetProperty("outcome").GetString());
        Assert.NotEmpty(other.Sounds);
    }

    [Fact]
    public async Task One_that_reads_again_in_time_is_told_to_come_back_and_has_missed_nothing()
    {
        using var student = await Student.NewAsync(program, _node);
        var (session, line) = await student.TalkAsync(_node);
        await using var _ = line;
        var asked = await OverflowAsync(student, line);

        Assert.Equal(1013, await line.ClosedAsync());
        await using var again = await LiveClient.EnterAsync(_node, await student.TicketAsync(session.Id), line.LastSeq);

        var turns = again.Frames[0].GetProperty("turns").EnumerateArray().Skip(1).ToList();
        Assert.Equal(asked, turns.Count);
        Assert.All(turns, turn => Assert.Equal("completed", turn.GetProperty("answer").GetProperty("outcome").GetString()));
    }

    /// <summary>Makes the server send more than fits on the way, and then 256 frames more.</summary>
    /// <returns>How many questions that took.</returns>
    private async Task<int> OverflowAsync(Student student, LiveClient line)
    {
        _model.Otherwise = ModelScripts.Answer(asked => asked.Contains("And then?", StringComparison.Ordinal) ? string.Concat(Enumerable.Repeat("It is a long story. ", 900)) : "It moves. ");
        var session = line.Frames[0].GetProperty("session").GetGuid();
        var sessions = _node.Services.GetRequiredService<LiveSessions>();
        for (var i = 1; i < 20; i++)
        {
            await line.SayAsync($"m-{i}", "And then?");
            while (!await IsAnsweredAsync(student, session, i))
                await Task.Delay(50);
            if (sessions.Find(session) is { IsConnected: false })
                return i;
        }
        throw new InvalidOperationException("Twenty answers found room on the way.");
    }

    private static async Task<bool> IsAnsweredAsync(Student student, Guid session, int turn)
    {
        var turns = (await student.TranscriptAsync(session)).GetProperty("turns");
        return turns.GetArrayLength() > turn && turns[turn].GetProperty("answer") is { ValueKind: System.Text.Json.JsonValueKind.Object } answer && answer.GetProperty("outcome").GetString() != "running";
    }

    private static async Task SendUntilBrokenAsync(LiveClient line)
    {
        for (var i = 0; i < 300; i++)
        {
            await line.SendAsync("presence");
            await Task.Delay(100);
        }
    }

    // What the machine itself would hold on the way is several MB, which take long to fill.
    private static void KeepLittle(SocketTransportOptions sockets) => sockets.CreateBoundListenSocket = endpoint =>
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        socket.SendBufferSize = 16 * 1024;
        return socket;
    };
}
