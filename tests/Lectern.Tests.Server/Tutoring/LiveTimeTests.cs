using System.Text.Json;
using Lectern.Tests.Fakes;
using Lectern.Tests.Server.Fakes;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>What happens by the clock, on a node whose clock only the test moves.</summary>
[Collection(ProgramCollection.Name)]
public sealed class LiveTimeTests(LecternProgram program)
{
    private readonly VirtualTime _time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task Who_says_no_hello_within_ten_seconds_is_turned_away()
    {
        await using var node = await program.StartNodeAsync(time: _time);
        await using var line = await LiveClient.OpenAsync(node);

        var (error, after) = await PassUntilAsync(line.UntilAsync("error"), TimeSpan.FromSeconds(1));

        Assert.Equal(("no-hello", true), (error.GetProperty("code").GetString(), error.GetProperty("fatal").GetBoolean()));
        Assert.InRange(after.TotalSeconds, 10, 12);
        Assert.Equal(4001, await line.ClosedAsync());
    }

    [Fact]
    public async Task An_idle_session_is_warned_a_minute_before_and_ended_after_five()
    {
        await using var node = await program.StartNodeAsync(time: _time);
        using var student = await Student.NewAsync(program, node);
        var (session, line) = await student.TalkAsync(node);
        await using var _ = line;

        var (warned, afterWarning) = await PassUntilAsync(line.UntilAsync("time"));
        await line.SendAsync("presence");
        var (again, afterPresence) = await PassUntilAsync(line.UntilAsync("time"));
        var (ended, afterAll) = await PassUntilAsync(line.UntilAsync("ended"));

        Assert.Equal(("idle", "idle", "idle"), (warned.GetProperty("kind").GetString(), again.GetProperty("kind").GetString(), ended.GetProperty("reason").GetString()));
        Assert.InRange(warned.GetProperty("secondsLeft").GetInt32(), 50, 60);
        Assert.InRange(afterWarning.TotalMinutes, 3.9, 4.4);
        Assert.InRange(afterPresence.TotalMinutes, 3.5, 4.4);
        Assert.InRange(afterAll.TotalMinutes, 0.8, 1.4);
        Assert.Equal(1000, await line.ClosedAsync());
        Assert.Equal("idle", (await student.TranscriptAsync(session.Id)).GetProperty("endReason").GetString());
    }

    [Fact]
    public async Task Pings_alone_do_not_keep_a_session_from_idling()
    {
        await using var node = await program.StartNodeAsync(time: _time);
        using var student = await Student.NewAsync(program, node);
        var (_, line) = await student.TalkAsync(node);
        await using var _1 = line;
        var ended = line.UntilAsync("ended");

        for (var minutes = 0; minutes < 30 && !ended.IsCompleted; minutes++)
        {
            await line.SendAsync(new { type = "ping", t = minutes });
            await PassAsync(ended, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10));
        }

        Assert.Equal("idle", (await ended).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_session_is_warned_5_minutes_and_1_minute_before_its_time_is_over_and_ended_then()
    {
        await using var node = await program.StartNodeAsync(time: _time);
        using var student = await Student.NewAsync(program, node);
        var (_, line) = await student.TalkAsync(node);
        await using var _1 = line;
        var start = _time.GetUtcNow();
        var warnings = new List<(double Minutes, int SecondsLeft)>();

        var frame = await NextAsync(line);
        for (; TypeOf(frame) != "ended"; frame = await NextAsync(line))
        {
            if (TypeOf(frame) == "time" && frame.GetProperty("kind").GetString() == "ending")
                warnings.Add(((_time.GetUtcNow() - start).TotalMinutes, frame.GetProperty("secondsLeft").GetInt32()));
        }

        Assert.Equal("time", frame.GetProperty("reason").GetString());
        Assert.Equal(2, warnings.Count);
        Assert.InRange(warnings[0].Minutes, 24.9, 25.6);
        Assert.InRange(warnings[0].SecondsLeft, 270, 300);
        Assert.InRange(warnings[1].Minutes, 28.9, 29.6);
        Assert.InRange(warnings[1].SecondsLeft, 40, 60);
        Assert.InRange((_time.GetUtcNow() - start).TotalMinutes, 29.9, 30.6);
    }

    // Presence keeps the session from idling while its time runs out.
    private async Task<JsonElement> NextAsync(LiveClient line)
    {
        var next = line.ReadAsync();
        while (!next.IsCompleted)
        {
            await PassAsync(next, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(10));
            if (!next.IsCompleted)
                await line.SendAsync("presence");
        }
        return (await next)!.Value; // "ended" comes before the close
    }

    private async Task<(T Result, TimeSpan After)> PassUntilAsync<T>(Task<T> wanted, TimeSpan? step = null)
    {
        var start = _time.GetUtcNow();
        await PassAsync(wanted, TimeSpan.FromHours(1), step ?? TimeSpan.FromSeconds(5));
        return (await wanted, _time.GetUtcNow() - start);
    }

    // The node runs on threads of its own: between two steps of the clock they get a moment to do what fell due.
    private async Task PassAsync(Task until, TimeSpan most, TimeSpan step)
    {
        for (var passed = TimeSpan.Zero; passed < most && !until.IsCompleted; passed += step)
        {
            _time.Advance(step);
            await Task.WhenAny(until, Task.Delay(30));
        }
    }

    private static string TypeOf(JsonElement frame) => frame.GetProperty("type").GetString()!; // every frame has a type
}
