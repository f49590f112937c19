using System.Net.Http.Json;
using System.Text.Json;
using Lectern.Courses.Contracts;
using Lectern.Platform.Schools;
using Lectern.Tests.Server.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>What a started session is reached by.</summary>
internal sealed record Started(Guid Id, string Ticket, JsonElement Body);

/// <summary>A student of the demo school, signed in, with the requests a student makes.</summary>
internal sealed class Student(string email, HttpClient http, CourseBrief course) : IDisposable
{
    public const string Sessions = "/api/v1/tutoring/sessions";

    public HttpClient Http => http;

    public CourseBrief Course => course;

    public string Email => email;

    /// <summary>A student nobody has met before, on the node.</summary>
    public static async Task<Student> NewAsync(LecternProgram program, LecternNode? node = null, string course = "cell-biology", string name = "Stu Dent")
    {
        var email = await program.AddPersonAsync(name);
        return new Student(email, await (node ?? program.Node).SignedInAsync(email), await CourseAsync(program, course));
    }

    public static async Task<CourseBrief> CourseAsync(LecternProgram program, string slug)
    {
        await using var scope = program.Services.GetRequiredService<SchoolScopes>().Enter(program.Demo);
        return (await scope.ServiceProvider.GetRequiredService<CourseReading>().FindCourseAsync(slug, default))!; // the demo is loaded
    }

    /// <summary>The same student at another node.</summary>
    public Student At(LecternNode node) => new(email, node.As(http), course);

    /// <summary>The same student with a new sign-in, where the clock has gone past the old one's.</summary>
    public async Task<Student> SignInAsync(LecternNode node) => new(email, await node.SignedInAsync(email), course);

    public Task<HttpResponseMessage> TryStartAsync(object? wish = null) => http.PostAsJsonAsync(Sessions, wish ?? new { courseId = course.Id });

    public async Task<Started> StartAsync(object? wish = null)
    {
        using var answer = await TryStartAsync(wish);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return new Started(body.GetProperty("id").GetGuid(), body.GetProperty("live").GetProperty("ticket").GetString()!, body); // as the protocol has it
    }

    /// <summary>Starts a session and enters it.</summary>
    public async Task<(Started Session, LiveClient Line)> TalkAsync(LecternNode node, object? wish = null)
    {
        var session = await StartAsync(wish);
        return (session, await LiveClient.EnterAsync(node, session.Ticket));
    }

    public Task<HttpResponseMessage> TryTicketAsync(Guid session) => http.PostAsync($"{Sessions}/{session}/ticket", content: null);

    public async Task<string> TicketAsync(Guid session)
    {
        using var answer = await TryTicketAsync(session);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("ticket").GetString()!; // as the protocol has it
    }

    public Task<JsonElement> TranscriptAsync(Guid session) => http.GetFromJsonAsync<JsonElement>($"{Sessions}/{session}/transcript");

    public void Dispose() => http.Dispose();
}
