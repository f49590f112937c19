using System.Threading.Channels;

namespace Lectern.Voice.Loop;

/// <summary>Wakes the loop. Whoever has something for it puts that down first and then sets this, from any thread.</summary>
internal sealed class Wake
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Set() => _signal.Writer.TryWrite(true);

    public async Task WaitAsync()
    {
        await _signal.Reader.WaitToReadAsync();
        _signal.Reader.TryRead(out _);
    }
}
