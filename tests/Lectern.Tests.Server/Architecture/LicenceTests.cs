using System.Text.Json;
using System.Xml.Linq;
using Lectern.Tests.Fakes;

namespace Lectern.Tests.Server.Architecture;

/// <summary>Every package that is restored, with its dependencies, has a licence that this project may use.</summary>
public sealed class LicenceTests
{
    private static readonly string[] Allowed = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "PostgreSQL", "MS-PL OR Apache-2.0", "0BSD", "ISC"];
    private static readonly string[] AllowedInTests = ["MPL-2.0"];

    // Packages that name their licence by a file or an address; each was read.
    private static readonly Dictionary<string, string> Read = new(StringComparer.OrdinalIgnoreCase)
    {
        ["xunit.abstractions"] = "Apache-2.0",
        ["Microsoft.Playwright"] = "MIT",
        ["Deque.AxeCore.Playwright"] = "MPL-2.0",
        ["Deque.AxeCore.Commons"] = "MPL-2.0",
        ["Microsoft.CodeCoverage"] = "MIT",
        ["FsCheck"] = "BSD-3-Clause",
        ["NSubstitute"] = "BSD-3-Clause",
    };

    [Fact]
    public void Every_package_has_a_licence_that_we_may_use()
    {
        var projects = Directory.EnumerateFiles(Repository.Root, "project.assets.json", SearchOption.AllDirectories).Where(path => !path.Contains(".build", StringComparison.Ordinal)).ToList();
        var problems = new List<string>();
        var seen = 0;
        foreach (var project in projects)
        {
            var isTest = project.Contains($"{Path.DirectorySeparatorChar}tests{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
            foreach (var (name, licence) in Packages(project))
            {
                seen++;
                if (!Allowed.Contains(licence) && !(isTest && AllowedInTests.Contains(licence)))
                    problems.Add($"{name}: {licence} ({Path.GetRelativePath(Repository.Root, project)})");
            }
        }

        Assert.Empty(problems.Distinct());
        Assert.True(seen > 50, $"only {seen} packages were looked at");
    }

    private static IEnumerable<(string Name, string Licence)> Packages(string assets)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(assets));
        var folders = json.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        foreach (var library in json.RootElement.GetProperty("libraries").EnumerateObject().Where(library => library.Value.GetProperty("type").GetString() == "package"))
        {
            var path = library.Value.GetProperty("path").GetString()!; // every package has one
            var name = library.Name.Split('/')[0];
            var nuspec = folders.Select(folder => Path.Combine(folder, path, $"{name.ToLowerInvariant()}.nuspec")).FirstOrDefault(File.Exists);
            yield return (library.Name, Read.TryGetValue(name, out var read) ? read : nuspec is null ? "no nuspec" : Licence(nuspec));
        }
    }

    private static string Licence(string nuspec)
    {
        var metadata = XDocument.Load(nuspec).Root!.Elements().First(element => element.Name.LocalName == "metadata"); // a nuspec has a root
        var licence = metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "license");
        return licence?.Attribute("type")?.Value == "expression" ? licence.Value
            : $"by file or address: {licence?.Value ?? metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "licenseUrl")?.Value}";
    }
}
