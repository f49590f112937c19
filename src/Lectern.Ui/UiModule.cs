using Lectern.Platform.Localization;
using Lectern.Platform.Modules;
using Lectern.Ui.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Ui;

/// <summary>The design system, the frame around every page, and the mapping of all rooms' pages.</summary>
public sealed class UiModule : IModule
{
    public string Name => "Ui";

    public void AddServices(IServiceCollection services)
    {
        services.AddTexts();
        services.AddCascadingAuthenticationState();
        services.AddSingleton<ISiteNotices, DemoNotice>();
        services.AddSingleton<ISiteNotices, ReadOnlyNotice>();
        services.AddSingleton<ISiteNotices, AwayNotice>();
    }

    /// <summary>Maps the pages of all registered rooms, by the assemblies of their modules.</summary>
    public void MapEndpoints(IEndpointRouteBuilder endpoints) =>
        endpoints.MapRazorComponents<App>().AddAdditionalAssemblies(PageAssemblies.Of(endpoints.ServiceProvider.GetServices<IModule>()));
}
