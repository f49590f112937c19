using System.Diagnostics.Metrics;
using Lectern.Platform.Schools;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Lectern.Platform.Localization;

/// <summary>Settings of the section <c>Languages</c>.</summary>
public sealed class LanguageOptions
{
    /// <summary>Offer the two test languages also outside development, such as on a demo.</summary>
    public bool Pseudo { get; set; }
}

public static class LanguageRegistration
{
    /// <summary>Registers <see cref="TextLibrary"/> and, per scope, <see cref="Texts"/>. May be called more than once.</summary>
    public static IServiceCollection AddTexts(this IServiceCollection services)
    {
        services.AddOptions<LanguageOptions>().BindConfiguration("Languages");
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(CreateLibrary);
        services.TryAddScoped<SchoolContext>();
        services.TryAddScoped<LanguageContext>();
        services.TryAddScoped(provider =>
        {
            var language = provider.GetRequiredService<LanguageContext>().Current;
            return provider.GetRequiredService<TextLibrary>().For(language?.Tag, provider.GetRequiredService<SchoolContext>().Current);
        });
        return services;
    }

    /// <summary>Chooses the language of each request. Stands after the school and the sign-in were found: both have a say.</summary>
    public static IApplicationBuilder UseLanguages(this IApplicationBuilder app) => app.UseMiddleware<LanguageMiddleware>();

    private static TextLibrary CreateLibrary(IServiceProvider provider)
    {
        var isDevelopment = provider.GetService<IHostEnvironment>()?.IsDevelopment() == true;
        var withPseudo = isDevelopment || provider.GetRequiredService<IOptions<LanguageOptions>>().Value.Pseudo;
        return new TextLibrary(TextCatalog.ReadEmbedded(), provider.GetRequiredService<TimeProvider>(), withPseudo, provider.GetService<IMeterFactory>());
    }
}
