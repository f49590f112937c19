using System.Runtime.CompilerServices;
using System.Text;
using Lectern.Ai.Contracts;
using Lectern.Costs.Contracts;
using Microsoft.Extensions.AI;

namespace Lectern.Ai.Metering;

/// <summary>
/// A model whose answers somebody pays for: asks leave for the most that an answer can cost, and reports the tokens that the endpoint counted. One that counts
/// none, or was stopped before it said so, is reported by what was sent and received.
/// </summary>
internal sealed class PaidChatClient(IChatClient inner, ModelOptions model, Payer payer, PaidCalls calls) : DelegatingChatClient(inner)
{
    // Bytes of UTF-8 a token: four letters of English, two of German with its umlauts, about one character of Chinese. On the safe side of all of them.
    private const decimal BytesPerToken = 3m;
    private const decimal TokensPerMessage = 8m;

    private readonly string _provider = PaidEndpoint.ProviderOf(model);
    private readonly string? _input = PaidEndpoint.PriceOf(model, model.Price, "-input");
    private readonly string? _cached = PaidEndpoint.PriceOf(model, model.Price, "-cached");
    private readonly string? _output = PaidEndpoint.PriceOf(model, model.Price, "-output");

    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var asked = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var sent = asked.Sum(message => TokensOf(message.Text) + TokensPerMessage);
        using var call = await calls.BeginAsync(payer, _provider, Most(sent, options?.MaxOutputTokens ?? model.MaxOutputTokens), cancellationToken);
        var count = new TokenCount();
        try
        {
            await foreach (var update in base.GetStreamingResponseAsync(asked, options, cancellationToken))
            {
                count.Note(update);
                yield return update;
            }
            count.IsAnswered = true;
        }
        finally
        {
            Settle(call, count, sent, cancellationToken);
        }
    }

    private decimal Most(decimal input, decimal output) =>
        calls.Spending.Estimate(payer.SchoolId, UsageKind.ModelInputTokens, input, _input) + calls.Spending.Estimate(payer.SchoolId, UsageKind.ModelOutputTokens, output, _output);

    // What failed before its first word was refused or never reached anybody, and is not billed.
    private void Settle(PaidCall call, TokenCount count, decimal sent, CancellationToken ct)
    {
        if (count.Usage is { } usage)
        {
            var cached = Math.Min(usage.CachedInputTokenCount ?? 0, usage.InputTokenCount ?? 0);
            var isCachedPriced = calls.Spending.HasPrice(payer.SchoolId, UsageKind.ModelCachedTokens, _cached);
            // Where reading from the cache has no price of its own, it costs what reading costs.
            call.Settle(
                (UsageKind.ModelInputTokens, (usage.InputTokenCount ?? 0) - cached, _input), (UsageKind.ModelCachedTokens, cached, isCachedPriced ? _cached : _input),
                (UsageKind.ModelOutputTokens, usage.OutputTokenCount ?? 0, _output));
        }
        else if (count.Text > 0 || count.IsAnswered || ct.IsCancellationRequested)
        {
            call.Settle((UsageKind.ModelInputTokens, Math.Ceiling(sent), _input), (UsageKind.ModelOutputTokens, Math.Ceiling(count.Text), _output));
        }
    }

    private static decimal TokensOf(string text) => Encoding.UTF8.GetByteCount(text) / BytesPerToken;

    private sealed class TokenCount
    {
        /// <summary>As last reported: some endpoints repeat the sum so far with every word.</summary>
        public UsageDetails? Usage { get; private set; }

        /// <summary>Tokens of the words received, as far as they can be told from their length.</summary>
        public decimal Text { get; private set; }

        public bool IsAnswered { get; set; }

        public void Note(ChatResponseUpdate update)
        {
            Usage = update.Contents.OfType<UsageContent>().LastOrDefault()?.Details ?? Usage;
            Text += TokensOf(update.Text);
        }
    }
}
