using Lectern.Costs.Prices;
using Lectern.Platform.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Costs;

/// <summary>What Lectern costs: prices, plans made before it runs, audits of estimates, the meter and its budgets.</summary>
public sealed class CostsModule : IModule
{
    public string Name => "Costs";

    public void AddServices(IServiceCollection services) => services.AddPrices();
}
