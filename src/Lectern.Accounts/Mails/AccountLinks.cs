using System.Text;
using Lectern.Platform.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Lectern.Accounts.Mails;

/// <summary>The absolute addresses that go into mail.</summary>
internal sealed class AccountLinks(PublicAddress address, IHttpContextAccessor http)
{
    public string Invitation(string token) => Of($"/invitation/{token}");

    public string ResetPassword(Guid personId, string token) => Of($"/reset-password?person={personId:n}&token={Encode(token)}");

    public string ConfirmEmail(Guid personId, string token) => Of($"/confirm-email?person={personId:n}&token={Encode(token)}");

    public string Of(string path) => address.Of(path, http.HttpContext?.Request);

    /// <summary>The token of a link, or empty if it was garbled.</summary>
    public static string Decode(string? encoded)
    {
        try
        {
            return encoded is null ? "" : Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(encoded));
        }
        catch (FormatException)
        {
            return "";
        }
    }

    private static string Encode(string token) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(token));
}
