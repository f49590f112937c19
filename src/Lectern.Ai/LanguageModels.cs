using Lectern.Ai.Contracts;
using Lectern.Ai.OpenAi;
using Lectern.Ai.Resilience;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Lectern.Ai;

internal sealed class LanguageModels : ILanguageModels, IDisposable
{
    private readonly HttpClient? _http;

    public LanguageModels(IOptions<AiOptions> options, TimeProvider time, AiMetrics metrics)
    {
        var model = options.Value.Model;
        if (!model.IsSet)
            return;
        // The guard bounds the times; HttpClient's own limit would cut long answers.
        _http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(5) }) { Timeout = Timeout.InfiniteTimeSpan };
        Teacher = new GuardedChatClient(new OpenAiChatClient(model, _http), model, time, metrics);
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
