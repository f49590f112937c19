using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Lectern.Accounts.Contracts;
using Lectern.Costs.Budgets;
using Lectern.Costs.Metering;
using Lectern.Courses.Contracts;
using Lectern.Platform.Data;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;
using Lectern.Tests.Server.Fakes;
using Lectern.Tutoring.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lectern.Tests.Server.Localization;

/// <summary>Makes of a route an address in the demo school where there is something to see: a conversation held, an invitation, an undelivered mail.</summary>
internal sealed class DemoPlaces
{
    private const string Course = "cell-biology";

    private readonly Dictionary<string, string> _places = [];

    public static async Task<DemoPlaces> MakeAsync(LecternProgram program)
    {
        var places = new DemoPlaces();
        await using var scope = program.Services.GetRequiredService<SchoolScopes>().Enter(program.Demo);
        var people = scope.ServiceProvider.GetRequiredService<IPeople>();
        var student = await people.FindByEmailAsync("student@demo.test", default);
        await scope.ServiceProvider.GetRequiredService<SchoolSettings>().SetAsync(new TutoringSetting { TeachersMayRead = true }, default);
        var course = await scope.ServiceProvider.GetRequiredService<CourseReading>().FindCourseAsync(Course, default);
        using var client = await program.SignedInAsync("student@demo.test");
        places._places["/conversations/{Id:guid}"] = await ConverseAsync(program, client, course!.Id); // the demo is loaded
        places._places["/classroom/{Id:guid}"] = (await StartAsync(client, course.Id)).GetProperty("id").GetString()!; // a started session has an id
        places._places["/admin/people/{Id:guid}"] = student!.Id.ToString(); // as above
        places._places["/admin/costs/budgets/{Id:guid}/remove"] = (await scope.ServiceProvider.GetRequiredService<LecternDb>().Set<Budget>().FirstAsync(budget => budget.RemovedAt == null)).Id.ToString();
        places._places["/admin/costs/prices/{Id}/remove"] = await AddOwnPriceAsync(scope.ServiceProvider.GetRequiredService<LecternDb>());
        places._places["/admin/dead-letters/{Id:guid}/discard"] = await AddDeadLetterAsync(program);
        places._places["/invitation/{Token}"] = (await people.InviteAsync("new@demo.test", PersonRoles.Teacher, student.Id, default)).Split('/')[^1];
        await scope.ServiceProvider.GetRequiredService<SchoolSettings>().SetAsync(new TutoringSetting(), default);
        return places;
    }

    /// <exception cref="KeyNotFoundException">A route of a new page, with a parameter nobody has said how to fill.</exception>
    public string AddressOf(string route) => string.Join('/', route.Split('/').Select(part => part switch
    {
        "{Course}" or "{Slug}" => Course,
        "{Lesson}" => "enzymes-and-atp",
        "{code:int}" => "503",
        ['{', ..] => _places[route],
        _ => part,
    }));

    private static async Task<JsonElement> StartAsync(HttpClient client, Guid course)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/tutoring/sessions", new { courseId = course, teacher = "mira" });
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    // Asks one question, hears the answer and ends.
    private static async Task<string> ConverseAsync(LecternProgram program, HttpClient client, Guid course)
    {
        var session = await StartAsync(client, course);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", $"demo.localhost:{program.Address.Port}");
        socket.Options.AddSubProtocol("lectern.live.v1");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{program.Address.Port}/live/v1"), patience.Token);
        await SayAsync(new { type = "hello", ticket = session.GetProperty("live").GetProperty("ticket").GetString(), client = new { name = "tests", version = "1" } });
        await SayAsync(new { type = "say", id = "q-1", text = "What does an enzyme do?" });
        await HearAsync("answer");
        await SayAsync(new { type = "end" });
        await HearAsync("ended");
        return session.GetProperty("id").GetString()!; // a started session has an id

        Task SayAsync(object frame) => socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame), WebSocketMessageType.Text, endOfMessage: true, patience.Token);

        async Task HearAsync(string type)
        {
            var buffer = new byte[64 * 1024];
            string frame;
            do
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), patience.Token);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                Assert.True(part.MessageType == WebSocketMessageType.Text, $"The socket was closed before \"{type}\" came: {socket.CloseStatus}");
                frame = Encoding.UTF8.GetString(buffer, 0, length);
            }
            while (!frame.Contains($"\"type\":\"{type}\"", StringComparison.Ordinal));
        }
    }

    // Of a voice that nothing else here uses.
    private static async Task<string> AddOwnPriceAsync(LecternDb db)
    {
        const string voice = "aws-polly-neural";
        if (!await db.Set<OwnPrice>().AnyAsync(price => price.PriceId == voice))
        {
            db.Add(OwnPrice.Create(voice, 0.00001m, "USD", "Contract of March", DateTimeOffset.UtcNow));
            await db.SaveChangesAsync();
        }
        return voice;
    }

    private static async Task<string> AddDeadLetterAsync(LecternProgram program)
    {
        var id = Guid.CreateVersion7();
        await using var owner = NpgsqlDataSource.Create(program.Connections.Owner);
        await using var command = owner.CreateCommand("""
            with event as (insert into outbox_event (id, school_id, name, aggregate_id, payload, fanned_out_at) values ($1, $2, 'accounts.test', $1, '{}', now()) returning id, sequence)
            insert into outbox_delivery (id, event_id, handler, sequence, aggregate_id, state, attempts, error) select $1, id, 'accounts.test', sequence, $1, 'dead', 12, '12345' from event
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        command.Parameters.Add(new NpgsqlParameter { Value = program.Demo.Id });
        await command.ExecuteNonQueryAsync();
        return id.ToString();
    }
}
