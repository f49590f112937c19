using Lectern.Costs.Yaml;
using Lectern.Platform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lectern.Costs.Prices;

/// <summary>The installation's prices: ours, and on top of them the files in the data folder's <c>prices</c>. Read once, when they are first needed.</summary>
public sealed class PriceBook
{
    private readonly string _folder;
    private readonly Lazy<PriceCatalogue> _catalogue;

    public PriceBook(DataFolder data)
    {
        _folder = data.File("prices");
        _catalogue = new Lazy<PriceCatalogue>(() => PriceFiles.Load(PriceFiles.Own(_folder)));
    }

    /// <exception cref="YamlProblemsException">A file of the installation is not usable; the message names file and line.</exception>
    public PriceCatalogue Catalogue => _catalogue.Value;

    /// <summary>The JSON Schema of price files, for editors.</summary>
    public static string Schema => PriceFiles.SchemaText;

    /// <summary>The catalogue with the files of a folder, which may be missing.</summary>
    /// <exception cref="YamlProblemsException">A file is not usable.</exception>
    public static PriceCatalogue Read(string folder) => PriceFiles.Load(PriceFiles.Own(folder));

    internal bool HasOwnFiles => PriceFiles.Own(_folder).Any();
}

/// <summary>
/// Reads the prices at start, so that a slip is told then and not in the middle of a bill. An installation's own files are read before the first request,
/// and a problem ends the start with its place; without any the shipped ones, which a test has read, wait until the first pages are out.
/// </summary>
internal sealed class PricesAtStart(PriceBook prices, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan FirstPages = TimeSpan.FromSeconds(5);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (prices.HasOwnFiles)
            _ = prices.Catalogue;
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(FirstPages, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stoppingToken.IsCancellationRequested)
            _ = prices.Catalogue;
    }
}

internal static class PriceRegistration
{
    public static IServiceCollection AddPrices(this IServiceCollection services) => services.AddSingleton<PriceBook>().AddHostedService<PricesAtStart>();
}
