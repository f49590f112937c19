using System.Security.Claims;
using Lectern.Platform.Localization;
using Lectern.Platform.Schools;
using Lectern.Platform.Slots;
using Lectern.Tests.Fakes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSubstitute;

namespace Lectern.Tests.Ui;

/// <summary>Components drawn to HTML without a server.</summary>
internal static class Rendered
{
    /// <summary>The HTML of <typeparamref name="T"/>, as a person with that name (or nobody) sees it in English.</summary>
    public static Task<string> Html<T>(IReadOnlyDictionary<string, object?>? parameters = null, string? person = null, SlotRegistry? slots = null, string language = "en", string at = "/here")
        where T : IComponent =>
        Html(builder =>
        {
            builder.OpenComponent<T>(0);
            builder.AddMultipleAttributes(1, (parameters ?? new Dictionary<string, object?>()).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!)));
            builder.CloseComponent();
        }, person, slots, language, at);

    public static async Task<string> Html(RenderFragment fragment, string? person = null, SlotRegistry? slots = null, string language = "en", string at = "/here", Dictionary<string, string>? posted = null)
    {
        await using var services = Services(slots ?? new SlotRegistry(), language, at);
        await using var scope = services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, services.GetRequiredService<Microsoft.Extensions.Logging.ILoggerFactory>());
        var http = new DefaultHttpContext { User = person is null ? new ClaimsPrincipal(new ClaimsIdentity()) : new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, person)], "test")) };
        if (posted is not null)
            Post(http, posted);
        var root = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(CascadingValue<HttpContext>.Value)] = http,
            [nameof(CascadingValue<HttpContext>.ChildContent)] = fragment,
        });
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<CascadingValue<HttpContext>>(root)).ToHtmlString());
    }

    private static void Post(HttpContext http, Dictionary<string, string> fields)
    {
        http.Request.Method = HttpMethods.Post;
        http.Request.ContentType = "application/x-www-form-urlencoded";
        http.Request.Form = new FormCollection(fields.ToDictionary(field => field.Key, field => new Microsoft.Extensions.Primitives.StringValues(field.Value)));
    }

    private static ServiceProvider Services(SlotRegistry slots, string language, string at)
    {
        var environment = Substitute.For<IWebHostEnvironment>();
        environment.EnvironmentName.Returns(Environments.Development);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(slots);
        services.AddSingleton<TimeProvider>(new VirtualTime());
        services.AddSingleton<IHostEnvironment>(environment);
        services.AddSingleton(provider => new TextLibrary(TextCatalog.ReadEmbedded(), provider.GetRequiredService<TimeProvider>(), withPseudo: true));
        services.AddScoped(_ => new LanguageContext());
        services.AddScoped(_ => SchoolOf());
        services.AddScoped(provider => provider.GetRequiredService<TextLibrary>().For(language, provider.GetRequiredService<SchoolContext>().Current));
        services.AddScoped<NavigationManager>(_ => new FixedPlace(at));
        services.AddSingleton<AntiforgeryStateProvider, NoAntiforgery>();
        services.AddSingleton<IErrorBoundaryLogger, SilentBoundaryLogger>();
        return services.BuildServiceProvider();
    }

    private static SchoolContext SchoolOf()
    {
        var context = new SchoolContext();
        context.Enter(new School(Guid.Empty, "demo", "Lindenhof", "Europe/Zurich", "en", "CHF", IsSystem: false));
        return context;
    }

    private sealed class FixedPlace : NavigationManager
    {
        public FixedPlace(string at) => Initialize("https://school.example/", "https://school.example" + at);
    }

    private sealed class NoAntiforgery : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }

    private sealed class SilentBoundaryLogger : IErrorBoundaryLogger
    {
        public ValueTask LogErrorAsync(Exception exception) => ValueTask.CompletedTask;
    }
}
