using System.Diagnostics;
using Lectern.Ai.Contracts;
using Lectern.Ai.Speech.Espeak;
using Lectern.Tests.Fakes;
using Lectern.Tests.Fakes.Speech;

namespace Lectern.Tests.Ai.Speech;

/// <summary>Processes that die, hang or are wanted by many at once.</summary>
public sealed class EspeakWorkersTests
{
    private const string Kill = "-KILL";
    private const string Stop = "-STOP";

    [FactWithEspeak]
    public async Task Fifty_phrases_at_once_are_spoken_by_two_workers_and_not_mixed_up()
    {
        await using var host = SpeechHost.WithEspeak();
        var texts = Enumerable.Range(0, 50).Select(i => string.Join(' ', Enumerable.Repeat("cell", 1 + (i % 10)))).ToList();

        var spoken = await Task.WhenAll(texts.Select(text => host.SpeakAsync(text)));

        Assert.Equal(texts.Select((_, i) => 1 + (i % 10)), spoken.Select(phrase => phrase.Marks.Words.Count));
        Assert.All(spoken, phrase => Assert.InRange(phrase.Marks.Milliseconds, phrase.Milliseconds - 30, phrase.Milliseconds + 30));
        Assert.InRange(Workers(host).Count, 1, 2);
    }

    [FactWithEspeak]
    public async Task A_worker_that_was_killed_is_replaced_and_nobody_notices()
    {
        await using var host = SpeechHost.WithEspeak(workers: 1);
        for (var i = 0; i < 5; i++)
        {
            Assert.Single((await host.SpeakAsync("cell")).Marks.Words);
            await SignalAsync(Workers(host)[^1], Kill);
        }

        Assert.Single((await host.SpeakAsync("cell")).Marks.Words);
        Assert.Equal(6, Workers(host).Count);
        Assert.DoesNotContain("Warning", host.Log.Text, StringComparison.Ordinal);
    }

    [FactWithEspeak]
    public async Task A_worker_that_is_killed_over_a_phrase_gives_it_to_another()
    {
        await using var host = SpeechHost.WithEspeak(workers: 1);
        await host.SpeakAsync("cell");
        var worker = Workers(host)[0];
        await SignalAsync(worker, Stop);

        var phrase = host.SpeakAsync("Cells divide.");
        await SignalAsync(worker, Kill);

        Assert.Equal(2, (await phrase).Marks.Words.Count);
    }

    [FactWithEspeak]
    public async Task A_worker_that_hangs_fails_its_phrase_after_five_seconds_and_is_replaced()
    {
        await using var host = SpeechHost.WithEspeak(workers: 1);
        await host.SpeakAsync("cell");
        var worker = Workers(host)[0];
        await SignalAsync(worker, Stop);

        var phrase = host.FailureAsync("Cells divide.");
        host.Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(phrase.IsCompleted);
        host.Time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(ModelFailure.Slow, (await phrase).Kind);
        Assert.Equal([1.0], host.Metrics.Of("lectern.ai.speech.failures{Slow}"));
        Assert.Single((await host.SpeakAsync("cell")).Marks.Words);
        Assert.Equal(2, Workers(host).Count);
        await EndedAsync(worker);
    }

    [FactWithEspeak]
    public async Task Whoever_no_longer_listens_leaves_at_once_and_the_worker_goes_on()
    {
        await using var host = SpeechHost.WithEspeak(workers: 1);
        await host.SpeakAsync("cell");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.SpeakAsync("Cells divide.", ct: cancelled.Token));
        for (var i = 0; i < 20; i++)
        {
            using var soon = new CancellationTokenSource();
            var phrase = host.SpeakAsync("Cells divide and divide and divide.", ct: soon.Token);
            await soon.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => phrase);
        }

        Assert.Equal(2, (await host.SpeakAsync("two words")).Marks.Words.Count);
        Assert.Single(Workers(host));
    }

    [FactWithEspeak]
    public async Task Whoever_waits_for_a_worker_may_leave_and_no_more_wait_than_are_allowed()
    {
        await using var host = SpeechHost.WithEspeak(workers: 1);
        await host.SpeakAsync("cell");
        await SignalAsync(Workers(host)[0], Stop);
        var hanging = host.FailureAsync("first");
        using var leave = new CancellationTokenSource();

        var leaving = host.SpeakAsync("second", ct: leave.Token);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        var crowd = Enumerable.Range(0, 257).Select(_ => OutcomeAsync(host, "crowd")).ToList();
        Assert.Equal(ModelFailure.Limited, await await Task.WhenAny(crowd));

        host.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(ModelFailure.Slow, (await hanging).Kind);
        // Whose time ends together with that of the worker before them may or may not get the next.
        Assert.Single(await Task.WhenAll(crowd), outcome => outcome == ModelFailure.Limited);
        Assert.All(await Task.WhenAll(crowd), outcome => Assert.True(outcome is null or ModelFailure.Limited or ModelFailure.Slow, $"{outcome}"));
        Assert.Single((await host.SpeakAsync("cell")).Marks.Words);
    }

    [FactWithEspeak]
    public async Task The_workers_end_with_their_pool()
    {
        var host = SpeechHost.WithEspeak();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.SpeakAsync("cell")));
        var workers = Workers(host);

        await host.DisposeAsync();

        Assert.NotEmpty(workers);
        foreach (var worker in workers)
            await EndedAsync(worker);
    }

    [Fact]
    public async Task A_helper_that_does_not_start_is_warned_of_once_and_tried_again_after_a_minute()
    {
        var time = new VirtualTime();
        var log = new LogSeen();
        using var workers = new EspeakWorkers("/no/such/Lectern.Espeak.dll", 1, time, log);
        Task<ModelUnavailableException> FailureAsync() => Assert.ThrowsAsync<ModelUnavailableException>(() => workers.SpeakAsync(new("cell", "en", "", 165, 50), default));

        Assert.True(workers.CanStart);
        Assert.Equal(ModelFailure.Unreachable, (await FailureAsync()).Kind);
        Assert.False(workers.CanStart);
        Assert.Equal(ModelFailure.Resting, (await FailureAsync()).Kind);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(workers.CanStart);
        Assert.Equal(ModelFailure.Unreachable, (await FailureAsync()).Kind);

        Assert.Equal(2, log.Text.Split("Warning espeak-ng cannot be used").Length);
    }

    private static async Task<ModelFailure?> OutcomeAsync(SpeechHost host, string text)
    {
        try
        {
            await host.SpeakAsync(text);
            return null;
        }
        catch (ModelUnavailableException failure)
        {
            return failure.Kind;
        }
    }

    private static List<int> Workers(SpeechHost host) => [.. host.Log.Text.Split('\n').Where(line => line.Contains("espeak-ng speaks (", StringComparison.Ordinal))
        .Select(line => int.Parse(line.Split("process ")[1].Split(')')[0]))];

    // Comes back when the signal has had its effect.
    private static async Task SignalAsync(int process, string signal)
    {
        await Process.Start("kill", [signal, $"{process}"]).WaitForExitAsync();
        if (signal == Kill)
            await EndedAsync(process);
        while (signal == Stop && !File.ReadAllText($"/proc/{process}/stat").Contains(") T ", StringComparison.Ordinal))
            await Task.Yield();
    }

    private static async Task EndedAsync(int process)
    {
        while (IsAlive(process))
            await Task.Yield();
    }

    private static bool IsAlive(int process)
    {
        try
        {
            return !Process.GetProcessById(process).HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
