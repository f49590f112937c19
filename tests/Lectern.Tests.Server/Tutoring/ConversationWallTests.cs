using System.Net;
using System.Net.Http.Json;
using Lectern.Courses.Contracts;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;
using Lectern.Tests.Server.Fakes;
using Lectern.Tutoring.Sessions;
using Lectern.Tutoring.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>Who may read a conversation.</summary>
[Collection(ProgramCollection.Name)]
public sealed class ConversationWallTests(LecternProgram program)
{
    private const string Question = "What is a membrane made of, xylophonically speaking?";

    [Fact]
    public async Task Nothing_of_a_conversation_is_reached_from_another_school()
    {
        using var student = await Student.NewAsync(program);
        var session = await TalkedAsync(student);
        using var there = await program.SignedInAsync("student@demo.test", LecternNode.OtherHost);

        Assert.Equal(HttpStatusCode.NotFound, (await there.GetAsync($"{Student.Sessions}/{session}/transcript")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await there.PostAsync($"{Student.Sessions}/{session}/ticket", content: null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await there.GetAsync($"/conversations/{session}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await there.GetAsync($"/classroom/{session}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await there.PostAsJsonAsync(Student.Sessions, new { courseId = student.Course.Id })).StatusCode);
        await using var db = program.Factory.Create(program.Other);
        Assert.False(await db.Set<TutoringTurn>().AnyAsync(turn => turn.SessionId == session));
        Assert.False(await db.Set<TutoringSession>().IgnoreQueryFilters().AnyAsync(row => row.Id == session));
    }

    [Fact]
    public async Task A_conversation_that_is_not_shared_is_its_students_alone()
    {
        using var student = await Student.NewAsync(program);
        var session = await TalkedAsync(student);
        using var teacher = await program.SignedInAsync("teacher@demo.test");
        using var administrator = await program.SignedInAsync("admin@demo.test");

        Assert.Contains("xylophonically", await student.Http.GetStringAsync($"/conversations/{session}"), StringComparison.Ordinal);
        foreach (var person in new[] { teacher, administrator })
            Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync($"/conversations/{session}")).StatusCode);
        Assert.DoesNotContain(session.ToString(), await teacher.GetStringAsync("/teaching/cell-biology/conversations"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.GetAsync("/teaching/cell-biology/conversations")).StatusCode);
    }

    [Fact]
    public async Task A_shared_conversation_is_read_by_the_teachers_of_its_course_and_nobody_else()
    {
        await SetAsync(new TutoringSetting { TeachersMayRead = true });
        Guid session;
        using var student = await Student.NewAsync(program);
        try
        {
            session = await TalkedAsync(student);
        }
        finally
        {
            await SetAsync(new TutoringSetting());
        }
        using var teacher = await program.SignedInAsync("teacher@demo.test");
        using var stranger = await program.SignedInAsync(await program.AddPersonAsync("Tea Cher", PersonRoles.Teacher));
        using var other = await Student.NewAsync(program);

        Assert.Contains("xylophonically", await teacher.GetStringAsync($"/conversations/{session}"), StringComparison.Ordinal);
        Assert.Contains(session.ToString(), await teacher.GetStringAsync("/teaching/cell-biology/conversations"), StringComparison.Ordinal);
        foreach (var person in new[] { stranger, other.Http })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync($"/conversations/{session}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync("/teaching/cell-biology/conversations")).StatusCode);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await teacher.GetAsync($"{Student.Sessions}/{session}/transcript")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await teacher.PostAsync($"{Student.Sessions}/{session}/ticket", content: null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await teacher.GetAsync($"/classroom/{session}")).StatusCode);
    }

    [Fact]
    public async Task Who_no_longer_teaches_the_course_no_longer_reads_it()
    {
        await SetAsync(new TutoringSetting { TeachersMayRead = true });
        var email = await program.AddPersonAsync("Tempo Rary", PersonRoles.Teacher);
        using var teacher = await program.SignedInAsync(email);
        using var student = await Student.NewAsync(program, course: "algebra");
        try
        {
            var session = await TalkedAsync(student);
            await using var scope = program.Services.GetRequiredService<SchoolScopes>().Enter(program.Demo);
            var roles = scope.ServiceProvider.GetRequiredService<CourseRoles>();
            var person = (await scope.ServiceProvider.GetRequiredService<Accounts.Contracts.IPeople>().FindByEmailAsync(email, default))!.Id; // just made

            await roles.AppointAsync(person, student.Course.Id, default);
            Assert.Equal(HttpStatusCode.OK, (await teacher.GetAsync($"/conversations/{session}")).StatusCode);
            await roles.DismissAsync(person, student.Course.Id, default);
            Assert.Equal(HttpStatusCode.NotFound, (await teacher.GetAsync($"/conversations/{session}")).StatusCode);
        }
        finally
        {
            await SetAsync(new TutoringSetting());
        }
    }

    private async Task<Guid> TalkedAsync(Student student)
    {
        var (session, line) = await student.TalkAsync(program.Node);
        await using (line)
        {
            await line.AskAsync("m-1", Question);
            await line.SendAsync("end");
            await line.UntilAsync("ended");
        }
        return session.Id;
    }

    private async Task SetAsync(TutoringSetting setting)
    {
        await using var scope = program.Services.GetRequiredService<SchoolScopes>().Enter(program.Demo);
        await scope.ServiceProvider.GetRequiredService<SchoolSettings>().SetAsync(setting, default);
    }
}
