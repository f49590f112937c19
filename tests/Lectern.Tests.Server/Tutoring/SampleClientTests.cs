using System.Diagnostics;
using Lectern.Platform.Schools;
using Lectern.Tests.Fakes;
using Lectern.Tests.Fakes.Speech;
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
        var output = await RunAsync(program, "live-client.mjs", course.Id.ToString(), "What is a phospholipid?", "Give me an example");

        foreach (var line in new[] { "— Mira", "> What is a phospholipid?", "> Give me an example", "  [1] ", "/courses/cell-biology/", "— ended (student)" })
            Assert.Contains(line, output, StringComparison.Ordinal);
    }

    [FactWithNode]
    public async Task The_sample_client_speaks_and_listens()
    {
        await using var speech = await FakeSpeechServer.StartAsync();
        await using var node = await program.StartNodeAsync(SpeakingNode.Settings(speech));
        await AnswerToAsync(program, "127.0.0.1");
        node.Services.GetRequiredService<SchoolDirectory>().Forget();
        var course = await Student.CourseAsync(program, "cell-biology");
        var folder = Directory.CreateTempSubdirectory("lectern-sample-");
        var (question, answer) = (Path.Combine(folder.FullName, "question.wav"), Path.Combine(folder.FullName, "answer.wav"));
        var random = new Random(3);
        var samples = Enumerable.Range(0, 16_000).Select(i => (short)random.Next(-4_000, 4_000)).ToArray();
        await File.WriteAllBytesAsync(question, Wav(samples));
        speech.NextTranscription(call => call.SayAsync("Thank you!"));

        var output = await RunAsync(node, "voice-client.mjs", course.Id.ToString(), question, answer);

        Assert.Contains("(you speak)", output, StringComparison.Ordinal);
        Assert.Contains("> Thank you!", output, StringComparison.Ordinal);
        Assert.InRange(speech.Transcriptions.Single().Samples.Length, 15_000, 24_000);
        var spoken = speech.Phrases.Sum(phrase => phrase.Input.Length) * FakePhraseCall.MillisecondsPerCharacter * 48;
        Assert.Equal(44 + spoken, new FileInfo(answer).Length);
        folder.Delete(recursive: true);
    }

    private static byte[] Wav(short[] samples)
    {
        using var wav = new MemoryStream();
        using var writer = new BinaryWriter(wav);
        writer.Write("RIFF"u8);
        writer.Write(36 + samples.Length * 2);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(16_000);
        writer.Write(32_000);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(samples.Length * 2);
        foreach (var sample in samples)
            writer.Write(sample);
        return wav.ToArray();
    }

    private Task<string> RunAsync(LecternProgram at, string sample, params string[] arguments) => RunAsync(at.Node, sample, arguments);

    private async Task<string> RunAsync(LecternNode at, string sample, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", ["--experimental-websocket", "--no-warnings", Path.Combine(Repository.Root, "docs", "samples", sample), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment["LECTERN_URL"] = $"http://127.0.0.1:{at.Address.Port}";
        start.Environment["LECTERN_EMAIL"] = await program.AddPersonAsync("Sam Ple");
        using var node = Process.Start(start)!; // a new process is started each time
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(patience.Token), node.StandardError.ReadToEndAsync(patience.Token));
        await node.WaitForExitAsync(patience.Token);
        Assert.True(node.ExitCode == 0, $"{node.ExitCode}: {await errors}\n{await output}");
        return await output;
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
