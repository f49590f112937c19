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
        _http = Connect();
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

    // The guard bounds the times; HttpClient's own limit would cut long answers. A redirect would repeat the question elsewhere without
    // its body and its key, so it is reported as the wrong address that it is.
    private static HttpClient Connect()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(5),
        };
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
