using Lectern.Platform.Data;
using Lectern.Platform.Events;
using Lectern.Platform.Modules;
using Lectern.Platform.Operations;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Platform;

/// <summary>What every room stands on.</summary>
public sealed class PlatformModule : IModule
{
    public string Name => "Platform";

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<KeyRing>();
        services.AddDataProtection().SetApplicationName("Lectern");
        services.AddOptions<KeyManagementOptions>().Configure<KeyRing>((options, ring) => options.XmlRepository = ring);
    }

    public void MapEndpoints(IEndpointRouteBuilder endpoints) => Health.Map(endpoints);

    public void MapModel(ModelBuilder model)
    {
        model.Entity<SchoolRecord>().ToTable("school");
        model.ApplyConfiguration(new SchoolHost.Configuration());
        model.Entity<SchoolSettingRecord>(setting =>
        {
            setting.ToTable("school_setting").HasKey(row => row.Id);
            setting.Property(row => row.Value).HasColumnType("jsonb");
        });
        model.Entity<OutboxEvent>(fact =>
        {
            fact.HasKey(row => row.Id);
            fact.Property(row => row.Sequence).UseIdentityAlwaysColumn();
            fact.Property(row => row.Payload).HasColumnType("jsonb");
            fact.Property(row => row.OccurredAt).HasDefaultValueSql("now()");
        });
    }
}
