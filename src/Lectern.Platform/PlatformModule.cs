using Lectern.Platform.Data;
using Lectern.Platform.Events;
using Lectern.Platform.Files;
using Lectern.Platform.Mail;
using Lectern.Platform.Modules;
using Lectern.Platform.Operations;
using Lectern.Platform.Scheduling;
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
        AddOutbox(services);
        services.AddScoped<IFileStore, DiskFileStore>();
        services.AddRoomOptions<MailOptions>("Mail");
        services.AddSingleton<IMailTransport, MailTransport>();
        services.AddScoped<Mailbox>();
        services.AddFactHandler<MailRequested, SendMail>("platform.send-mail");
    }

    private static void AddOutbox(IServiceCollection services)
    {
        services.AddRoomOptions<OutboxOptions>("Outbox");
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxDispatcher>());
        services.AddScheduledTask<SweepOutbox>("platform.sweep-outbox", "0 17 3 * * ?");
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
