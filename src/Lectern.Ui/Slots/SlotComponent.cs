using Lectern.Platform.Schools;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Ui.Slots;

/// <summary>
/// What a part for a slot inherits if it reads data. All parts of a page load at the same time, and a <see cref="Platform.Data.LecternDb"/>
/// serves one query at a time: so each part has services of its own, taken from <see cref="Own{T}"/> instead of <c>@inject</c>.
/// </summary>
public abstract class SlotComponent : ComponentBase, IAsyncDisposable
{
    private AsyncServiceScope? _scope;

    [Inject] private SchoolScopes Scopes { get; set; } = null!; // set by the framework before the first call

    [Inject] private SchoolContext School { get; set; } = null!; // set by the framework before the first call

    /// <summary>A service that no other part of the page uses, in the school of the request.</summary>
    protected T Own<T>()
        where T : notnull
    {
        _scope ??= Scopes.Enter(School.Required);
        return _scope.Value.ServiceProvider.GetRequiredService<T>();
    }

    public async ValueTask DisposeAsync()
    {
        if (_scope is { } scope)
            await scope.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
