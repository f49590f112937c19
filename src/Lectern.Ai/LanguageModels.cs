using Lectern.Ai.Contracts;
using Lectern.Ai.OpenAi;
using Lectern.Ai.Resilience;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lectern.Ai;

internal sealed class LanguageModels : ILanguageModels, IDisposable
{
    private readonly HttpClient? _http;

    public LanguageModels(IOptions<AiOptions> options, TimeProvider time, AiMetrics metrics, ILogger<LanguageModels> log)
    {
        var model = options.Value.Model;
        if (!model.IsSet)
            return;
        _http = EndpointConnection.Open();
        Teacher = new GuardedChatClient(new OpenAiChatClient(model, _http), model, time, metrics, log);
        TeacherName = model.Name;
    }

    public IChatClient? Teacher { get; }

    public string TeacherName { get; } = "";

    public void Dispose()
    {
        Teacher?.Dispose();
        _http?.Dispose();
    }
}
