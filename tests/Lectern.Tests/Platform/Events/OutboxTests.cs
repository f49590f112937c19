using Lectern.Platform.Events;
using Lectern.Platform.Mail;
using Lectern.Tests.Accounts;
using Npgsql;

namespace Lectern.Tests.Platform.Events;

/// <summary>The outbox on a real database: what is saved is delivered, what fails waits, what fails for good is shown.</summary>
[Collection(AccountsDatabase.Name)]
public sealed class OutboxTests(AccountsPostgres postgres)
{
    public static TheoryData<string> Versions => AccountsPostgres.Versions;

    [Theory, MemberData(nameof(Versions))]
    public async Task A_queued_mail_is_delivered_once(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        await QueueAsync(host, "someone@example.org");

        await DrainAsync(host);
        await DrainAsync(host);

        Assert.Equal(["done"], await StatesAsync(host));
        Assert.Single(Directory.GetFiles(host.Get<Lectern.Platform.DataFolder>().Folder("mail"), "*.eml"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_mail_of_a_change_that_is_not_saved_never_goes_out(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        await using (var scope = host.In(host.North))
            ((Mailbox)scope.ServiceProvider.GetService(typeof(Mailbox))!).Queue(new Mail("someone@example.org", "Hello", "Text")); // registered by the platform

        await DrainAsync(host);

        Assert.Empty(await StatesAsync(host));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_delivery_that_keeps_failing_is_buried_and_can_be_raised(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        await QueueAsync(host, "this is no address");
        var letters = host.Get<DeadLetters>();

        for (var attempt = 0; attempt < 8; attempt++)
        {
            await DrainAsync(host);
            host.Time.Advance(TimeSpan.FromHours(2));
        }

        var (page, total) = await letters.ListAsync(host.North.Id, null, 0, 10, default);
        Assert.Equal(1, total);
        Assert.Contains("FormatException", page[0].Error, StringComparison.Ordinal);
        Assert.Empty((await letters.ListAsync(host.South.Id, null, 0, 10, default)).Page);
        Assert.False(await letters.RetryAsync(page[0].Id, host.South.Id, default));
        Assert.True(await letters.RetryAsync(page[0].Id, host.North.Id, default));
        Assert.Equal(["waiting"], await StatesAsync(host));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_failed_delivery_waits_longer_each_time(string version)
    {
        await using var host = await AccountsHost.CreateAsync(postgres, version);
        await QueueAsync(host, "this is no address");

        await DrainAsync(host);
        await DrainAsync(host);

        Assert.Equal(1, await AttemptsAsync(host));
        host.Time.Advance(Outbox.BackOff(1) + TimeSpan.FromSeconds(1));
        await DrainAsync(host);
        Assert.Equal(2, await AttemptsAsync(host));
        Assert.True(Outbox.BackOff(2) > Outbox.BackOff(1));
    }

    private static async Task QueueAsync(AccountsHost host, string to) => await host.In<Lectern.Platform.Data.LecternDb, int>(host.North, db =>
    {
        new Mailbox(db, host.Get<Lectern.Platform.Security.MasterKey>(), host.Time).Queue(new Mail(to, "Hello", "Text"));
        return db.SaveChangesAsync();
    });

    private static Task<int> DrainAsync(AccountsHost host) => host.Get<OutboxDispatcher>().DeliverBatchAsync(default);

    private static Task<List<string>> StatesAsync(AccountsHost host) => ReadAsync(host, "select state from outbox_delivery", reader => reader.GetString(0));

    private static async Task<int> AttemptsAsync(AccountsHost host) => (await ReadAsync(host, "select attempts from outbox_delivery", reader => reader.GetInt32(0))).Single();

    private static async Task<List<T>> ReadAsync<T>(AccountsHost host, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var connection = new NpgsqlConnection(host.Connections.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    }
}
