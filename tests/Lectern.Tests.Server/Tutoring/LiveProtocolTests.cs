using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Lectern.Tests.Server.Fakes;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>Sections 2 to 5 of docs/live-protocol.md, frame by frame.</summary>
[Collection(ProgramCollection.Name)]
public sealed class LiveProtocolTests(LecternProgram program)
{
    private const string Question = "What is a membrane made of?";

    [Fact]
    public async Task Ready_says_how_things_stand_and_holds_the_greeting_as_turn_0()
    {
        using var student = await Student.NewAsync(program);
        var (session, line) = await student.TalkAsync(program.Node);
        await using var _ = line;
        var ready = line.Frames[0];

        Assert.Equal("ready", ready.GetProperty("type").GetString());
        Assert.Equal(session.Id, ready.GetProperty("session").GetGuid());
        Assert.Equal((student.Course.Title, false, 5, 100), (ready.GetProperty("title").GetString(), ready.GetProperty("resumed").GetBoolean(), ready.GetProperty("idleMinutes").GetInt32(), ready.GetProperty("messagesLeft").GetInt32()));
        Assert.Equal(TimeSpan.FromMinutes(30), ready.GetProperty("endsAt").GetDateTimeOffset() - (await student.TranscriptAsync(session.Id)).GetProperty("startedAt").GetDateTimeOffset());
        Assert.EndsWith("Z", ready.GetProperty("serverTime").GetString(), StringComparison.Ordinal);
        var greeting = Assert.Single(ready.GetProperty("turns").EnumerateArray());
        Assert.Equal((0, JsonValueKind.Null), (greeting.GetProperty("turn").GetInt32(), greeting.GetProperty("question").ValueKind));
        Assert.StartsWith("Hello, I'm Mira", greeting.GetProperty("answer").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("completed", greeting.GetProperty("answer").GetProperty("outcome").GetString());
        Assert.Equal("mira", ready.GetProperty("teacher").GetProperty("slug").GetString());
    }

    [Fact]
    public async Task A_question_is_confirmed_answered_phrase_by_phrase_and_cited()
    {
        using var student = await Student.NewAsync(program);
        var (session, line) = await student.TalkAsync(program.Node);
        await using var _ = line;

        var answer = await line.AskAsync("m-1", Question);

        var told = line.Frames.Skip(1).ToList();
        Assert.Equal(["question", "state", "state"], told.Select(TypeOf).Where(type => type is "question" or "state").Take(3));
        Assert.Equal(["thinking", "speaking", "listening"], told.Where(frame => TypeOf(frame) == "state").Select(frame => frame.GetProperty("value").GetString()));
        var question = told[0];
        Assert.Equal((1, "m-1", Question, 99), (question.GetProperty("turn").GetInt32(), question.GetProperty("id").GetString(), question.GetProperty("text").GetString(), question.GetProperty("messagesLeft").GetInt32()));
        var phrases = told.Where(frame => TypeOf(frame) == "phrase").ToList();
        Assert.True(phrases.Count > 1);
        Assert.Equal(Enumerable.Range(0, phrases.Count), phrases.Select(phrase => phrase.GetProperty("index").GetInt32()));
        Assert.All(phrases, phrase => Assert.False(phrase.TryGetProperty("again", out var _)));
        Assert.Equal(answer.GetProperty("text").GetString(), string.Concat(phrases.Select(phrase => phrase.GetProperty("text").GetString())));
        Assert.Equal(("completed", "quoted"), (answer.GetProperty("outcome").GetString(), answer.GetProperty("grounded").GetString()));
        await AssertCitedAsync(student, answer);
        var stored = (await student.TranscriptAsync(session.Id)).GetProperty("turns")[1];
        Assert.Equal(answer.GetProperty("citations").GetRawText(), stored.GetProperty("answer").GetProperty("citations").GetRawText());
        Assert.Equal(answer.GetProperty("text").GetString(), stored.GetProperty("answer").GetProperty("text").GetString());
        Assert.Equal("quoted", stored.GetProperty("answer").GetProperty("grounded").GetString());
    }

    [Theory]
    [InlineData("de-AT", "Die Nachricht ist zu lang")]
    [InlineData("en", "The message is too long")]
    public async Task Errors_are_told_in_the_language_of_the_handshake(string language, string title)
    {
        using var student = await Student.NewAsync(program);
        var session = await student.StartAsync();
        await using var line = await LiveClient.OpenAsync(program.Node, language: language);
        await line.HelloAsync(session.Ticket);
        await line.UntilAsync("ready");

        await line.SayAsync("m-1", new string('a', 2_001));

        Assert.Equal(title, (await line.UntilAsync("error")).GetProperty("title").GetString());
    }

    [Fact]
    public async Task Saying_is_idempotent_by_id()
    {
        using var student = await Student.NewAsync(program);
        var (session, line) = await student.TalkAsync(program.Node);
        await using var _ = line;
        await line.AskAsync("m-1", Question);

        await line.SayAsync("m-1", "Something else entirely");
        var question = await line.UntilAsync("question");

        Assert.Equal((1, Question, 99), (question.GetProperty("turn").GetInt32(), question.GetProperty("text").GetString(), question.GetProperty("messagesLeft").GetInt32()));
        await line.AskAsync("m-2", "What does the nucleus do?");
        Assert.Equal(3, (await student.TranscriptAsync(session.Id)).GetProperty("turns").GetArrayLength());
    }

    [Fact]
    public async Task Messages_that_are_empty_or_too_long_are_refused_by_name_and_not_asked()
    {
        using var student = await Student.NewAsync(program);
        var (session, line) = await student.TalkAsync(program.Node);
        await using var _ = line;

        await line.SayAsync("m-1", "  \n ");
        var empty = await line.UntilAsync("error");
        await line.SayAsync("m-2", new string('a', 2_001));
        var tooLong = await line.UntilAsync("error");
        await line.AskAsync("m-3", new string('a', 2_000));

        Assert.Equal(("empty", "m-1", false), (empty.GetProperty("code").GetString(), empty.GetProperty("about").GetString(), empty.GetProperty("fatal").GetBoolean()));
        Assert.Equal(("too-long", "m-2", false), (tooLong.GetProperty("code").GetString(), tooLong.GetProperty("about").GetString(), tooLong.GetProperty("fatal").GetBoolean()));
        Assert.Equal(["m-3"], (await student.TranscriptAsync(session.Id)).GetProperty("turns").EnumerateArray().Skip(1).Select(turn => turn.GetProperty("question").GetProperty("id").GetString()));
    }

    [Fact]
    public async Task A_message_with_a_zero_character_and_characters_beyond_the_basic_plane_is_taken_and_stored()
    {
        using var student = await Student.NewAsync(program);
        var (session, line) = await student.TalkAsync(program.Node);
        await using var _ = line;

        await line.AskAsync("m-1", "What is a \0cell 🧫 ‮?");

        Assert.Equal("What is a cell 🧫 ‮?", (await student.TranscriptAsync(session.Id)).GetProperty("turns")[1].GetProperty("question").GetProperty("text").GetString());
        Assert.DoesNotContain("saved", line.Types);
    }

    [Fact]
    public async Task Repeat_gives_the_last_answer_again_and_costs_nothing()
    {
        using var student = await Student.NewAsync(program);
        var (session, line) = await student.TalkAsync(program.Node);
        await using var _ = line;
        var answer = await line.AskAsync("m-1", Question);
        var before = line.Frames.Count;

        await line.SendAsync("repeat");
        var again = await line.UntilAsync("answer");

        Assert.True(again.GetProperty("again").GetBoolean());
        Assert.Equal(answer.GetProperty("text").GetString(), again.GetProperty("text").GetString());
        Assert.Equal(answer.GetProperty("citations").GetRawText(), again.GetProperty("citations").GetRawText());
        Assert.Equal(1, again.GetProperty("turn").GetInt32());
        var phrases = line.Frames.Skip(before).Where(frame => TypeOf(frame) == "phrase").ToList();
        Assert.All(phrases, phrase => Assert.True(phrase.GetProperty("again").GetBoolean()));
        Assert.Equal(again.GetProperty("text").GetString(), string.Concat(phrases.Select(phrase => phrase.GetProperty("text").GetString())));
        var next = await line.AskAsync("m-2", "What does the nucleus do?");
        Assert.False(next.TryGetProperty("again", out var _));
        Assert.Equal(98, line.Frames.Last(frame => TypeOf(frame) == "question").GetProperty("messagesLeft").GetInt32());
        Assert.Equal(3, (await student.TranscriptAsync(session.Id)).GetProperty("turns").GetArrayLength());
    }

    [Fact]
    public async Task The_pace_is_brought_inside_its_limits_and_slower_goes_one_step_each_time()
    {
        using var student = await Student.NewAsync(program);
        var (_, line) = await student.TalkAsync(program.Node);
        await using var _1 = line;

        Assert.Equal(1, await PaceAfterAsync(line, []));
        Assert.Equal(1.5, await PaceAfterAsync(line, new { type = "pace", value = 17 }));
        Assert.Equal(0.75, await PaceAfterAsync(line, new { type = "pace", value = -1 }));
        Assert.Equal(1.2, await PaceAfterAsync(line, new { type = "pace", value = 1.5 }, new { type = "slower" }, new { type = "slower" }));
        Assert.Equal(0.75, await PaceAfterAsync(line, new { type = "slower" }, new { type = "slower" }, new { type = "slower" }, new { type = "slower" }));
        Assert.Contains(line.Frames, frame => TypeOf(frame) == "notice" && frame.GetProperty("code").GetString() == "pace-changed");
    }

    [Fact]
    public async Task Ping_comes_back_as_pong_with_its_number()
    {
        using var student = await Student.NewAsync(program);
        var (_, line) = await student.TalkAsync(program.Node);
        await using var _1 = line;

        await line.SendAsync(new { type = "ping", t = 1772442031250 });
        var pong = await line.UntilAsync("pong");

        Assert.Equal("1772442031250", pong.GetProperty("t").GetRawText());
        Assert.InRange(pong.GetProperty("serverTime").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task End_ends_the_session_for_good_even_with_frames_right_behind_it()
    {
        using var student = await Student.NewAsync(program);
        var (session, line) = await student.TalkAsync(program.Node);
        await using var _ = line;

        await line.SendAsync("end");
        await line.SendAsync("presence");
        await line.SayAsync("m-1", Question);
        var ended = await line.UntilAsync("ended");

        Assert.Equal(("student", $"/conversations/{session.Id}"), (ended.GetProperty("reason").GetString(), ended.GetProperty("summaryUrl").GetString()));
        Assert.Equal(1000, await line.ClosedAsync());
        Assert.Equal("ended", line.Types.Last());
        Assert.Contains(student.Course.Title, await student.Http.GetStringAsync(ended.GetProperty("summaryUrl").GetString()), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_second_connection_takes_the_session_over_and_the_first_is_sent_away()
    {
        using var student = await Student.NewAsync(program);
        var (session, first) = await student.TalkAsync(program.Node);
        await using var _ = first;

        await using var second = await LiveClient.EnterAsync(program.Node, await student.TicketAsync(session.Id));
        var ended = await first.UntilAsync("ended");
        await first.SayAsync("m-1", "Is anybody there?");

        Assert.Equal("elsewhere", ended.GetProperty("reason").GetString());
        Assert.Equal(4009, await first.ClosedAsync());
        Assert.True(second.Frames[0].GetProperty("resumed").GetBoolean());
        Assert.True(second.Frames[0].GetProperty("seq").GetInt64() > first.LastSeq);
        await second.AskAsync("m-2", Question);
        Assert.Equal(2, (await student.TranscriptAsync(session.Id)).GetProperty("turns").GetArrayLength());
    }

    [Fact]
    public async Task A_session_that_is_over_closes_with_4010()
    {
        using var student = await Student.NewAsync(program);
        var (session, line) = await student.TalkAsync(program.Node);
        await using var _ = line;
        var ticket = await student.TicketAsync(session.Id);
        await line.SendAsync("end");
        await line.UntilAsync("ended");

        await using var late = await LiveClient.OpenAsync(program.Node);
        await late.HelloAsync(ticket);

        Assert.Equal(4010, await late.ClosedAsync());
        Assert.Empty(late.Frames);
    }

    [Fact]
    public async Task Numbers_of_frames_rise_strictly_over_reconnections_and_ready_holds_the_turns_whole()
    {
        using var student = await Student.NewAsync(program);
        var (session, line) = await student.TalkAsync(program.Node);
        await using var _ = line;
        var answer = await line.AskAsync("m-1", Question);
        line.Break();

        await using var again = await LiveClient.EnterAsync(program.Node, await student.TicketAsync(session.Id), line.LastSeq);
        await again.SayAsync("m-1", Question);
        var question = await again.UntilAsync("question");

        var seqs = line.Frames.Concat(again.Frames).Select(frame => frame.GetProperty("seq").GetInt64()).ToList();
        Assert.Equal(seqs.Distinct().Order(), seqs);
        Assert.Equal(1, question.GetProperty("turn").GetInt32());
        var turn = again.Frames[0].GetProperty("turns")[1];
        Assert.Equal(("m-1", Question), (turn.GetProperty("question").GetProperty("id").GetString(), turn.GetProperty("question").GetProperty("text").GetString()));
        foreach (var field in new[] { "text", "outcome", "citations", "grounded" })
            Assert.Equal(answer.GetProperty(field).GetRawText(), turn.GetProperty("answer").GetProperty(field).GetRawText());
        Assert.Equal(line.Types.Count(type => type == "phrase"), turn.GetProperty("answer").GetProperty("phrases").GetInt32());
    }

    private static async Task AssertCitedAsync(Student student, JsonElement answer)
    {
        var citation = answer.GetProperty("citations")[0];
        Assert.Equal(1, citation.GetProperty("label").GetInt32());
        Assert.Contains("[1]", answer.GetProperty("text").GetString(), StringComparison.Ordinal);
        var url = citation.GetProperty("url").GetString()!; // as the protocol has it
        var paragraph = citation.GetProperty("paragraph").GetString();
        Assert.Equal($"/courses/cell-biology/{citation.GetProperty("lesson").GetProperty("slug").GetString()}#p-{paragraph}", url);
        Assert.Contains($"id=\"p-{paragraph}\"", await student.Http.GetStringAsync(url), StringComparison.Ordinal);
        Assert.Contains("aria-current=\"true\"", await student.Http.GetStringAsync($"{url.Split('#')[0]}/paragraphs/{paragraph}"), StringComparison.Ordinal);
        Assert.NotEqual("", citation.GetProperty("section").GetString());
        Assert.Contains(citation.GetProperty("quote").GetString()!.Replace('“', '‘').Replace('”', '’'), answer.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    // By repeating the greeting: each of its phrases says the pace it is meant for.
    private static async Task<double> PaceAfterAsync(LiveClient line, params object[] frames)
    {
        foreach (var frame in frames)
            await line.SendAsync(frame);
        await line.SendAsync("repeat");
        var phrase = await line.UntilAsync("phrase");
        await line.UntilAsync("answer");
        await line.UntilAsync("state", state => state.GetProperty("value").GetString() == "listening");
        return phrase.GetProperty("pace").GetDouble();
    }

    private static string TypeOf(JsonElement frame) => frame.GetProperty("type").GetString()!; // every frame has a type
}
