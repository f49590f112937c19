using System.Diagnostics;
using Lectern.Platform.Schools;
using Lectern.Tests.Fakes;
using Lectern.Tests.Server.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>The sample of docs/live-protocol.md, run as its readers run it.</summary>
[Collection(ProgramCollection.Name)]
public sealed class SampleClientTests(LecternProgram program)
{
    [FactWithNode]
    public async Task The_sample_client_asks_prints_the_answers_and_ends()
    {
        await AnswerToAsync(program, "127.0.0.1");
        var course = await Student.CourseAsync(program, "cell-biology");
        var start = new ProcessStartInfo("node", ["--experimental-websocket", "--no-warnings", Path.Combine(Repository.Root, "docs", "samples", "live-client.mjs"), course.Id.ToString(), "What is a phospholipid?", "Give me an example"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment["LECTERN_URL"] = $"http://127.0.0.1:{program.Address.Port}";
        start.Environment["LECTERN_EMAIL"] = await program.AddPersonAsync("Sam Ple");

        using var node = Process.Start(start)!; // a new process is started each time
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(patience.Token), node.StandardError.ReadToEndAsync(patience.Token));
        await node.WaitForExitAsync(patience.Token);

        Assert.True(node.ExitCode == 0, $"{node.ExitCode}: {await errors}\n{await output}");
        foreach (var line in new[] { "— Mira", "> What is a phospholipid?", "> Give me an example", "  [1] ", "/courses/cell-biology/", "— ended (student)" })
            Assert.Contains(line, await output, StringComparison.Ordinal);
    }

    // Node.js does not find *.localhost on every system.
    private static async Task AnswerToAsync(LecternProgram program, string host)
    {
        await using var connection = new NpgsqlConnection(program.Connections.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("insert into school_host (host, school_id) values ($1, $2) on conflict do nothing", connection);
        command.Parameters.Add(new() { Value = host });
        command.Parameters.Add(new() { Value = program.Demo.Id });
        await command.ExecuteNonQueryAsync();
        program.Services.GetRequiredService<SchoolDirectory>().Forget();
    }
}

/// <summary>A test that needs Node.js with WebSocket: 20.10 or later.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithNodeAttribute : FactAttribute
{
    public FactWithNodeAttribute()
    {
        if (!IsThere()) Skip = "NODE.JS IS NOT INSTALLED: the sample client of the live protocol was not tried";
    }

    private static bool IsThere()
    {
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", ["--experimental-websocket", "--version"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false });
            return node is not null && node.WaitForExit(TimeSpan.FromSeconds(20)) && node.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
