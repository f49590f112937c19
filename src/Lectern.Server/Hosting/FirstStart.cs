using Lectern.Accounts.Contracts;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Demo;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;
using Lectern.Server.CommandLine;
using Npgsql;

namespace Lectern.Server.Hosting;

/// <summary>Brings the database to this program's version, checks the role it serves as, and fills it on the first start.</summary>
internal static class FirstStart
{
    public const string DemoSlug = "demo";

    public static async Task PrepareAsync(IServiceProvider services, ServerOptions options, CancellationToken ct)
    {
        await MigrateAsync(services, ct);
        var database = services.GetRequiredService<NpgsqlDataSource>();
        await DatabaseRoles.RefuseUnsafeAsync(database, ct);
        await KeyRingCheck.RefuseUnreadableAsync(database, services.GetRequiredService<MasterKey>(), options.MasterKey, services.GetRequiredService<DataFolder>(), ct);
        await EnsureSystemSchool(services, ct);
        if (options.Demo)
            await LoadDemoAsync(services, onlyIfMissing: true, ct);
    }

    public static Task MigrateAsync(IServiceProvider services, CancellationToken ct) =>
        services.GetRequiredService<Migrator>().MigrateAsync(services.GetRequiredService<DatabaseConnections>().Owner, ct);

    /// <summary>Creates the demo school and lets every room add its content; what is there already stays.</summary>
    public static async Task LoadDemoAsync(IServiceProvider services, bool onlyIfMissing, CancellationToken ct)
    {
        var directory = services.GetRequiredService<SchoolDirectory>();
        if (onlyIfMissing && await directory.FindBySlugAsync(DemoSlug, ct) is not null)
            return;
        var school = await EnsureSchool(services, new NewSchool(DemoSlug, "Lectern Demo School", "Europe/Berlin", "en", "EUR", []), ct);
        var folder = Path.Combine(AppContext.BaseDirectory, "demo");
        await using var scope = services.GetRequiredService<SchoolScopes>().Enter(school);
        foreach (var content in scope.ServiceProvider.GetServices<IDemoContent>().OrderBy(content => content.Order))
            await content.LoadAsync(folder, new ConsoleProgress(), ct);
    }

    /// <summary>An installation without the demo starts with one school; whoever reads the console becomes its administrator.</summary>
    public static async Task InviteAdministratorAsync(IServiceProvider services, ServerOptions options, CancellationToken ct)
    {
        if (options.Demo)
            return;
        var schools = (await services.GetRequiredService<SchoolDirectory>().AllAsync(ct)).Where(school => !school.IsSystem).ToList();
        var school = schools.Count == 0 ? await EnsureSchool(services, new NewSchool("school", "My School", "UTC", "en", "EUR", []), ct) : schools[0];
        await using var scope = services.GetRequiredService<SchoolScopes>().Enter(school);
        if (schools.Count <= 1 && await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().InviteAsync(ct) is { } link)
            Console.WriteLine($"{school.Name} has no administrator yet. Open this link once to become it:\n  {link}");
    }

    private static Task<School> EnsureSystemSchool(IServiceProvider services, CancellationToken ct) =>
        EnsureSchool(services, new NewSchool(SchoolAdministration.SystemSlug, "Lectern", "UTC", "en", "EUR", []), ct);

    private static async Task<School> EnsureSchool(IServiceProvider services, NewSchool school, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SchoolAdministration>().EnsureAsync(school, ct);
    }
}
