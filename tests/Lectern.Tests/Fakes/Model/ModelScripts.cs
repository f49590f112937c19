namespace Lectern.Tests.Fakes.Model;

/// <summary>How a model may behave, for <see cref="FakeModelServer.Next"/> and <see cref="FakeModelServer.Otherwise"/>.</summary>
public static class ModelScripts
{
    /// <summary>A complete answer, piece by piece.</summary>
    public static Func<FakeModelCall, Task> Say(params string[] pieces) => Finish("stop", pieces);

    /// <summary>Ends for another reason than being complete: <c>length</c> or <c>content_filter</c>; without pieces an empty answer.</summary>
    public static Func<FakeModelCall, Task> Finish(string reason, params string[] pieces) => async call =>
    {
        await SayAll(call, pieces);
        await call.FinishAsync(reason);
        await call.EndAsync();
    };

    /// <summary>Answers depending on the question, which is the last message.</summary>
    public static Func<FakeModelCall, Task> Answer(Func<string, string> answer) => call => Say(Words(answer(call.Messages[^1].Text)))(call);

    public static Func<FakeModelCall, Task> Fail(int status, string code = "some_error", string message = "It does not work.", string? retryAfter = null) =>
        call => call.FailAsync(status, code, message, retryAfter);

    /// <summary>Falls silent after the pieces; without any, before the first word.</summary>
    public static Func<FakeModelCall, Task> Silence(params string[] pieces) => async call =>
    {
        await SayAll(call, pieces);
        await call.HoldAsync();
    };

    /// <summary>The connection breaks after the pieces.</summary>
    public static Func<FakeModelCall, Task> Cut(params string[] pieces) => async call =>
    {
        await SayAll(call, pieces);
        await call.CutAsync();
    };

    /// <summary>The pieces, then something that is no chunk.</summary>
    public static Func<FakeModelCall, Task> Garbage(string garbage, params string[] pieces) => async call =>
    {
        await SayAll(call, pieces);
        await call.RawAsync(garbage);
    };

    /// <summary>Repeats itself until the client goes away; each piece waits for a permit.</summary>
    public static Func<FakeModelCall, Task> Endless(string piece, SemaphoreSlim permits) => async call =>
    {
        while (!call.Gone.IsCompleted)
        {
            await Task.WhenAny(permits.WaitAsync(), call.Gone);
            await call.SayAsync(piece);
        }
    };

    private static async Task SayAll(FakeModelCall call, string[] pieces)
    {
        foreach (var piece in pieces)
            await call.SayAsync(piece);
    }

    private static string[] Words(string text) => [.. text.Split(' ').Select((word, i) => i == 0 ? word : $" {word}")];
}
