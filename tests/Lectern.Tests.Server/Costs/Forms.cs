using AngleSharp.Html.Parser;
using Lectern.Tests.Server.Fakes;

namespace Lectern.Tests.Server.Costs;

/// <summary>Somebody who fills in the forms of pages as a browser without script does.</summary>
internal sealed class Forms(HttpClient http) : IDisposable
{
    public static async Task<Forms> SignInAsync(LecternProgram program, string email) => new(await program.SignedInAsync(email));

    /// <summary>Gets the page, fills the form of this name in and sends it with all that the page had hidden in it.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, string form, Dictionary<string, string> entries)
    {
        var page = new HtmlParser().ParseDocument(await http.GetStringAsync(path));
        var hidden = page.Forms.Single(one => one.QuerySelector("input[name=_handler]")?.GetAttribute("value") == form)
            .QuerySelectorAll("input[type=hidden]").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? ""); // hidden fields have names
        foreach (var (name, value) in entries)
            hidden[name] = value;
        return await http.PostAsync(path, new FormUrlEncodedContent(hidden));
    }

    public void Dispose() => http.Dispose();
}
