using Lectern.Ai.Contracts;
using Lectern.Ai.Metering;
using Lectern.Ai.OpenAi;
using Lectern.Ai.Resilience;
using Lectern.Costs.Contracts;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lectern.Ai;

internal sealed class LanguageModels : ILanguageModels, IDisposable
{
    private readonly HttpClient? _http;
    private readonly PaidCalls _calls;
    private readonly ModelOptions _model;

    public LanguageModels(IOptions<AiOptions> options, PaidCalls calls, TimeProvider time, AiMetrics metrics, ILogger<LanguageModels> log)
    {
        _calls = calls;
        var model = _model = options.Value.Model;
        if (!model.IsSet)
            return;
        _http = EndpointConnection.Open();
        Teacher = new GuardedChatClient(new OpenAiChatClient(model, _http), model, time, metrics, log);
        TeacherName = model.Name;
    }

    public IChatClient? Teacher { get; }

    public string TeacherName { get; } = "";

    public ILanguageModels PaidBy(Payer payer) => Teacher is { } teacher ? new Paid(new PaidChatClient(teacher, _model, payer, _calls), TeacherName) : this;

    public void Dispose()
    {
        Teacher?.Dispose();
        _http?.Dispose();
    }

    private sealed record Paid(IChatClient? Teacher, string TeacherName) : ILanguageModels;
}
