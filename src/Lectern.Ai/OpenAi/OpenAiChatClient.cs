using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Lectern.Ai.OpenAi;

/// <summary>
/// OpenAI's chat completions behind <see cref="IChatClient"/>: system, user and assistant messages of plain text, always streamed.
/// Format: https://platform.openai.com/docs/api-reference/chat/create.
/// </summary>
internal sealed class OpenAiChatClient : IChatClient
{
    // A local server that asks for no key is sent this, because the library insists on one.
    private const string NoKey = "none";

    private readonly ChatClient _client;
    private readonly ChatClientMetadata _metadata;
    private readonly bool _isOpenAi;

    public OpenAiChatClient(ModelOptions model, HttpClient http)
    {
        var options = Settings(model, http);
        _client = new ChatClient(model.Name, new ApiKeyCredential(model.ApiKey.Length > 0 ? model.ApiKey : NoKey), options);
        _metadata = new ChatClientMetadata("openai", options.Endpoint, model.Name);
        _isOpenAi = options.Endpoint.Host.EndsWith(".openai.com", StringComparison.OrdinalIgnoreCase) || options.Endpoint.Host.EndsWith(".azure.com", StringComparison.OrdinalIgnoreCase);
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var part in _client.CompleteChatStreamingAsync(messages.Select(Message), Options(options), cancellationToken))
        {
            var update = new ChatResponseUpdate(ChatRole.Assistant, string.Concat(part.ContentUpdate.Select(content => content.Text)))
            {
                ModelId = part.Model,
                FinishReason = part.FinishReason is { } reason ? Finish(reason) : null,
            };
            if (part.Usage is { } usage)
                update.Contents.Add(new UsageContent(Usage(usage)));
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null : serviceType == typeof(ChatClientMetadata) ? _metadata : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    /// <summary>Left to itself the library would try again and give up by its own clock, both behind the back of whoever set our limits.</summary>
    internal static OpenAIClientOptions Settings(ModelOptions model, HttpClient http) => new()
    {
        Endpoint = new Uri(model.BaseUrl),
        Transport = new HttpClientPipelineTransport(http),
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        NetworkTimeout = Timeout.InfiniteTimeSpan,
        ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
        UserAgentApplicationId = "Lectern",
    };

    private static OpenAI.Chat.ChatMessage Message(ChatMessage message) =>
        message.Role == ChatRole.System ? new SystemChatMessage(message.Text)
        : message.Role == ChatRole.Assistant ? new AssistantChatMessage(message.Text)
        : message.Role == ChatRole.User ? new UserChatMessage(message.Text)
        : throw new NotSupportedException($"Messages of the role {message.Role} are not sent.");

    private ChatCompletionOptions Options(ChatOptions? options)
    {
        var sent = new ChatCompletionOptions { Temperature = options?.Temperature };
        // OpenAI's newer models refuse max_tokens (openai/openai-dotnet#1334); others know only that name and would answer without a limit
        // (ollama/ollama#7125) or refuse the new one.
        if (_isOpenAi)
            sent.MaxOutputTokenCount = options?.MaxOutputTokens;
        else if (options?.MaxOutputTokens is { } limit)
#pragma warning disable SCME0001 // The library's only way to a field of the wire format that it does not write itself.
            sent.Patch.Set("$.max_tokens"u8, limit);
#pragma warning restore SCME0001
        return sent;
    }

    private static ChatFinishReason Finish(OpenAI.Chat.ChatFinishReason reason) => reason switch
    {
        OpenAI.Chat.ChatFinishReason.Length => ChatFinishReason.Length,
        OpenAI.Chat.ChatFinishReason.ContentFilter => ChatFinishReason.ContentFilter,
        _ => ChatFinishReason.Stop,
    };

    private static UsageDetails Usage(ChatTokenUsage usage) =>
        new()
        {
            InputTokenCount = usage.InputTokenCount, CachedInputTokenCount = usage.InputTokenDetails?.CachedTokenCount, OutputTokenCount = usage.OutputTokenCount, TotalTokenCount = usage.TotalTokenCount,
        };
}
