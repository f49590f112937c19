namespace Lectern.Costs.Prices.Billing;

/// <summary>Tokens that a language model read, had cached, and wrote.</summary>
public readonly record struct TokenUse(decimal Input, decimal Cached, decimal Output)
{
    public TokenUse Times(decimal conversations) => new(Input * conversations, Cached * conversations, Output * conversations);

    /// <summary>uncached · p_in + cached · p_cache + output · p_out, before rounding. A model without a price for cached input takes the full one.</summary>
    public decimal CostOf(Price input, Price? cached, Price output) => input.CostOf(Input + (cached is null ? Cached : 0m)) + (cached?.CostOf(Cached) ?? 0m) + output.CostOf(Output);
}

/// <summary>The turns of one conversation: each reads the instructions, the history up to it and the question, so that later turns cost more.</summary>
/// <param name="System">Tokens of instructions and of the course's passages in each turn.</param>
/// <param name="Question">Tokens of what the student says.</param>
/// <param name="Answer">Tokens of what the teacher says.</param>
/// <param name="Window">The most tokens of history that are sent along.</param>
/// <param name="CachedShare">The share of instructions and history that the provider still has from the turn before, 0 to 1; the first turn has nothing cached.</param>
public sealed record ConversationTokens(decimal System, decimal Question, decimal Answer, decimal Window, decimal CachedShare = 0m)
{
    /// <summary>
    /// input = Σ_turn (system + min(history before the turn, window) + question); output = turns · answer.
    /// Source: the chat interfaces of OpenAI and Anthropic keep no state; each request carries, and is charged for, the whole history.
    /// </summary>
    public TokenUse Of(int turns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(turns);
        var fresh = 0m;
        var cached = 0m;
        for (var turn = 0; turn < turns; turn++)
        {
            var prefix = System + Math.Min(turn * (Question + Answer), Window);
            var known = turn == 0 ? 0m : prefix * CachedShare;
            cached += known;
            fresh += prefix - known + Question;
        }
        return new TokenUse(fresh, cached, turns * Answer);
    }

    /// <summary>turns = minutes · turns per minute, begun turns whole.</summary>
    public static int Turns(decimal minutes, decimal turnsPerMinute) => (int)Math.Ceiling(minutes * turnsPerMinute);
}
