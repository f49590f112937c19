using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lectern.Tests.Fakes;
using Lectern.Tests.Server.Fakes;
using Lectern.Tutoring;
using Lectern.Tutoring.Sessions;
using Microsoft.Extensions.Options;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>Who gets into a live session; docs/live-protocol.md, sections 1 and 2.</summary>
[Collection(ProgramCollection.Name)]
public sealed class TicketTests(LecternProgram program)
{
    [Fact]
    public async Task A_ticket_works_once()
    {
        using var student = await Student.NewAsync(program);
        var (session, line) = await student.TalkAsync(program.Node);
        await using var _ = line;

        await using var second = await LiveClient.OpenAsync(program.Node);
        await second.HelloAsync(session.Ticket);
        var error = await second.UntilAsync("error");

        Assert.Equal("bad-ticket", error.GetProperty("code").GetString());
        Assert.True(error.GetProperty("fatal").GetBoolean());
        Assert.Equal(4003, await second.ClosedAsync());
    }

    [Fact]
    public async Task A_ticket_is_good_for_30_seconds_and_no_longer()
    {
        using var student = await Student.NewAsync(program);
        var session = await student.StartAsync();
        var time = new VirtualTime(DateTimeOffset.UtcNow);
        await using var db = program.Factory.Create(program.Demo);
        var tickets = new Tickets(db, time, Options.Create(new TutoringOptions()));
        var (early, late) = (tickets.Add(session.Id), tickets.Add(session.Id));
        await db.SaveChangesAsync();

        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(session.Id, await tickets.TakeAsync(early.Secret, default));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await tickets.TakeAsync(late.Secret, default));
    }

    [Fact]
    public async Task The_database_does_not_hold_a_ticket_that_could_be_used()
    {
        using var student = await Student.NewAsync(program);
        var session = await student.StartAsync();
        await using var db = program.Factory.Create(program.Demo);

        var hashes = db.Set<LiveTicket>().Where(ticket => ticket.SessionId == session.Id).Select(ticket => ticket.SecretHash).ToList();

        Assert.Equal(LiveTicket.Hash(session.Ticket), Assert.Single(hashes));
        Assert.Equal(22, session.Ticket.Length);
    }

    [Fact]
    public async Task A_ticket_of_one_school_opens_nothing_in_another_and_stays_good()
    {
        using var student = await Student.NewAsync(program);
        var session = await student.StartAsync();

        Assert.Equal(401, await LiveClient.RefusedAsync(program.Node, [LiveClient.Subprotocol, $"ticket.{session.Ticket}"], host: LecternNode.OtherHost));
        await using var line = await LiveClient.EnterAsync(program.Node, session.Ticket);
    }

    [Fact]
    public async Task A_ticket_may_come_as_a_second_subprotocol()
    {
        using var student = await Student.NewAsync(program);
        var session = await student.StartAsync();

        await using var line = await LiveClient.OpenAsync(program.Node, session.Ticket);
        await line.HelloAsync(ticket: null);
        var ready = await line.UntilAsync("ready");

        Assert.Equal(session.Id, ready.GetProperty("session").GetGuid());
        Assert.Equal(401, await LiveClient.RefusedAsync(program.Node, [LiveClient.Subprotocol, $"ticket.{session.Ticket}"]));
    }

    [Fact]
    public async Task Hello_without_any_ticket_is_turned_away()
    {
        await using var line = await LiveClient.OpenAsync(program.Node);
        await line.HelloAsync(ticket: null);

        Assert.Equal("bad-ticket", (await line.UntilAsync("error")).GetProperty("code").GetString());
        Assert.Equal(4003, await line.ClosedAsync());
    }

    [Fact]
    public async Task Somebody_elses_session_gives_no_ticket_and_no_transcript()
    {
        using var student = await Student.NewAsync(program);
        using var other = await Student.NewAsync(program);
        var session = await student.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await other.TryTicketAsync(session.Id)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Http.GetAsync($"{Student.Sessions}/{session.Id}/transcript")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Http.GetAsync($"/conversations/{session.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Http.GetAsync($"/classroom/{session.Id}")).StatusCode);
    }

    [Fact]
    public async Task A_session_that_is_over_gives_no_ticket_but_its_transcript()
    {
        using var student = await Student.NewAsync(program);
        var (session, line) = await student.TalkAsync(program.Node);
        await using var _ = line;
        await line.SendAsync("end");
        await line.UntilAsync("ended");

        var answer = await student.TryTicketAsync(session.Id);

        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.Equal("urn:lectern:tutoring:session-ended", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
        Assert.Equal("student", (await student.TranscriptAsync(session.Id)).GetProperty("endReason").GetString());
    }

    [Fact]
    public async Task Without_a_sign_in_there_is_neither_session_nor_ticket()
    {
        using var stranger = program.Client();

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PostAsJsonAsync(Student.Sessions, new { courseId = Guid.NewGuid() })).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PostAsync($"{Student.Sessions}/{Guid.NewGuid()}/ticket", content: null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync($"{Student.Sessions}/{Guid.NewGuid()}/transcript")).StatusCode);
    }

    [Fact]
    public async Task A_page_of_another_host_cannot_connect()
    {
        foreach (var origin in new[] { "http://evil.example", $"http://other.localhost:{program.Address.Port}", "http://demo.localhost:1", "null" })
            Assert.Equal(403, await LiveClient.RefusedAsync(program.Node, [LiveClient.Subprotocol], origin));
    }

    [Fact]
    public async Task Without_the_subprotocol_the_handshake_is_refused()
    {
        Assert.Equal(400, await LiveClient.RefusedAsync(program.Node, []));
        Assert.Equal(400, await LiveClient.RefusedAsync(program.Node, ["lectern.live.v2"]));
    }

    [Fact]
    public async Task Plain_HTTP_is_refused()
    {
        using var client = program.Client();

        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/live/v1")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync("/live/v1", content: null)).StatusCode);
    }
}
