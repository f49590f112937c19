// SPDX-License-Identifier: GPL-3.0-or-later
using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using Microsoft.Win32.SafeHandles;

namespace Lectern.Espeak;

/// <summary>Reads requests from standard input, one a line, and writes answers to standard output, in order. Ends when its input does.</summary>
internal static class Program
{
    private const int NotInstalled = 3;

    // Not by way of Console, which hides that nobody reads any more.
    private const int StandardOutput = 1;

    // How long what was asked may take to be answered after the input has ended.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private static async Task<int> Main()
    {
        await using var output = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 65_536);
        var answers = new Answers(output);
        using var requests = new BlockingCollection<Func<Request>>(boundedCapacity: 16);
        var start = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        // The library has one thread; another watches the input, so that a synthesis that hangs does not outlive whoever asked for it.
        var speaking = new Thread(() => Speak(answers, requests.GetConsumingEnumerable(), start)) { IsBackground = true };
        speaking.Start();
        if (!await start.Task)
            return NotInstalled;
        await ReadAsync(requests);
        requests.CompleteAdding();
        speaking.Join(Farewell);
        return 0;
    }

    private static void Speak(Answers answers, IEnumerable<Func<Request>> requests, TaskCompletionSource<bool> start)
    {
        try
        {
            if (Start(answers) is not { } speaker)
            {
                start.SetResult(false);
                return;
            }
            start.SetResult(true);
            foreach (var request in requests)
                Answer(answers, speaker, request);
        }
        catch (IOException)
        {
            // Nobody reads the answers any more.
            start.TrySetResult(false);
            Environment.Exit(0);
        }
    }

    private static Speaker? Start(Answers answers)
    {
        try
        {
            var speaker = Speaker.Start();
            answers.Hello(speaker);
            return speaker;
        }
        catch (RefusedException refusal)
        {
            answers.Refused(refusal);
            return null;
        }
    }

    private static void Answer(Answers answers, Speaker speaker, Func<Request> request)
    {
        try
        {
            answers.Spoken(speaker.Speak(request()));
        }
        catch (RefusedException refusal)
        {
            answers.Refused(refusal);
        }
    }

    private static async Task ReadAsync(BlockingCollection<Func<Request>> requests)
    {
        var input = PipeReader.Create(Console.OpenStandardInput());
        var isTooLong = false;
        while (true)
        {
            var read = await input.ReadAsync();
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                requests.Add(isTooLong ? () => throw Request.TooLong() : Parsed(rest.Slice(0, end)));
                isTooLong = false;
                rest = rest.Slice(rest.GetPosition(1, end));
            }
            // The rest of a line that is too long is read and forgotten.
            isTooLong |= rest.Length > Request.MaxLineLength;
            input.AdvanceTo(isTooLong ? rest.End : rest.Start, rest.End);
            if (read.IsCompleted)
                return;
        }
    }

    private static Func<Request> Parsed(ReadOnlySequence<byte> line)
    {
        try
        {
            var request = line.Length > Request.MaxLineLength ? throw Request.TooLong() : Request.Parse(line);
            return () => request;
        }
        catch (RefusedException refusal)
        {
            return () => throw refusal;
        }
    }
}
