using System.Net;
using System.Text.Json;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Lectern.Tests.Fakes.Model;
using Lectern.Tests.Fakes.Speech;
using Lectern.Tests.Server.Fakes;
using Lectern.Tutoring.Conversations;
using Lectern.Tutoring.Live;
using Lectern.Tutoring.Sessions;
using Lectern.Voice.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>A session and several nodes: one speaks for it at a time, and nothing is lost between them.</summary>
[Collection(ProgramCollection.Name)]
public sealed class TakeoverTests(LecternProgram program)
{
    private const string Question = "What is a membrane made of?";
    private static readonly Dictionary<string, string> ShortLease = new() { ["Tutoring:LeaseSeconds"] = "5" };

    [Fact]
    public async Task Another_node_goes_on_where_the_first_was_and_the_first_sends_its_client_away()
    {
        await using var other = await program.StartNodeAsync(ShortLease);
        using var student = await Student.NewAsync(program);
        var (session, first) = await student.TalkAsync(other);
        await using var _ = first;
        var answer = await first.AskAsync("m-1", Question);

        await using var second = await LiveClient.EnterAsync(program.Node, await student.TicketAsync(session.Id), first.LastSeq);
        var ended = await first.UntilAsync("ended");

        Assert.Equal("elsewhere", ended.GetProperty("reason").GetString());
        Assert.Equal(4009, await first.ClosedAsync());
        var ready = second.Frames[0];
        Assert.True(ready.GetProperty("resumed").GetBoolean());
        Assert.True(ready.GetProperty("seq").GetInt64() > first.LastSeq);
        Assert.Equal(answer.GetProperty("text").GetString(), ready.GetProperty("turns")[1].GetProperty("answer").GetProperty("text").GetString());
        Assert.Equal(2, (await second.AskAsync("m-2", "What does the nucleus do?")).GetProperty("turn").GetInt32());
    }

    [Fact]
    public async Task A_node_that_was_taken_over_confirms_and_stores_nothing_more()
    {
        await using var other = await program.StartNodeAsync();
        using var student = await Student.NewAsync(program);
        var (session, first) = await student.TalkAsync(other);
        await using var _ = first;
        await using var second = await LiveClient.EnterAsync(program.Node, await student.TicketAsync(session.Id));

        await first.SayAsync("m-1", Question);
        var code = await first.ClosedAsync();

        Assert.Equal(4009, code);
        Assert.Equal(["ready", "ended"], first.Types);
        Assert.Equal(1, (await student.TranscriptAsync(session.Id)).GetProperty("turns").GetArrayLength());
        await second.AskAsync("m-1", Question);
        Assert.Equal("m-1", (await student.TranscriptAsync(session.Id)).GetProperty("turns")[1].GetProperty("question").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Coming_back_to_a_node_that_has_not_noticed_finds_what_was_said_elsewhere()
    {
        await using var other = await program.StartNodeAsync();
        using var student = await Student.NewAsync(program);
        var (session, first) = await student.TalkAsync(other);
        first.Break();
        await using (var second = await LiveClient.EnterAsync(program.Node, await student.TicketAsync(session.Id)))
            await second.AskAsync("m-1", Question);

        await using var third = await LiveClient.EnterAsync(other, await student.TicketAsync(session.Id));
        await third.AskAsync("m-2", "What does the nucleus do?");

        Assert.Equal(2, third.Frames[0].GetProperty("turns").GetArrayLength());
        Assert.DoesNotContain("ended", third.Types);
        Assert.Equal(3, (await student.TranscriptAsync(session.Id)).GetProperty("turns").GetArrayLength());
    }

    [Fact]
    public async Task An_answer_under_way_at_a_takeover_is_gone_on_with()
    {
        await using var model = await FakeModelServer.StartAsync();
        await using var other = await program.StartNodeAsync(Model.Settings(model));
        await using var next = await program.StartNodeAsync(Model.Settings(model));
        using var student = await Student.NewAsync(program);
        var (session, first) = await student.TalkAsync(other);
        await using var _ = first;
        model.Next(ModelScripts.Silence("A membrane is a double layer [1]. It is "));
        model.Next(ModelScripts.Say("oily inside. And so on [1]."));
        await first.SayAsync("m-1", Question);
        var phrase = await first.UntilAsync("phrase");
        while (!phrase.GetProperty("text").GetString()!.Contains("[1]", StringComparison.Ordinal))
            phrase = await first.UntilAsync("phrase");
        var said = Said(first);

        await using var second = await LiveClient.EnterAsync(next, await student.TicketAsync(session.Id), first.LastSeq);
        var answer = await second.UntilAsync("answer");
        await first.ClosedAsync();

        var running = second.Frames[0].GetProperty("turns").EnumerateArray().Single(turn => turn.GetProperty("turn").GetInt32() == 1).GetProperty("answer");
        Assert.Equal(("running", said), (running.GetProperty("outcome").GetString(), running.GetProperty("text").GetString()));
        Assert.Equal(("completed", said + Said(second)), (answer.GetProperty("outcome").GetString(), answer.GetProperty("text").GetString()));
        Assert.EndsWith("oily inside. And so on [1].", answer.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Single(answer.GetProperty("citations").EnumerateArray());
        var asked = model.Calls[^1].Messages;
        Assert.Equal(("assistant", said.TrimEnd()), (asked[^2].Role, asked[^2].Text.TrimEnd()));
        Assert.Contains("goOn", asked[^1].Text, StringComparison.Ordinal);
        var stored = (await student.TranscriptAsync(session.Id)).GetProperty("turns")[1].GetProperty("answer");
        Assert.Equal(answer.GetProperty("text").GetString(), stored.GetProperty("text").GetString());
        Assert.Single(stored.GetProperty("citations").EnumerateArray());
    }

    [Fact]
    public async Task An_answer_that_was_whole_and_not_heard_to_its_end_is_not_asked_for_again()
    {
        await using var model = await FakeModelServer.StartAsync();
        await using var voice = await FakeSpeechServer.StartAsync();
        var settings = new Dictionary<string, string>(Model.Settings(model))
        {
            ["Ai:Speech:Engine"] = "Endpoint", ["Ai:Speech:BaseUrl"] = voice.BaseUrl, ["Ai:Speech:Name"] = "fake", ["Ai:Speech:Voice"] = "tone",
        };
        await using var other = await program.StartNodeAsync(settings);
        await using var next = await program.StartNodeAsync(settings);
        using var student = await Student.NewAsync(program);
        var session = await student.StartAsync();
        await using var first = await LiveClient.EnterAsync(other, session.Ticket, audio: new { @out = "pcm16" });
        model.Next(ModelScripts.Say("A membrane is a double layer [1]."));
        voice.NextPhrase(call => call.SoundAsync(FakePhraseCall.Tone(TimeSpan.FromSeconds(60))));
        await first.SayAsync("m-1", Question);
        await first.UntilAsync("phrase");
        var asked = model.Calls.Count;

        await using var second = await LiveClient.EnterAsync(next, await student.TicketAsync(session.Id), first.LastSeq);
        var answer = await second.UntilAsync("answer");

        Assert.Equal(asked, model.Calls.Count);
        Assert.Equal(("completed", "A membrane is a double layer [1].", "model"), (answer.GetProperty("outcome").GetString(), answer.GetProperty("text").GetString(), answer.GetProperty("grounded").GetString()));
        Assert.Single(answer.GetProperty("citations").EnumerateArray());
        Assert.DoesNotContain("notice", second.Types);
    }

    [Fact]
    public async Task A_question_that_was_stored_and_not_answered_is_answered_by_the_next_node()
    {
        await using var model = await FakeModelServer.StartAsync();
        await using var other = await program.StartNodeAsync(Model.Settings(model));
        using var student = await Student.NewAsync(program);
        var (session, first) = await student.TalkAsync(other);
        await using var _ = first;
        model.Next(ModelScripts.Silence());
        await first.SayAsync("m-1", Question);
        await first.UntilAsync("question");

        await using var second = await LiveClient.EnterAsync(program.Node, await student.TicketAsync(session.Id), first.LastSeq);
        var answer = await second.UntilAsync("answer");

        Assert.Equal((1, "completed"), (answer.GetProperty("turn").GetInt32(), answer.GetProperty("outcome").GetString()));
        Assert.NotEmpty(answer.GetProperty("citations").EnumerateArray());
    }

    [Fact]
    public async Task Late_writes_of_an_old_owner_are_refused()
    {
        using var student = await Student.NewAsync(program);
        var (session, line) = await student.TalkAsync(program.Node);
        await using var _ = line;
        await line.AskAsync("m-1", Question);
        var before = (await student.TranscriptAsync(session.Id)).GetRawText();
        var lost = 0;
        var journal = new TutoringJournal(program.Factory, program.Demo, session.Id, epoch: 0, TimeProvider.System, () => lost++, program.Node.Services.GetRequiredService<DatabaseWatch>());

        await journal.WriteAsync([new QuestionAsked(2, DateTimeOffset.UtcNow, "Late", "late")], default);
        await journal.WriteAsync([new PhraseGiven(1, DateTimeOffset.UtcNow, 99, "late", [])], default);
        await journal.WriteAsync([new AnswerEnded(1, DateTimeOffset.UtcNow, Voice.Turns.AnswerOutcome.Failed, null, [])], default);

        Assert.Equal(3, lost);
        Assert.Equal(before, (await student.TranscriptAsync(session.Id)).GetRawText());
    }

    [Fact]
    public async Task An_entry_that_arrives_twice_is_stored_once()
    {
        using var student = await Student.NewAsync(program);
        var (session, line) = await student.TalkAsync(program.Node);
        await using var _ = line;
        var journal = new TutoringJournal(program.Factory, program.Demo, session.Id, epoch: 1, TimeProvider.System, () => Assert.Fail("It is ours."), program.Node.Services.GetRequiredService<DatabaseWatch>());
        JournalEntry[] entries = [new QuestionAsked(1, DateTimeOffset.UtcNow, "Q", "q"), new PhraseGiven(1, DateTimeOffset.UtcNow, 0, "P", []), new AnswerEnded(1, DateTimeOffset.UtcNow, Voice.Turns.AnswerOutcome.Completed, null, [])];

        foreach (var entry in entries)
            await journal.WriteAsync([entry], default);
        await journal.WriteAsync(entries, default);

        var turns = (await student.TranscriptAsync(session.Id)).GetProperty("turns");
        Assert.Equal(2, turns.GetArrayLength());
        Assert.Equal(("P", 1, "completed"), (turns[1].GetProperty("answer").GetProperty("text").GetString(), turns[1].GetProperty("answer").GetProperty("phrases").GetInt32(), turns[1].GetProperty("answer").GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task A_node_that_stops_asks_to_reconnect_and_another_goes_on_with_everything()
    {
        var node = await program.StartNodeAsync();
        using var student = await Student.NewAsync(program);
        var (session, first) = await student.TalkAsync(node);
        await using var _ = first;
        var answer = await first.AskAsync("m-1", Question);

        var stopping = node.StopAsync();
        var code = await first.ClosedAsync();
        await stopping;
        await node.DisposeAsync();

        Assert.Equal(1012, code);
        Assert.DoesNotContain("ended", first.Types);
        await using var second = await LiveClient.EnterAsync(program.Node, await student.TicketAsync(session.Id), first.LastSeq);
        Assert.Equal(answer.GetProperty("text").GetString(), second.Frames[0].GetProperty("turns")[1].GetProperty("answer").GetProperty("text").GetString());
        await second.SayAsync("m-1", Question);
        Assert.Equal(1, (await second.UntilAsync("question")).GetProperty("turn").GetInt32());
    }

    [Fact]
    public async Task A_node_that_stops_in_the_middle_of_an_answer_hands_it_over()
    {
        await using var model = await FakeModelServer.StartAsync();
        var node = await program.StartNodeAsync(Model.Settings(model));
        using var student = await Student.NewAsync(program);
        var (session, first) = await student.TalkAsync(node);
        await using var _ = first;
        var call = model.Next(ModelScripts.Silence("A membrane is a double layer. It is "));
        await first.SayAsync("m-1", Question);
        await first.UntilAsync("phrase");

        var stopping = node.StopAsync();
        var code = await first.ClosedAsync();
        await stopping;
        await node.DisposeAsync();
        await call.Gone.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(1012, code);
        Assert.DoesNotContain("answer", first.Types.Skip(1));
        // The other node has no model: what a model began it cannot go on with, and says so.
        await using var second = await LiveClient.EnterAsync(program.Node, await student.TicketAsync(session.Id), first.LastSeq);
        var answer = await second.UntilAsync("answer");
        Assert.Equal($"{Said(first)}\n\nI was interrupted here. Ask me to go on.", answer.GetProperty("text").GetString());
        Assert.Equal("completed", answer.GetProperty("outcome").GetString());
    }

    private static string Said(LiveClient line) =>
        string.Concat(line.Frames.Where(frame => frame.GetProperty("type").GetString() == "phrase").Select(frame => frame.GetProperty("text").GetString()));

    [Fact]
    public async Task A_session_ended_on_a_page_of_another_node_tells_its_client_that_it_is_over()
    {
        await using var other = await program.StartNodeAsync(ShortLease);
        using var student = await Student.NewAsync(program);
        var (session, line) = await student.TalkAsync(other);
        await using var _ = line;

        await EndOnPageAsync(program.Node, session.Id);
        var ended = await line.UntilAsync("ended");

        Assert.Equal("student", ended.GetProperty("reason").GetString());
        Assert.Equal(1000, await line.ClosedAsync());
        Assert.Equal(HttpStatusCode.Gone, (await student.TryTicketAsync(session.Id)).StatusCode);
    }

    [Fact]
    public async Task A_session_ended_on_a_page_of_its_own_node_is_over_at_once()
    {
        using var student = await Student.NewAsync(program);
        var (session, line) = await student.TalkAsync(program.Node);
        await using var _ = line;

        await EndOnPageAsync(program.Node, session.Id);

        Assert.Equal("student", (await line.UntilAsync("ended")).GetProperty("reason").GetString());
        Assert.Equal(JsonValueKind.String, (await student.TranscriptAsync(session.Id)).GetProperty("endedAt").ValueKind);
    }

    [Fact]
    public async Task A_session_goes_on_without_its_client_and_keeps_its_answer()
    {
        await using var model = await FakeModelServer.StartAsync();
        await using var node = await program.StartNodeAsync(Model.Settings(model));
        using var student = await Student.NewAsync(program);
        var (session, line) = await student.TalkAsync(node);
        var more = new TaskCompletionSource();
        model.Next(async call =>
        {
            await call.SayAsync("A membrane is a double layer. It is ");
            await call.WaitAsync(more.Task);
            await ModelScripts.Say("oily inside.")(call);
        });
        await line.SayAsync("m-1", Question);
        await line.UntilAsync("phrase");
        line.Break();

        await using var again = await LiveClient.EnterAsync(node, await student.TicketAsync(session.Id), line.LastSeq);
        var running = again.Frames[0].GetProperty("turns")[1].GetProperty("answer");
        more.SetResult();
        var answer = await again.UntilAsync("answer");

        Assert.Equal("running", running.GetProperty("outcome").GetString());
        Assert.Equal("state", again.Types.ElementAt(1));
        Assert.Equal(running.GetProperty("phrases").GetInt32(), again.Frames.First(frame => frame.GetProperty("type").GetString() == "phrase").GetProperty("index").GetInt32());
        Assert.Equal(("completed", "A membrane is a double layer. It is oily inside."), (answer.GetProperty("outcome").GetString(), answer.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task An_erased_student_leaves_no_session_and_no_seat()
    {
        using var student = await Student.NewAsync(program);
        var session = await student.StartAsync();
        Guid person;
        await using (var db = program.Factory.Create(program.Demo))
            person = await db.Set<TutoringSession>().Where(row => row.Id == session.Id).Select(row => row.PersonId).SingleAsync();

        await using (var scope = program.Services.GetRequiredService<SchoolScopes>().Enter(program.Demo))
            await scope.ServiceProvider.GetServices<Platform.Privacy.IPersonalData>().Single(data => data.Room == "Tutoring").EraseAsync(person, default);

        await using var after = program.Factory.Create(program.Demo);
        Assert.False(await after.Set<TutoringSession>().AnyAsync(row => row.Id == session.Id));
        Assert.False(await after.Set<LiveSeat>().AnyAsync(seat => seat.SessionId == session.Id));
    }

    private async Task EndOnPageAsync(LecternNode node, Guid session)
    {
        await using var scope = node.Services.GetRequiredService<SchoolScopes>().Enter(program.Demo);
        var book = scope.ServiceProvider.GetRequiredService<ConversationBook>();
        await book.EndAsync((await book.FindAsync(session, default))!, default); // it was just started
    }
}
