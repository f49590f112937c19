using Lectern.Platform.Slots;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Platform.Modules;

/// <summary>
/// A room of the house: its table of contents. The host lists the modules in order and asks each for what it offers;
/// nothing is found by scanning. The assembly of the module also carries its pages and, as embedded resources under
/// <c>Migrations/</c>, its SQL migrations.
/// </summary>
public interface IModule
{
    /// <summary>The room's name, such as <c>Tutoring</c>: it names its migrations, its options section and its metrics.</summary>
    string Name { get; }

    /// <summary>Registers the room's services and options.</summary>
    void AddServices(IServiceCollection services)
    {
    }

    /// <summary>Maps the room's HTTP and WebSocket endpoints. An endpoint without its own policy needs a signed-in person.</summary>
    void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
    }

    /// <summary>Adds the room's entities to the model of <see cref="Data.LecternDb"/>.</summary>
    void MapModel(ModelBuilder model)
    {
    }

    /// <summary>Fills slots that lower rooms declare.</summary>
    void FillSlots(SlotRegistry slots)
    {
    }
}
