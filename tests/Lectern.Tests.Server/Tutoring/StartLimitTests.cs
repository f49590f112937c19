using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lectern.Platform.Schools;
using Lectern.Tests.Server.Fakes;
using Lectern.Tutoring;
using Lectern.Tutoring.Sessions;
using Lectern.Tutoring.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>How many conversations may begin, over HTTP, on several nodes.</summary>
[Collection(ProgramCollection.Name)]
public sealed class StartLimitTests(LecternProgram program)
{
    [Fact]
    public async Task Fifty_parallel_starts_on_two_nodes_give_exactly_two_sessions()
    {
        await using var other = await program.StartNodeAsync();
        using var student = await Student.NewAsync(program);
        using var there = student.At(other);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => (n % 2 == 0 ? student : there).TryStartAsync()));

        Assert.Equal(2, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.Equal(48, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
        var refused = await ProblemAsync(answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
        Assert.Equal("urn:lectern:tutoring:sessions-at-once", refused.Type);
        Assert.InRange(refused.RetryAt!.Value, DateTimeOffset.UtcNow.AddMinutes(28), DateTimeOffset.UtcNow.AddMinutes(30));
        Assert.InRange(refused.RetryAfter!.Value, 28 * 60, 30 * 60);
    }

    [Fact]
    public async Task Ending_one_frees_the_place_and_its_seat()
    {
        using var student = await Student.NewAsync(program);
        var (session, line) = await student.TalkAsync(program.Node);
        await using var _ = line;
        await student.StartAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, (await student.TryStartAsync()).StatusCode);

        await line.SendAsync("end");
        await line.UntilAsync("ended");

        await student.StartAsync();
        Assert.False(await HasSeatAsync(session.Id));
    }

    [Fact]
    public async Task A_student_begins_ten_conversations_a_day_and_an_eleventh_on_the_next()
    {
        var clock = new ShiftedTime();
        await using var node = await program.StartNodeAsync(time: clock);
        using var student = await Student.NewAsync(program, node);
        for (var i = 0; i < 10; i++)
        {
            var session = await student.StartAsync();
            await EndAsync(node, session.Id);
        }

        var refused = await ProblemAsync(await student.TryStartAsync());

        Assert.Equal("urn:lectern:tutoring:sessions-per-day", refused.Type);
        Assert.Equal(program.Demo.NextDay(clock.GetUtcNow()), refused.RetryAt);
        Assert.NotNull(refused.RetryAfter);
        clock.Shift = program.Demo.NextDay(clock.GetUtcNow()) - DateTimeOffset.UtcNow;
        using var tomorrow = await student.SignInAsync(node);
        await tomorrow.StartAsync();
    }

    [Fact]
    public async Task A_full_node_refuses_and_another_has_room()
    {
        await using var full = await program.StartNodeAsync(new Dictionary<string, string> { ["Tutoring:NodeSessions"] = "1" });
        using var first = await Student.NewAsync(program, full);
        using var second = await Student.NewAsync(program, full);
        using var elsewhere = second.At(program.Node);
        var session = await first.StartAsync();

        var refused = await ProblemAsync(await second.TryStartAsync());

        Assert.Equal("urn:lectern:tutoring:node-full", refused.Type);
        Assert.InRange(refused.RetryAt!.Value, DateTimeOffset.UtcNow.AddMinutes(28), DateTimeOffset.UtcNow.AddMinutes(30));
        Assert.InRange(refused.RetryAfter!.Value, 28 * 60, 30 * 60);
        await elsewhere.StartAsync();
        await EndAsync(full, session.Id);
        await second.StartAsync();
    }

    [Fact]
    public async Task Where_conversations_have_ended_of_late_the_next_place_is_expected_as_soon()
    {
        await using var full = await program.StartNodeAsync(new Dictionary<string, string> { ["Tutoring:NodeSessions"] = "1" });
        using var first = await Student.NewAsync(program, full);
        using var second = await Student.NewAsync(program, full);
        await EndAsync(full, (await first.StartAsync()).Id);
        await first.StartAsync();

        var refused = await ProblemAsync(await second.TryStartAsync());

        // One ended since the node began, a moment ago.
        Assert.InRange(refused.RetryAt!.Value, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(10));
        Assert.InRange(refused.RetryAfter!.Value, 1, 10 * 60);
    }

    [Fact]
    public async Task The_day_holds_under_parallel_starts_on_two_nodes()
    {
        var settings = new Dictionary<string, string> { ["Tutoring:SessionsAtOnce"] = "100", ["Tutoring:SessionsPerDay"] = "4" };
        await using var one = await program.StartNodeAsync(settings);
        await using var other = await program.StartNodeAsync(settings);
        using var student = await Student.NewAsync(program, one);
        using var there = student.At(other);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => (n % 2 == 0 ? student : there).TryStartAsync()));

        Assert.Equal(4, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.Equal("urn:lectern:tutoring:sessions-per-day", (await ProblemAsync(answers.First(answer => answer.StatusCode != HttpStatusCode.Created))).Type);
    }

    [Fact]
    public async Task The_installation_holds_under_parallel_starts_on_two_nodes()
    {
        var settings = new Dictionary<string, string> { ["Tutoring:InstallationSessions"] = (await SeatsAsync() + 3).ToString(CultureInfo.InvariantCulture) };
        await using var one = await program.StartNodeAsync(settings);
        await using var other = await program.StartNodeAsync(settings);
        var students = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Student.NewAsync(program, n % 2 == 0 ? one : other)));

        var answers = await Task.WhenAll(students.Select(student => student.TryStartAsync()));

        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.All(students, student => student.Dispose());
    }

    [Fact]
    public async Task Two_nodes_at_once_take_no_more_messages_than_one_conversation_holds()
    {
        var settings = new Dictionary<string, string> { ["Tutoring:MessagesPerSession"] = "3" };
        await using var one = await program.StartNodeAsync(settings);
        await using var other = await program.StartNodeAsync(settings);
        using var student = await Student.NewAsync(program, one);
        var (session, first) = await student.TalkAsync(one);
        await using var _ = first;
        var ticket = await student.TicketAsync(session.Id);

        var here = SayAllAsync(first, "a");
        // Not waited for: the first may have used up all messages before this one is let in, and the session be over.
        await using var second = await LiveClient.OpenAsync(other);
        await second.HelloAsync(ticket);
        await Task.WhenAll(here, SayAllAsync(second, "b"));

        var asked = (await student.TranscriptAsync(session.Id)).GetProperty("turns").EnumerateArray().Skip(1).Select(turn => turn.GetProperty("question").GetProperty("id").GetString()!).ToList(); // all but the greeting have one
        Assert.Equal(3, asked.Count);
        var confirmed = first.Frames.Concat(second.Frames).Where(frame => frame.GetProperty("type").GetString() == "question").Select(frame => frame.GetProperty("id").GetString()!);
        Assert.Empty(confirmed.Except(asked));
    }

    // To the end: the last answer ends the session, and a line that was taken over is closed.
    private static async Task SayAllAsync(LiveClient line, string name)
    {
        try
        {
            for (var i = 1; i <= 3; i++)
                await line.SayAsync($"{name}-{i}", "What is a membrane made of?");
            await line.ClosedAsync();
        }
        catch (System.Net.WebSockets.WebSocketException)
        {
            // Closed while it was sending.
        }
    }

    [Fact]
    public async Task The_caps_hold_under_parallel_starts_of_many_students()
    {
        await using var node = await program.StartNodeAsync(new Dictionary<string, string> { ["Tutoring:NodeSessions"] = "3" });
        var students = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Student.NewAsync(program, node)));

        var answers = await Task.WhenAll(students.Select(student => student.TryStartAsync()));

        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.All(students, student => student.Dispose());
    }

    [Fact]
    public async Task The_installation_is_full_for_every_school()
    {
        await using var node = await program.StartNodeAsync(new Dictionary<string, string> { ["Tutoring:InstallationSessions"] = (await SeatsAsync() + 1).ToString(CultureInfo.InvariantCulture) });
        using var student = await Student.NewAsync(program, node);
        using var second = await Student.NewAsync(program, node);
        using var there = await node.SignedInAsync("student@demo.test", LecternNode.OtherHost);
        var course = await TestCourse.EnsureAsync(program, program.Other);
        var session = await student.StartAsync();

        var here = await ProblemAsync(await second.TryStartAsync());
        var other = await ProblemAsync(await there.PostAsJsonAsync(Student.Sessions, new { courseId = course.Id }));

        Assert.Equal("urn:lectern:tutoring:installation-full", here.Type);
        Assert.True(here.RetryAt <= DateTimeOffset.UtcNow.AddMinutes(30), $"{here.RetryAt}");
        Assert.InRange(here.RetryAfter!.Value, 1, 30 * 60);
        Assert.Equal("urn:lectern:tutoring:installation-full", other.Type);
        await EndAsync(node, session.Id);
        using var answer = await there.PostAsJsonAsync(Student.Sessions, new { courseId = course.Id });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task A_session_left_alone_is_ended_and_its_place_is_free()
    {
        var clock = new ShiftedTime();
        await using var node = await program.StartNodeAsync(time: clock);
        using var student = await Student.NewAsync(program, node);
        var (first, second) = (await student.StartAsync(), await student.StartAsync());
        clock.Shift = TimeSpan.FromMinutes(4.9);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await student.TryStartAsync()).StatusCode);

        clock.Shift = TimeSpan.FromMinutes(5.1);
        await student.StartAsync();

        foreach (var session in new[] { first, second })
            Assert.Equal("idle", (await student.TranscriptAsync(session.Id)).GetProperty("endReason").GetString());
        Assert.False(await HasSeatAsync(first.Id));
    }

    [Fact]
    public async Task The_sweep_ends_what_nobody_speaks_for_and_leaves_what_a_node_holds()
    {
        var clock = new ShiftedTime();
        await using var node = await program.StartNodeAsync(time: clock);
        using var student = await Student.NewAsync(program, node);
        var left = await student.StartAsync();
        using var other = await Student.NewAsync(program, node);
        var (held, line) = await other.TalkAsync(node);
        await using var _ = line;
        await HoldLeaseAsync(held.Id, DateTimeOffset.UtcNow.AddHours(2));

        clock.Shift = TimeSpan.FromMinutes(30.1);
        await using (var scope = node.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<SweepSessions>().RunAsync(default);

        clock.Shift = TimeSpan.Zero;
        Assert.Equal("time", (await student.TranscriptAsync(left.Id)).GetProperty("endReason").GetString());
        Assert.Equal(JsonValueKind.Null, (await other.TranscriptAsync(held.Id)).GetProperty("endReason").ValueKind);
    }

    [Fact]
    public async Task A_school_may_be_stricter_than_the_installation_and_not_more_generous()
    {
        using var student = await Student.NewAsync(program);
        await SetAsync(new TutoringSetting { SessionMinutes = 200, SessionsAtOnce = 1, MessagesPerSession = 7 });
        try
        {
            var session = await student.StartAsync();
            var refused = await ProblemAsync(await student.TryStartAsync());

            Assert.Equal("urn:lectern:tutoring:sessions-at-once", refused.Type);
            Assert.Equal((30, 7), (session.Body.GetProperty("limits").GetProperty("maxMinutes").GetInt32(), session.Body.GetProperty("limits").GetProperty("maxMessages").GetInt32()));
            await using var line = await LiveClient.EnterAsync(program.Node, session.Ticket);
            Assert.Equal(7, line.Frames[0].GetProperty("messagesLeft").GetInt32());
        }
        finally
        {
            await SetAsync(new TutoringSetting());
        }
    }

    [Fact]
    public void The_stricter_of_installation_and_school_holds_for_each_limit()
    {
        var limits = SessionLimits.Of(new TutoringOptions(), new TutoringSetting { SessionMinutes = 10, SessionsAtOnce = 5, SessionsPerDay = 3, MessagesPerSession = 1_000 });

        Assert.Equal(new SessionLimits(Minutes: 10, IdleMinutes: 5, AtOnce: 2, PerDay: 3, Messages: 100), limits);
    }

    [Fact]
    public async Task A_course_a_lesson_or_a_teacher_that_is_not_there_is_404()
    {
        using var student = await Student.NewAsync(program);
        var algebra = await Student.CourseAsync(program, "algebra");
        await using var scope = program.Services.GetRequiredService<SchoolScopes>().Enter(program.Demo);
        var lesson = await scope.ServiceProvider.GetRequiredService<Lectern.Courses.Contracts.CourseReading>().FindLessonAsync(algebra.Id, "linear-equations", default);

        Assert.Equal(HttpStatusCode.NotFound, (await student.TryStartAsync(new { courseId = Guid.NewGuid() })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await student.TryStartAsync(new { courseId = student.Course.Id, lessonId = lesson!.Id })).StatusCode); // the demo has it
        Assert.Equal(HttpStatusCode.NotFound, (await student.TryStartAsync(new { courseId = algebra.Id, teacher = "nobody" })).StatusCode);
        var session = await student.StartAsync(new { courseId = algebra.Id, lessonId = lesson.Id, teacher = "mira" });
        Assert.Equal((lesson.Title, "mira"), (session.Body.GetProperty("title").GetString(), session.Body.GetProperty("teacher").GetProperty("slug").GetString()));
    }

    private static async Task EndAsync(LecternNode node, Guid session)
    {
        await using var scope = node.Services.CreateAsyncScope();
        var school = (await scope.ServiceProvider.GetRequiredService<SchoolDirectory>().FindBySlugAsync("demo", default))!; // the demo is loaded
        await using var db = node.Factory.Create(school);
        Assert.True(await scope.ServiceProvider.GetRequiredService<SessionEndings>().EndAsync(db, session, epoch: 0, "student", default));
    }

    private async Task SetAsync(TutoringSetting setting)
    {
        await using var scope = program.Services.GetRequiredService<SchoolScopes>().Enter(program.Demo);
        await scope.ServiceProvider.GetRequiredService<SchoolSettings>().SetAsync(setting, default);
    }

    private async Task HoldLeaseAsync(Guid session, DateTimeOffset until)
    {
        await using var db = program.Factory.Create(program.Demo);
        await db.Set<TutoringSession>().Where(row => row.Id == session).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, until));
    }

    private async Task<bool> HasSeatAsync(Guid session)
    {
        await using var db = program.Factory.CreateWithoutSchool();
        return await db.Set<LiveSeat>().AnyAsync(seat => seat.SessionId == session);
    }

    private async Task<int> SeatsAsync()
    {
        await using var db = program.Factory.CreateWithoutSchool();
        var now = DateTimeOffset.UtcNow;
        return await db.Set<LiveSeat>().CountAsync(seat => seat.Until > now);
    }

    private static async Task<(string Type, DateTimeOffset? RetryAt, int? RetryAfter)> ProblemAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
        var retryAt = problem.GetProperty("retryAt");
        return (problem.GetProperty("type").GetString()!, retryAt.ValueKind == JsonValueKind.Null ? null : retryAt.GetDateTimeOffset(), (int?)answer.Headers.RetryAfter?.Delta?.TotalSeconds); // a problem has a type
    }
}
