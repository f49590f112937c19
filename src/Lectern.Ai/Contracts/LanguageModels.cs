using Lectern.Costs.Contracts;
using Microsoft.Extensions.AI;

namespace Lectern.Ai.Contracts;

/// <summary>The language models this installation is connected to.</summary>
public interface ILanguageModels
{
    /// <summary>
    /// The model that answers students, or null when none is connected. Its calls are guarded: they end within the configured
    /// times, stop at once when cancelled, and throw nothing but <see cref="ModelUnavailableException"/> and
    /// <see cref="OperationCanceledException"/>.
    /// </summary>
    IChatClient? Teacher { get; }

    /// <summary>The name of that model, for administrators; empty when none is connected.</summary>
    string TeacherName { get; }

    /// <summary>
    /// The same models, metered: whoever uses them asks a budget's leave and has what they use booked on the school. Without leave they throw
    /// <see cref="ModelUnavailableException"/> of <see cref="ModelFailure.OverBudget"/>. What students cause is always asked for by this.
    /// </summary>
    ILanguageModels PaidBy(Payer payer) => this;
}
