using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lectern.Platform.Data;
using Lectern.Tests.Fakes.Model;
using Lectern.Tests.Server.Fakes;
using Lectern.Tutoring.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>A node whose database goes away, for a while: conversations go on, and nothing is lost.</summary>
[Collection(ProgramCollection.Name)]
public sealed class OutageTests(LecternProgram program) : OutageNode(program)
{
    private static readonly string[] Ids = ["m-1", "m-2", "m-3"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_conversation_goes_on_while_the_database_is_away_and_is_stored_whole_afterwards(bool isSilent)
    {
        using var student = await Student.NewAsync(Program, Node);
        var (session, line) = await student.TalkAsync(Node);
        await using var _ = line;
        await line.AskAsync("m-1", "What is a membrane made of?");
        var more = new TaskCompletionSource();
        ModelServer.Next(async call =>
        {
            await call.SayAsync("A membrane is a double layer. It is ");
            await call.WaitAsync(more.Task);
            await ModelScripts.Say("oily inside. And so on.")(call);
        });

        await line.SayAsync("m-2", "And what is inside it?");
        await line.UntilAsync("phrase", frame => frame.GetProperty("turn").GetInt32() == 2);
        TakeAway(isSilent);
        more.SetResult();
        Assert.False((await line.UntilAsync("saved")).GetProperty("value").GetBoolean());
        await line.UntilAsync("answer", frame => frame.GetProperty("turn").GetInt32() == 2);
        Assert.Equal("completed", (await line.AskAsync("m-3", "What does the nucleus do?")).GetProperty("outcome").GetString());
        Database.Mend();
        Assert.True((await line.UntilAsync("saved")).GetProperty("value").GetBoolean());

        Assert.DoesNotContain("error", line.Types);
        await BackAsync();
        var turns = (await student.TranscriptAsync(session.Id)).GetProperty("turns").EnumerateArray().Skip(1).ToList();
        Assert.Equal(Ids, turns.Select(turn => turn.GetProperty("question").GetProperty("id").GetString()));
        Assert.Equal([1, 2, 3], turns.Select(turn => turn.GetProperty("turn").GetInt32()));
        Assert.Equal("A membrane is a double layer. It is oily inside. And so on.", turns[1].GetProperty("answer").GetProperty("text").GetString());
        Assert.Equal(Shown(line), turns.Select(turn => turn.GetProperty("answer").GetProperty("text").GetString()));
    }

    [Fact]
    public async Task The_teacher_finds_its_passages_in_memory()
    {
        using var student = await Student.NewAsync(Program, Node);
        var (_, line) = await student.TalkAsync(Node);
        await using var _1 = line;
        await line.AskAsync("m-1", "What is a membrane made of?");
        var before = Passages();

        TakeAway(isSilent: false);
        await AwayAsync();
        await line.AskAsync("m-2", "What is a membrane made of?");

        Assert.Equal(before, Passages());
        Assert.Contains("membrane", before, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Without_a_model_and_a_database_the_course_is_quoted_from_memory()
    {
        using var student = await Student.NewAsync(Program, Node);
        var (_, line) = await student.TalkAsync(Node);
        await using var _1 = line;
        ModelServer.Otherwise = ModelScripts.Fail(503);
        var before = await line.AskAsync("m-1", "What is a membrane made of?");

        TakeAway(isSilent: false);
        await AwayAsync();
        var meanwhile = await line.AskAsync("m-2", "What is a membrane made of?");

        Assert.Equal(before.GetProperty("citations").GetRawText(), meanwhile.GetProperty("citations").GetRawText());
        Assert.Equal("quoted", meanwhile.GetProperty("grounded").GetString());
    }

    [Fact]
    public async Task A_conversation_ended_meanwhile_is_stored_with_all_that_was_said()
    {
        using var student = await Student.NewAsync(Program, Node);
        var (session, line) = await student.TalkAsync(Node);
        await using var _ = line;
        await line.AskAsync("m-1", "What is a membrane made of?");
        TakeAway(isSilent: false);
        await line.AskAsync("m-2", "What does the nucleus do?");

        await line.SendAsync("end");
        Assert.Equal("student", (await line.UntilAsync("ended")).GetProperty("reason").GetString());
        Assert.Equal(1000, await line.ClosedAsync());
        Database.Mend();

        var transcript = await EventuallyAsync(() => student.At(Program.Node).TranscriptAsync(session.Id), found => found.GetProperty("endedAt").ValueKind == JsonValueKind.String);
        Assert.Equal("student", transcript.GetProperty("endReason").GetString());
        Assert.Equal(Ids[..2], transcript.GetProperty("turns").EnumerateArray().Skip(1).Select(turn => turn.GetProperty("question").GetProperty("id").GetString()));
        Assert.Equal("completed", transcript.GetProperty("turns")[2].GetProperty("answer").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Leases_that_ran_out_meanwhile_end_nothing_and_are_renewed()
    {
        await using var node = await Program.StartNodeAsync(new Dictionary<string, string>(Model.Settings(ModelServer)) { ["Tutoring:LeaseSeconds"] = "5" }, connections: Database.Through(Program.Connections));
        using var student = await Student.NewAsync(Program, node);
        var (session, line) = await student.TalkAsync(node);
        await using var _ = line;
        await line.AskAsync("m-1", "What is a membrane made of?");
        TakeAway(isSilent: false);
        await EventuallyAsync(() => LeaseAsync(session.Id), lease => lease.Until < DateTimeOffset.UtcNow);
        var before = await LeaseAsync(session.Id);

        Database.Mend();
        var after = await EventuallyAsync(() => LeaseAsync(session.Id), lease => lease.Until > DateTimeOffset.UtcNow);

        Assert.Equal((before.Owner, before.Epoch), (after.Owner, after.Epoch));
        await line.AskAsync("m-2", "What does the nucleus do?");
        Assert.DoesNotContain("ended", line.Types);
    }

    [Fact]
    public async Task The_sweep_leaves_everything_alone_until_leases_can_be_renewed_again()
    {
        var clock = new ShiftedTime();
        await using var node = await Program.StartNodeAsync(time: clock, connections: Database.Through(Program.Connections));
        using var student = await Student.NewAsync(Program);
        var left = await student.StartAsync();
        TakeAway(isSilent: false);
        await AwayAsync(node);
        Database.Mend();
        await BackAsync(node);

        clock.Shift = TimeSpan.FromHours(1);
        await using (var scope = node.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<SweepSessions>().RunAsync(default);

        Assert.Equal(JsonValueKind.Null, (await student.TranscriptAsync(left.Id)).GetProperty("endedAt").ValueKind);
    }

    [Fact]
    public async Task An_outage_is_logged_in_a_few_lines()
    {
        using var student = await Student.NewAsync(Program, Node);
        var (_, line) = await student.TalkAsync(Node);
        await using var _1 = line;
        await line.AskAsync("m-1", "What is a membrane made of?");
        Log.Clear();
        TakeAway(isSilent: false);
        await AwayAsync();
        for (var i = 0; i < 30; i++)
            (await GetAsync("/courses")).Dispose();
        await line.AskAsync("m-2", "What does the nucleus do?");
        await line.AskAsync("m-3", "What does the nucleus do?");
        Database.Mend();
        await line.UntilAsync("saved", frame => frame.GetProperty("value").GetBoolean());

        Assert.Contains(Log.Lines, text => text.Contains("The database is away", StringComparison.Ordinal));
        Assert.True(Log.Lines.Count <= 6, string.Join('\n', Log.Lines));
    }

    [Fact]
    public async Task A_slow_database_makes_a_slow_conversation_and_no_other()
    {
        using var student = await Student.NewAsync(Program, Node);
        var (session, line) = await student.TalkAsync(Node);
        await using var _ = line;
        Database.Delay = TimeSpan.FromMilliseconds(300);

        foreach (var id in Ids)
            Assert.Equal("completed", (await line.AskAsync(id, "What is a membrane made of?")).GetProperty("outcome").GetString());

        Assert.DoesNotContain(line.Types, type => type is "error" or "saved");
        var turns = (await student.TranscriptAsync(session.Id)).GetProperty("turns").EnumerateArray().Skip(1).ToList();
        Assert.Equal(Ids, turns.Select(turn => turn.GetProperty("question").GetProperty("id").GetString()));
        Assert.Equal(Shown(line), turns.Select(turn => turn.GetProperty("answer").GetProperty("text").GetString()));
    }

    [Fact]
    public async Task A_disk_that_is_full_stops_no_conversation_and_no_reading()
    {
        using var student = await Student.NewAsync(Program, Node);
        var (session, line) = await student.TalkAsync(Node);
        await using var _ = line;
        await FillDiskAsync("tutoring_phrase", "tutoring_turn", "live_ticket");
        try
        {
            await line.AskAsync("m-1", "What is a membrane made of?");
            using var refused = await student.TryTicketAsync(session.Id);
            var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();

            Assert.Contains(line.Frames, frame => frame.GetProperty("type").GetString() == "saved" && !frame.GetProperty("value").GetBoolean());
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:lectern:database-takes-nothing"), (refused.StatusCode, problem.GetProperty("type").GetString()));
            Assert.Equal(1, (await student.TranscriptAsync(session.Id)).GetProperty("turns").GetArrayLength());
        }
        finally
        {
            await EmptyDiskAsync("tutoring_phrase", "tutoring_turn", "live_ticket");
        }
        await line.UntilAsync("saved", frame => frame.GetProperty("value").GetBoolean());
        Assert.Equal(Shown(line).Single(), (await student.TranscriptAsync(session.Id)).GetProperty("turns")[1].GetProperty("answer").GetProperty("text").GetString());
    }

    [Fact]
    public async Task When_memory_is_full_questions_are_refused_and_what_was_said_is_kept()
    {
        using var student = await Student.NewAsync(Program, Node);
        var (session, line) = await student.TalkAsync(Node);
        await using var _ = line;
        await line.AskAsync("m-0", "What is a membrane made of?");
        ModelServer.Otherwise = ModelScripts.Say([.. Enumerable.Repeat("It is a long story about a membrane that is made of two layers of molecules which turn their tails to each other and their heads to the water that is on either side of it. ", 110)]);
        TakeAway(isSilent: false);

        var n = 0;
        while (!line.Frames.Any(frame => frame.GetProperty("type").GetString() == "error"))
        {
            await line.SayAsync($"m-{++n}", "And then?");
            await line.UntilEitherAsync("answer", "error");
        }
        Assert.Equal("not-saved", line.Frames.First(frame => frame.GetProperty("type").GetString() == "error").GetProperty("code").GetString());
        Database.Mend();
        await line.UntilAsync("saved", frame => frame.GetProperty("value").GetBoolean());

        var shown = line.Frames.Where(frame => frame.GetProperty("type").GetString() == "answer").Select(frame => frame.GetProperty("text").GetString()).ToList();
        var turns = (await student.At(Program.Node).TranscriptAsync(session.Id)).GetProperty("turns").EnumerateArray().Skip(1).ToList();
        Assert.Equal(shown, turns.Select(turn => turn.GetProperty("answer").GetProperty("text").GetString()));
        Assert.True(n > 3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_node_can_be_stopped_meanwhile(bool isSilent)
    {
        var node = await Program.StartNodeAsync(Model.Settings(ModelServer), connections: Database.Through(Program.Connections));
        using var student = await Student.NewAsync(Program, node);
        var (_, line) = await student.TalkAsync(node);
        await using var _1 = line;
        await line.AskAsync("m-1", "What is a membrane made of?");
        TakeAway(isSilent);
        await AwayAsync(node);
        await line.AskAsync("m-2", "What does the nucleus do?");

        var since = Stopwatch.GetTimestamp();
        var stopping = node.StopAsync();
        Assert.Equal(1012, await line.ClosedAsync());
        await stopping;
        await node.DisposeAsync();

        // Its shutdown time is 6 s; what is more is for a busy machine.
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(25));
    }

    /// <summary>What the model was given last.</summary>
    private string Passages() => JsonDocument.Parse(ModelServer.Calls[^1].Messages[^1].Text).RootElement.GetProperty("passages").GetRawText();

    private static IEnumerable<string?> Shown(LiveClient line) => line.Frames.Where(frame => frame.GetProperty("type").GetString() == "answer").Select(frame => frame.GetProperty("text").GetString());

    private async Task<(Guid? Owner, int Epoch, DateTimeOffset? Until)> LeaseAsync(Guid session)
    {
        await using var db = Program.Factory.Create(Program.Demo);
        var row = await db.Set<TutoringSession>().AsNoTracking().SingleAsync(row => row.Id == session);
        return (row.Owner, row.Epoch, row.LeaseUntil);
    }

    private Task FillDiskAsync(params string[] tables) => AsOwnerAsync($"""
        create function disk_is_full() returns trigger language plpgsql as $$ begin raise exception 'no space left on device' using errcode = '53100'; end $$;
        {string.Join('\n', tables.Select(table => $"create trigger disk_is_full before insert or update on {table} for each row execute function disk_is_full();"))}
        """);

    private Task EmptyDiskAsync(params string[] tables) =>
        AsOwnerAsync(string.Join('\n', tables.Select(table => $"drop trigger disk_is_full on {table};")) + "drop function disk_is_full();");

    private async Task AsOwnerAsync(string sql)
    {
        await using var owner = new Npgsql.NpgsqlConnection(Program.Connections.Owner);
        await owner.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(sql, owner);
        await command.ExecuteNonQueryAsync();
    }
}
