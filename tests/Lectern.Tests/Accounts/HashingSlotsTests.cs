using Lectern.Accounts.Passwords;

namespace Lectern.Tests.Accounts;

public sealed class HashingSlotsTests
{
    [Fact]
    public async Task Only_as_many_enter_as_there_are_slots_and_the_next_enters_when_one_leaves()
    {
        using var slots = new HashingSlots(slots: 2, queue: 10);
        var first = await slots.EnterAsync(default);
        using var second = await slots.EnterAsync(default);
        var third = slots.EnterAsync(default);
        Assert.False(third.IsCompleted);

        first.Dispose();

        using var entered = await third;
    }

    [Fact]
    public async Task Whoever_finds_the_queue_full_is_sent_away_at_once()
    {
        using var slots = new HashingSlots(slots: 1, queue: 2);
        var inside = await slots.EnterAsync(default);
        var waiting = new[] { slots.EnterAsync(default), slots.EnterAsync(default) };

        await Assert.ThrowsAsync<HashingBusyException>(() => slots.EnterAsync(default));

        inside.Dispose();
        (await waiting[0]).Dispose();
        (await waiting[1]).Dispose();
        using var free = await slots.EnterAsync(default);
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_leaves_the_place_to_another()
    {
        using var slots = new HashingSlots(slots: 1, queue: 1);
        var inside = await slots.EnterAsync(default);
        using var patience = new CancellationTokenSource();
        var waiting = slots.EnterAsync(patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        var next = slots.EnterAsync(default);
        inside.Dispose();
        (await next).Dispose();
    }

    [Fact]
    public async Task Leaving_twice_frees_one_slot()
    {
        using var slots = new HashingSlots(slots: 1, queue: 5);
        var first = await slots.EnterAsync(default);
        first.Dispose();
        first.Dispose();
        using var second = await slots.EnterAsync(default);
        Assert.False(slots.EnterAsync(default).IsCompleted);
    }
}
