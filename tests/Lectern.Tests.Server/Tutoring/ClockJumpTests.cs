using System.Text.Json;
using Lectern.Tests.Server.Fakes;
using Lectern.Tutoring.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>A node whose clock is set, in the middle of conversations.</summary>
[Collection(ProgramCollection.Name)]
public sealed class ClockJumpTests(LecternProgram program)
{
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_conversation_goes_on_and_can_be_ended(int hours)
    {
        var clock = new ShiftedTime();
        await using var node = await program.StartNodeAsync(new Dictionary<string, string> { ["Tutoring:LeaseSeconds"] = "5" }, time: clock);
        using var student = await Student.NewAsync(program, node);
        var (session, line) = await student.TalkAsync(node);
        await using var _ = line;
        await line.AskAsync("m-1", "What is a membrane made of?");

        clock.Shift = TimeSpan.FromHours(hours);
        await line.AskAsync("m-2", "What does the nucleus do?");
        await line.AskAsync("m-3", "What is osmosis?");
        await line.SendAsync("end");

        Assert.Equal("student", (await line.UntilAsync("ended")).GetProperty("reason").GetString());
        var transcript = await student.At(program.Node).TranscriptAsync(session.Id);
        Assert.Equal((4, "student"), (transcript.GetProperty("turns").GetArrayLength(), transcript.GetProperty("endReason").GetString()));
    }

    [Fact]
    public async Task A_clock_that_was_put_back_neither_ends_a_session_nor_keeps_a_line_from_coming_back()
    {
        var clock = new ShiftedTime();
        await using var node = await program.StartNodeAsync(time: clock);
        using var student = await Student.NewAsync(program, node);
        var (session, line) = await student.TalkAsync(node);
        await line.AskAsync("m-1", "What is a membrane made of?");

        clock.Shift = TimeSpan.FromHours(-1);
        line.Break();
        await line.DisposeAsync();
        await SweepAsync(node);
        await using var again = await LiveClient.EnterAsync(node, await student.TicketAsync(session.Id));

        Assert.Equal(2, (await again.AskAsync("m-2", "What does the nucleus do?")).GetProperty("turn").GetInt32());
    }

    [Fact]
    public async Task A_node_whose_clock_is_ahead_ends_nothing_that_another_holds()
    {
        var clock = new ShiftedTime();
        await using var ahead = await program.StartNodeAsync(time: clock);
        using var student = await Student.NewAsync(program);
        var (session, line) = await student.TalkAsync(program.Node);
        await using var _ = line;

        clock.Shift = TimeSpan.FromHours(1);
        await SweepAsync(ahead);

        await line.AskAsync("m-1", "What is a membrane made of?");
        Assert.Equal(JsonValueKind.Null, (await student.TranscriptAsync(session.Id)).GetProperty("endedAt").ValueKind);
    }

    private static async Task SweepAsync(LecternNode node)
    {
        await using var scope = node.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SweepSessions>().RunAsync(default);
    }
}
