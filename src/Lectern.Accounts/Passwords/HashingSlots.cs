using Microsoft.Extensions.Options;

namespace Lectern.Accounts.Passwords;

/// <summary>
/// Lets only some passwords be hashed at a time. A hash takes a core for a tenth of a second or more, by design; a class that signs in at
/// eight o'clock would otherwise take every core and make voices stutter. One core always stays free where there are several.
/// </summary>
internal sealed class HashingSlots : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _slots;
    private readonly int _queue;
    private int _present;

    public HashingSlots(IOptions<AccountsOptions> options)
        : this(Math.Max(1, Environment.ProcessorCount - 1), options.Value.HashingQueue)
    {
    }

    internal HashingSlots(int slots, int queue)
    {
        Count = slots;
        _queue = queue;
        _slots = new SemaphoreSlim(slots, slots);
    }

    public int Count { get; }

    /// <summary>Waits for a slot; dispose what is returned as soon as the hash is made.</summary>
    /// <exception cref="HashingBusyException">The queue is full, or the wait would be longer than a person's patience.</exception>
    public async Task<Slot> EnterAsync(CancellationToken ct)
    {
        if (Interlocked.Increment(ref _present) > Count + _queue)
        {
            Interlocked.Decrement(ref _present);
            throw new HashingBusyException();
        }
        try
        {
            if (await _slots.WaitAsync(Patience, ct))
                return new Slot(this);
        }
        catch
        {
            Interlocked.Decrement(ref _present);
            throw;
        }
        Interlocked.Decrement(ref _present);
        throw new HashingBusyException();
    }

    public void Dispose() => _slots.Dispose();

    private void Leave()
    {
        _slots.Release();
        Interlocked.Decrement(ref _present);
    }

    internal sealed class Slot(HashingSlots owner) : IDisposable
    {
        private HashingSlots? _owner = owner;

        public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Leave();
    }
}

/// <summary>Too many passwords are being checked at this moment.</summary>
internal sealed class HashingBusyException() : Exception("Too many passwords are being checked at this moment.");
