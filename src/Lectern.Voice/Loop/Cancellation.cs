namespace Lectern.Voice.Loop;

internal static class Cancellation
{
    /// <summary>
    /// Cancels away from the caller, so that what others registered on the token neither holds up the loop nor throws into it.
    /// Not <c>CancelAsync</c>, which always goes to the thread pool and so could not be tested step by step.
    /// </summary>
    public static async Task CancelApartAsync(this CancellationTokenSource source)
    {
        await Task.Yield();
        try
        {
            source.Cancel();
        }
        catch (Exception e) when (e is AggregateException or ObjectDisposedException)
        {
            // Thrown by callbacks of the one being cancelled, who must tidy up after themselves; or it has ended meanwhile.
        }
    }
}
