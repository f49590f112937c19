using Lectern.Platform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lectern.Costs.Prices;

/// <summary>The installation's prices: ours, and on top of them the files in the data folder's <c>prices</c>. Read once, when they are first needed.</summary>
public sealed class PriceBook
{
    private readonly Lazy<PriceCatalogue> _catalogue;

    public PriceBook(DataFolder data) => _catalogue = new Lazy<PriceCatalogue>(() => PriceFiles.Load(PriceFiles.Shipped, PriceFiles.Own(data.File("prices"))));

    /// <exception cref="Yaml.YamlProblemsException">A file of the installation is not usable.</exception>
    public PriceCatalogue Catalogue => _catalogue.Value;
}

/// <summary>Reads the prices at start, so that a slip in the installation's files is told then and not in the middle of a bill.</summary>
internal sealed class PricesAtStart(PriceBook prices) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = prices.Catalogue;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

internal static class PriceRegistration
{
    public static IServiceCollection AddPrices(this IServiceCollection services) => services.AddSingleton<PriceBook>().AddHostedService<PricesAtStart>();
}
