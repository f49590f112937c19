using Lectern.Costs.Prices;
using Lectern.Platform.Modules;
using Lectern.Platform.Security;
using Lectern.Platform.Slots;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Costs;

/// <summary>What Lectern costs: prices, plans made before it runs, audits of estimates, the meter and its budgets.</summary>
public sealed class CostsModule : IModule
{
    public string Name => "Costs";

    public void AddServices(IServiceCollection services) => services.AddPrices();

    public void FillSlots(SlotRegistry slots)
    {
        // T["Cost plan"]
        slots.AddMenu(MenuPlace.Admin, 60, "Cost plan", "/admin/costs/plan", IsAdministrator);
        // T["Check an estimate"]
        slots.AddMenu(MenuPlace.Admin, 62, "Check an estimate", "/admin/costs/audit", IsAdministrator);
    }

    private static bool IsAdministrator(System.Security.Claims.ClaimsPrincipal person) => person.IsInRole(PersonRoles.SchoolAdmin) || person.IsInRole(PersonRoles.PlatformAdmin);
}
