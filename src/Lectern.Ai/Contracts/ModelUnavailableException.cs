namespace Lectern.Ai.Contracts;

/// <summary>
/// The model did not answer. The caller falls back or says so; the message is for the operator's log, never for students.
/// It holds nothing that the endpoint wrote in its own words, since those may repeat the key or what a student said.
/// </summary>
public sealed class ModelUnavailableException(ModelFailure kind, string message, Exception? inner = null) : Exception(message, inner)
{
    public ModelFailure Kind { get; } = kind;

    /// <summary>The endpoint is well and declined this one question (too long, filtered, no words); the next may be answered.</summary>
    internal bool IsOfThisQuestion { get; init; }
}

public enum ModelFailure
{
    /// <summary>No connection, or one that broke.</summary>
    Unreachable,

    /// <summary>The key or the model's name was refused (401, 403, 404).</summary>
    Refused,

    /// <summary>Too many requests, or the account's allowance is used up (429).</summary>
    Limited,

    /// <summary>Nothing came in time.</summary>
    Slow,

    /// <summary>The endpoint answered with an error (5xx, other 4xx) or with something that is no chat completion.</summary>
    Faulty,

    /// <summary>It failed repeatedly and is being left alone for a while.</summary>
    Resting,

    /// <summary>It was not asked: no budget allows it.</summary>
    OverBudget,
}
