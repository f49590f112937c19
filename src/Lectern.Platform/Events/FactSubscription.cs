using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lectern.Platform.Events;

/// <summary>That a handler wants a kind of fact. <paramref name="Handler"/> is stable: it names the delivery rows.</summary>
internal sealed record FactSubscription(string Fact, string Handler, Func<IServiceProvider, string, CancellationToken, Task> HandleAsync);

public static class FactRegistration
{
    /// <summary>Subscribes <typeparamref name="THandler"/> to a kind of fact.</summary>
    /// <param name="handler">A stable name such as <c>accounts.send-mail</c>; renaming it would deliver waiting facts to nobody.</param>
    public static IServiceCollection AddFactHandler<TFact, THandler>(this IServiceCollection services, string handler)
        where TFact : IFact
        where THandler : class, IFactHandler<TFact>
    {
        services.TryAddScoped<THandler>();
        services.AddSingleton(new FactSubscription(TFact.FactName, handler, async (scope, payload, ct) =>
        {
            var fact = JsonSerializer.Deserialize<TFact>(payload, FactJson.Options) ?? throw new JsonException($"The payload of {TFact.FactName} is null.");
            await scope.GetRequiredService<THandler>().HandleAsync(fact, ct);
        }));
        return services;
    }
}
