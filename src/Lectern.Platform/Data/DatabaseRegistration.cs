using Lectern.Platform.Scheduling;
using Lectern.Platform.Schools;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
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
        services.AddSingleton(_ => NpgsqlDataSource.Create(connections.AppWithAtMost(Connections)));
        services.AddPooledDbContextFactory<LecternDb>((provider, options) => Configure(options.UseApplicationServiceProvider(provider), provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton(provider => new LecternDbFactory(provider.GetRequiredService<IDbContextFactory<LecternDb>>()));
        services.AddScoped<SchoolContext>();
        services.AddScoped(provider => provider.GetRequiredService<LecternDbFactory>().Create(provider.GetRequiredService<SchoolContext>()));
        services.AddScheduler(connections);
        services.AddSingleton<Migrator>();
        services.AddSingleton<SchoolDirectory>();
        services.AddSingleton<SchoolScopes>();
        services.AddScoped<SchoolSettings>();
        services.AddScoped<SchoolAdministration>();
        return services;
    }

    private static void Configure(DbContextOptionsBuilder options, NpgsqlDataSource source) => options
        .UseNpgsql(source)
        .AddInterceptors(new SchoolWallCommands(), new SchoolWallTransactions())
        .UseQueryTrackingBehavior(QueryTrackingBehavior.TrackAll);
}
