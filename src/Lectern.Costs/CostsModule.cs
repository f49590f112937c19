using System.Security.Claims;
using Lectern.Costs.Budgets;
using Lectern.Costs.Budgets.Blocks;
using Lectern.Costs.Contracts;
using Lectern.Costs.Dashboard;
using Lectern.Costs.Demo;
using Lectern.Costs.Metering;
using Lectern.Costs.Metering.OwnPrices;
using Lectern.Costs.Prices;
using Lectern.Platform.Demo;
using Lectern.Platform.Modules;
using Lectern.Platform.Scheduling;
using Lectern.Platform.Security;
using Lectern.Platform.Slots;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lectern.Costs;

/// <summary>What Lectern costs: prices, plans made before it runs, audits of estimates, the meter and its budgets.</summary>
public sealed class CostsModule : IModule
{
    public string Name => "Costs";

    public void AddServices(IServiceCollection services)
    {
        services.AddRoomOptions<CostsOptions>("Costs");
        services.AddPrices();
        AddMetering(services);
        AddBudgets(services);
    }

    public void MapEndpoints(IEndpointRouteBuilder endpoints) => UsageCsv.Map(endpoints);

    public void FillSlots(SlotRegistry slots)
    {
        // T["Costs"]
        slots.AddMenu(MenuPlace.Admin, 40, "Costs", "/admin/costs", IsAdministrator);
        // T["Cost plan"]
        slots.AddMenu(MenuPlace.Admin, 60, "Cost plan", "/admin/costs/plan", IsAdministrator);
        // T["Check an estimate"]
        slots.AddMenu(MenuPlace.Admin, 62, "Check an estimate", "/admin/costs/audit", IsAdministrator);
        slots.Fill<BudgetCard>(SlotNames.HomeCard, 80, IsAdministrator);
    }

    public void MapModel(ModelBuilder model)
    {
        model.Entity<DaySum>().ToTable("cost_day");
        model.Entity<OwnPrice>().ToTable("cost_price_override");
        model.Entity<Budget>().ToTable("cost_budget");
        model.Entity<BudgetAlarm>().ToTable("cost_alarm").HasOne<Budget>().WithMany().HasForeignKey(alarm => alarm.BudgetId);
        model.Entity<SpendingStep>(step =>
        {
            step.ToTable("cost_step").HasOne<Budget>().WithMany().HasForeignKey(row => row.BudgetId);
            step.Property(row => row.Level).HasConversion<string>();
        });
    }

    private static void AddMetering(IServiceCollection services)
    {
        services.AddSingleton<CostsMetrics>();
        services.AddSingleton<IRates, CatalogueRates>();
        services.AddSingleton<Exchange>();
        services.AddSingleton<LinePricing>();
        services.AddSingleton<UsageWriter>();
        services.AddSingleton<UsageMeter>();
        services.AddSingleton<IUsageMeter>(provider => provider.GetRequiredService<UsageMeter>());
        // Started first and stopped last: the others report to it until they stop.
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<UsageMeter>());
        services.AddScoped<CostFigures>();
        services.AddScoped<OwnPriceBook>();
        services.AddScoped<IDemoContent, DemoSpending>();
        services.AddScheduledTask<MakeMonths>("costs.make-months", "0 7 4 * * ?");
    }

    private static void AddBudgets(IServiceCollection services)
    {
        services.AddSingleton<Periods>();
        services.AddSingleton<FiguresReader>();
        services.AddSingleton<FiguresBook>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<FiguresBook>());
        services.AddSingleton<SpendingNode>();
        services.AddSingleton<BlockStore>();
        services.AddSingleton<Spending>();
        services.AddSingleton<ISpending>(provider => provider.GetRequiredService<Spending>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<Spending>());
        services.AddScheduledTask<WriteOffBlocks>("costs.write-off-blocks", "3/15 * * * * ?");
        services.AddScoped<BudgetBook>();
        services.AddScoped<BudgetMails>();
        services.AddScoped<BudgetAlarms>();
        services.AddScheduledTask<WatchBudgets>("costs.watch-budgets", "38 * * * * ?");
    }

    private static bool IsAdministrator(ClaimsPrincipal person) => person.IsInRole(PersonRoles.SchoolAdmin) || person.IsInRole(PersonRoles.PlatformAdmin);
}
