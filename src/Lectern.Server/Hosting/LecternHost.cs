using System.Globalization;
using System.Net;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Localization;
using Lectern.Platform.Modules;
using Lectern.Platform.Operations;
using Lectern.Platform.Schools;
using Lectern.Platform.Security;
using Lectern.Platform.Slots;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;

namespace Lectern.Server.Hosting;

/// <summary>Puts the rooms together into one web application. No feature code here.</summary>
internal static class LecternHost
{
    /// <summary>Registers everything; the database must be running.</summary>
    public static void AddLectern(this WebApplicationBuilder builder, ServerOptions options, DataFolder data, DatabaseConnections connections)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        var services = builder.Services;
        services.AddSingleton(data);
        services.AddSingleton(new DemoMode(options.Demo));
        services.AddSingleton(MasterKey.Load(options.MasterKey, data));
        services.AddSingleton(new PublicAddress(options.PublicUrl, $"{(options.Certificate is null ? "http" : "https")}://127.0.0.1:{options.Port}"));
        services.AddSingleton(provider => new MaintenanceMode(data, options.ReadOnly, provider.GetRequiredService<TimeProvider>()));
        services.AddLecternDb(connections);
        AddRooms(services);
        AddWeb(services, options);
        Telemetry.Add(builder);
    }

    private static void AddRooms(IServiceCollection services)
    {
        var slots = new SlotRegistry();
        foreach (var module in Rooms.All)
        {
            services.AddSingleton(module);
            module.AddServices(services);
            module.FillSlots(slots);
        }
        services.AddSingleton(slots);
    }

    private static void AddWeb(IServiceCollection services, ServerOptions options)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddAuthentication();
        services.AddAuthorization();
        services.AddRateLimiter(limiter => limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests);
        services.AddProblemDetails();
        services.AddOpenApi("v1");
        services.AddResponseCompression(compression => Compress(compression));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(6));
        services.AddAntiforgery(antiforgery =>
        {
            // Lax, not Strict: a link in a mail would otherwise renew the token and break forms open in other tabs (dotnet/aspnetcore#58370).
            antiforgery.Cookie.SameSite = SameSiteMode.Lax;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.Cookie.Name = "lectern-forms";
        });
        services.Configure<ForwardedHeadersOptions>(forwarded => Trust(forwarded, options));
    }

    // BREACH needs a secret and attacker-chosen text in one answer; antiforgery tokens are masked anew in each answer.
    private static void Compress(ResponseCompressionOptions compression)
    {
        compression.EnableForHttps = true;
        compression.MimeTypes = ["text/html", "application/json", "application/problem+json", "image/svg+xml", "text/plain"];
    }

    private static void Trust(ForwardedHeadersOptions forwarded, ServerOptions options)
    {
        forwarded.ForwardedHeaders = options.KnownProxies.Count == 0 ? ForwardedHeaders.None
            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in options.KnownProxies)
        {
            if (System.Net.IPNetwork.TryParse(proxy, out var network))
                forwarded.KnownIPNetworks.Add(network);
            else
                forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
        }
        foreach (var host in options.Hosts)
            forwarded.AllowedHosts.Add(host);
    }

    /// <summary>The pipeline, outermost first.</summary>
    public static void UseLectern(this WebApplication app, ServerOptions options)
    {
        // The guard looks at the headers as they came, before any of them is believed.
        app.UseDemoGuard(app.Services.GetRequiredService<DemoMode>());
        app.UseForwardedHeaders();
        app.UseHostNames(options.Hosts);
        if (options.Certificate is not null)
            app.UseHsts();
        app.UseRememberedPages();
        app.UseResponseCompression();
        app.UseSecurityHeaders();
        app.UseErrorPages();
        app.UseRouting();
        app.UseDatabaseAway();
        app.UseSchools();
        app.UseAuthentication();
        app.UseLanguages();
        app.UseRateLimiter();
        app.UseMaintenanceMode(app.Services.GetRequiredService<MaintenanceMode>());
        app.UseNotFound();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(20), KeepAliveTimeout = TimeSpan.FromSeconds(20) });
        app.MapStaticAssets().AllowAnonymous().WithMetadata(WithoutSchool.Instance);
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        foreach (var module in Rooms.All)
            module.MapEndpoints(app);
    }
}
