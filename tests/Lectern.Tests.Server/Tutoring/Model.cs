using Lectern.Tests.Fakes.Model;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>A node connected to a <see cref="FakeModelServer"/>.</summary>
internal static class Model
{
    public static Dictionary<string, string> Settings(FakeModelServer model) => new() { ["Ai:Model:BaseUrl"] = model.BaseUrl, ["Ai:Model:Name"] = "fake", ["Ai:Model:ApiKey"] = "none" };
}
