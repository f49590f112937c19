using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Platform.Modules;

public static class OptionsRegistration
{
    /// <summary>
    /// Registers a room's options under the configuration section <paramref name="section"/>, validated by data annotations when
    /// the program starts. The options type is the only place that knows the defaults.
    /// </summary>
    public static IServiceCollection AddRoomOptions<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
    {
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
