using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Platform.Schools;

/// <summary>Opens dependency-injection scopes for background work, each inside one school.</summary>
public sealed class SchoolScopes(IServiceScopeFactory scopes)
{
    public AsyncServiceScope Enter(School school)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<SchoolContext>().Enter(school);
        return scope;
    }
}
