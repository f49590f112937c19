using System.Net.WebSockets;
using Lectern.Platform.Data;
using Lectern.Platform.Localization;
using Lectern.Platform.Schools;
using Lectern.Tutoring.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lectern.Tutoring.Live;

/// <summary><c>/live/v1</c>: who may connect. What is said then is <see cref="LiveDialog"/>'s.</summary>
internal sealed class LiveSocket(LiveSessions sessions, LecternDbFactory databases, TimeProvider time, IOptions<TutoringOptions> options)
{
    private const string TicketPrefix = "ticket.";

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.Map("/live/v1", static (HttpContext http) => http.RequestServices.GetRequiredService<LiveSocket>().AcceptAsync(http))
        .AllowAnonymous().ExcludeFromDescription().DisableAntiforgery();

    private async Task AcceptAsync(HttpContext http)
    {
        if (http.RequestServices.GetRequiredService<SchoolContext>().Current is not { } school)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var offered = http.WebSockets.WebSocketRequestedProtocols;
        if (Refusal(http, offered) is { } status)
        {
            http.Response.StatusCode = status;
            return;
        }
        Guid? session = null;
        if (offered.FirstOrDefault(protocol => protocol.StartsWith(TicketPrefix, StringComparison.Ordinal)) is { } ticket)
        {
            session = await TakeTicketAsync(school, ticket[TicketPrefix.Length..], http.RequestAborted);
            if (session is null)
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }
        }
        using var socket = await http.WebSockets.AcceptWebSocketAsync(SessionEndpoints.Subprotocol);
        var dialog = new LiveDialog(socket, sessions, school, http.RequestServices.GetRequiredService<Texts>(), time, (secret, ct) => TakeTicketAsync(school, secret, ct));
        await dialog.RunAsync(session, http.RequestAborted);
        // What a client that doesn't read has not taken would otherwise hold the connection open.
        if (socket.State == WebSocketState.Aborted)
            http.Abort();
    }

    private static int? Refusal(HttpContext http, IList<string> offered)
    {
        if (!http.WebSockets.IsWebSocketRequest || !offered.Contains(SessionEndpoints.Subprotocol))
            return StatusCodes.Status400BadRequest;
        // Browsers send cookies to a socket from any page; the ticket guards against that already, this is the second lock.
        var origin = http.Request.Headers.Origin.ToString();
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, new Uri($"{from.Scheme}://{http.Request.Host}").Authority, StringComparison.OrdinalIgnoreCase))
            ? null : StatusCodes.Status403Forbidden;
    }

    private async Task<Guid?> TakeTicketAsync(School school, string secret, CancellationToken ct)
    {
        await using var db = databases.Create(school);
        return await new Tickets(db, time, options).TakeAsync(secret, ct);
    }
}
