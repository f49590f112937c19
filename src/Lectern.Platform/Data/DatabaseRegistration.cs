using Lectern.Platform.Scheduling;
using Lectern.Platform.Schools;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lectern.Platform.Data;

public static class DatabaseRegistration
{
    // With the scheduler's this stays below the 97 that PostgreSQL leaves by default, and more would only wait for the disk together.
    private const int Connections = 60;

    /// <summary>Registers the data source of the app role, the pooled contexts behind their walls, and the migrator.</summary>
    public static IServiceCollection AddLecternDb(this IServiceCollection services, DatabaseConnections connections)
    {
        services.AddSingleton(connections);
        services.AddSingleton(_ => NpgsqlDataSource.Create(connections.AppServing(Connections)));
        services.AddPooledDbContextFactory<LecternDb>((provider, options) => Configure(options.UseApplicationServiceProvider(provider), provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<DatabaseWatch>()));
        services.AddSingleton(provider => new LecternDbFactory(provider.GetRequiredService<IDbContextFactory<LecternDb>>()));
        services.AddScoped<SchoolContext>();
        services.AddScoped(provider => provider.GetRequiredService<LecternDbFactory>().Create(provider.GetRequiredService<SchoolContext>()));
        services.AddScheduler(connections);
        services.AddSingleton<Migrator>();
        services.AddSingleton(provider => new DatabaseWatch(connections, provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<ILogger<DatabaseWatch>>()));
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseWatch>());
        services.AddSingleton<Operations.RememberedPages>();
        services.AddSingleton<SchoolDirectory>();
        services.AddSingleton<SchoolScopes>();
        services.AddScoped<SchoolSettings>();
        services.AddScoped<SchoolAdministration>();
        return services;
    }

    // Each failure is thrown too, and whoever catches it says what it means: an outage would otherwise fill the log several times over.
    private static void Configure(DbContextOptionsBuilder options, NpgsqlDataSource source, DatabaseWatch watch) => options
        .UseNpgsql(source)
        .ConfigureWarnings(warnings => warnings.Log(
            (RelationalEventId.ConnectionError, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug), (RelationalEventId.TransactionError, LogLevel.Debug),
            (CoreEventId.QueryIterationFailed, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug)))
        .ReplaceService<IModelCacheKeyFactory, ModulesModelKey>()
        .AddInterceptors(new SchoolWallCommands(), new SchoolWallTransactions(), new OnlyWhileThere(watch))
        .UseQueryTrackingBehavior(QueryTrackingBehavior.TrackAll);
}
