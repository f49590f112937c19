using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lectern.Platform.Data;
using Lectern.Tests.Fakes.Model;
using Lectern.Tests.Server.Fakes;
using Lectern.Tutoring.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>A node of its own whose database can be taken away.</summary>
public abstract class OutageNode(LecternProgram program) : IAsyncLifetime
{
    private protected LogLines Log { get; } = new();

    private protected DatabaseProxy Database { get; private set; } = null!; // set by InitializeAsync

    private protected FakeModelServer ModelServer { get; private set; } = null!; // set by InitializeAsync

    private protected LecternNode Node { get; private set; } = null!; // set by InitializeAsync

    protected LecternProgram Program { get; } = program;

    public async Task InitializeAsync()
    {
        Database = DatabaseProxy.Start(Program.Connections);
        ModelServer = await FakeModelServer.StartAsync();
        Node = await Program.StartNodeAsync(Model.Settings(ModelServer), connections: Database.Through(Program.Connections), more: builder => builder.Logging.AddProvider(Log).SetMinimumLevel(LogLevel.Warning));
    }

    public async Task DisposeAsync()
    {
        Database.Mend();
        await Node.DisposeAsync();
        await ModelServer.DisposeAsync();
        await Database.DisposeAsync();
    }

    private protected void TakeAway(bool isSilent)
    {
        if (isSilent)
            Database.FallSilent();
        else
            Database.Cut();
    }

    private protected Task<bool> AwayAsync(LecternNode? node = null) => EventuallyAsync(() => Task.FromResult((node ?? Node).Services.GetRequiredService<DatabaseWatch>().IsAway), away => away);

    private protected Task<bool> BackAsync(LecternNode? node = null) => EventuallyAsync(() => Task.FromResult((node ?? Node).Services.GetRequiredService<DatabaseWatch>().IsAway), away => !away);

    private protected static async Task<T> EventuallyAsync<T>(Func<Task<T>> read, Func<T, bool> suits)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var found = await read();
            if (suits(found))
                return found;
            Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(60), $"Still {found} after a minute.");
            await Task.Delay(50);
        }
    }

    private protected async Task<HttpResponseMessage> GetAsync(string path, string language = "en")
    {
        using var client = Node.Client();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return await client.GetAsync(path);
    }
}
