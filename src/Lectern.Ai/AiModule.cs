using Lectern.Ai.Contracts;
using Lectern.Ai.Metering;
using Lectern.Ai.Speech;
using Lectern.Platform.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Ai;

/// <summary>The models that Lectern is connected to, behind one guarded interface each.</summary>
public sealed class AiModule : IModule
{
    public string Name => "Ai";

    public void AddServices(IServiceCollection services)
    {
        services.AddRoomOptions<AiOptions>("Ai");
        services.AddSingleton<AiMetrics>();
        services.AddSingleton<PaidCalls>();
        services.AddSingleton<ILanguageModels, LanguageModels>();
        services.AddSingleton<ISpeechEngines, SpeechEngines>();
    }
}
