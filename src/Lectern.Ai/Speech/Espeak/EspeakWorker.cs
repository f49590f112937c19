using System.Diagnostics;
using System.Text.Json;
using Lectern.Ai.Contracts;
using Lectern.Voice.Speech;
using Microsoft.Extensions.Logging;

namespace Lectern.Ai.Speech.Espeak;

/// <summary>One process of the helper, asked one phrase at a time. After any exception but a refusal it is of no more use.</summary>
internal sealed partial class EspeakWorker : IDisposable
{
    // Of the server's environment only this is passed on: it may hold keys.
    private static readonly string[] Inherited =
        ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "DOTNET_CLI_HOME", "ESPEAK_DATA_PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"];

    private readonly Process _process;

    private EspeakWorker(Process process) => _process = process;

    public int Id { get; private set; }

    public int SampleRate { get; private set; }

    public string Version { get; private set; } = "";

    public EspeakVoices Voices { get; private set; } = new([], []);

    /// <summary>Starts the helper and waits for its greeting.</summary>
    /// <exception cref="ModelUnavailableException">It does not start, or not in time.</exception>
    public static async Task<EspeakWorker> StartAsync(string helper, TimeSpan patience, TimeProvider time, ILogger log, CancellationToken ct)
    {
        var worker = new EspeakWorker(Launch(helper, log));
        try
        {
            await worker.GuardAsync(worker.GreetAsync, patience, time, ct);
            return worker;
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <summary>Speaks one phrase.</summary>
    /// <exception cref="ModelUnavailableException">With <see cref="ModelUnavailableException.IsOfThisQuestion"/> the helper refused it and is well.</exception>
    public async Task<EspeakSpeech> SpeakAsync(EspeakPhrase phrase, TimeSpan patience, TimeProvider time, CancellationToken ct)
    {
        EspeakSpeech? speech = null;
        string? refusal = null;
        await GuardAsync(async () =>
        {
            await AskAsync(phrase);
            (speech, refusal) = await ReceiveAsync();
        }, patience, time, ct);
        return speech ?? throw new ModelUnavailableException(ModelFailure.Faulty, $"espeak-ng refused a phrase ({refusal}).") { IsOfThisQuestion = true };
    }

    /// <summary>Ends the process.</summary>
    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private static Process Launch(string helper, ILogger log)
    {
        var start = new ProcessStartInfo(Dotnet(), [helper])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(helper),
        };
        foreach (var name in start.Environment.Keys.Except(Inherited, StringComparer.Ordinal).ToList())
            start.Environment.Remove(name);
        var process = new Process { StartInfo = start };
        process.ErrorDataReceived += (_, line) =>
        {
            if (!string.IsNullOrWhiteSpace(line.Data))
                Log.Says(log, line.Data);
        };
        try
        {
            process.Start();
        }
        catch (Exception failure) when (failure is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            process.Dispose();
            throw new ModelUnavailableException(ModelFailure.Unreachable, $"The helper of espeak-ng does not start ({helper}).", failure);
        }
        process.BeginErrorReadLine();
        return process;
    }

    // The program that runs this one, where that is dotnet itself.
    private static string Dotnet() => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    private async Task GreetAsync()
    {
        Id = _process.Id;
        var frame = await EspeakFrames.ReadAsync(_process.StandardOutput.BaseStream, CancellationToken.None);
        if (frame.Kind == EspeakFrames.Refused)
            throw new ModelUnavailableException(ModelFailure.Refused, $"The helper of espeak-ng cannot speak ({EspeakFrames.ReadRefusal(frame.Content)}).");
        if (frame.Kind != EspeakFrames.Hello)
            throw new InvalidDataException("The helper does not greet.");
        (SampleRate, Version, Voices) = EspeakFrames.ReadHello(frame.Content);
    }

    private async Task AskAsync(EspeakPhrase phrase)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(new { text = phrase.Text, voice = Voices.Choose(phrase.Wished, phrase.Language), rate = phrase.Rate, pitch = phrase.Pitch });
        var input = _process.StandardInput.BaseStream;
        await input.WriteAsync((byte[])[.. line, (byte)'\n']);
        await input.FlushAsync();
    }

    private async Task<(EspeakSpeech? Speech, string? Refusal)> ReceiveAsync()
    {
        SpeechMarks? marks = null;
        var samples = new List<ReadOnlyMemory<byte>>();
        while (true)
        {
            var frame = await EspeakFrames.ReadAsync(_process.StandardOutput.BaseStream, CancellationToken.None);
            switch (frame.Kind)
            {
                case EspeakFrames.Refused: return (null, EspeakFrames.ReadRefusal(frame.Content));
                case EspeakFrames.Marks: marks = EspeakFrames.ReadMarks(frame.Content); break;
                case EspeakFrames.Samples when frame.Content.Length % sizeof(short) == 0: samples.Add(frame.Content); break;
                case EspeakFrames.End when marks is not null: return (new(marks, samples), null);
                default: throw new InvalidDataException("The helper's answer is out of order.");
            }
        }
    }

    // The pipes of a process cannot be left in the middle of a frame. So whoever runs out of time ends the process, and what waits for it sees its end;
    // whoever is cancelled gives the few milliseconds that an answer takes, so that the worker can go on to the next.
    private async Task GuardAsync(Func<Task> talk, TimeSpan patience, TimeProvider time, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(patience, time);
        await using var onLimit = limit.Token.UnsafeRegister(worker => ((EspeakWorker)worker!).Kill(), this); // the state is this worker
        await using var onCancel = ct.UnsafeRegister(_ => limit.CancelAfter(EspeakWorkers.PatienceAfterCancellation), null);
        try
        {
            await talk();
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or ObjectDisposedException)
        {
            ct.ThrowIfCancellationRequested();
            throw limit.IsCancellationRequested
                ? new ModelUnavailableException(ModelFailure.Slow, $"The helper of espeak-ng did not answer within {patience.TotalSeconds} s.")
                : new ModelUnavailableException(ModelFailure.Unreachable, "The helper of espeak-ng ended, or answered with something else.", failure);
        }
    }

    private void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended already.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "The helper of espeak-ng says: {Line}")]
        public static partial void Says(ILogger log, string line);
    }
}
