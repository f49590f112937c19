using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lectern.Platform.Data;
using Lectern.Platform.Modules;
using Lectern.Server;
using Lectern.Tests.Fakes;
using Microsoft.AspNetCore.Components;

namespace Lectern.Tests.Server.Architecture;

/// <summary>What keeps the walls between the rooms up. Each rule makes sure that it looked at something.</summary>
public sealed class WallsTests
{
    private static readonly Dictionary<string, string[]> MayReferTo = new()
    {
        ["Platform"] = [],
        ["Voice"] = [],
        ["Ui"] = ["Platform"],
        ["Accounts"] = ["Platform", "Ui"],
        ["Costs"] = ["Platform", "Ui", "Accounts"],
        ["Ai"] = ["Platform", "Ui", "Accounts", "Costs", "Voice"],
        ["Courses"] = ["Platform", "Ui", "Accounts", "Costs", "Ai"],
        ["Tutoring"] = ["Platform", "Ui", "Accounts", "Costs", "Ai", "Courses", "Voice"],
        ["Server"] = ["Platform", "Ui", "Accounts", "Costs", "Ai", "Courses", "Voice", "Tutoring"],
    };

    [Fact]
    public void A_room_refers_only_to_the_rooms_below_it()
    {
        var rooms = Directory.EnumerateFiles(Repository.Folder("src"), "Lectern.*.csproj", SearchOption.AllDirectories).ToList();

        Assert.Equal(MayReferTo.Keys.Order(StringComparer.Ordinal), rooms.Select(Name).Order(StringComparer.Ordinal));
        foreach (var room in rooms)
        {
            var references = XDocument.Load(room).Descendants("ProjectReference").Select(reference => Name(reference.Attribute("Include")!.Value)); // a reference includes something
            Assert.Empty(references.Except(MayReferTo[Name(room)]));
        }
    }

    [Fact]
    public void Entities_stay_inside_their_room()
    {
        var entities = Rooms.All.SelectMany(room => room.GetType().Assembly.GetTypes()).Where(type => typeof(ISchoolOwned).IsAssignableFrom(type) && type.IsClass).ToList();

        Assert.True(entities.Count >= 10);
        Assert.All(entities, entity => Assert.False(entity.IsPublic, $"{entity} is public"));
    }

    [Fact]
    public void Public_types_that_are_no_page_or_contract_are_sealed()
    {
        var types = Rooms.All.SelectMany(room => room.GetType().Assembly.GetExportedTypes())
            .Where(type => type.IsClass && !type.IsAbstract && !typeof(Exception).IsAssignableFrom(type) && !typeof(IComponent).IsAssignableFrom(type) && !type.Name.StartsWith('_')).ToList();

        Assert.True(types.Count > 30);
        Assert.Empty(types.Where(type => !type.IsSealed).Select(type => type.FullName));
    }

    [Fact]
    public void Only_the_platform_hands_out_contexts()
    {
        var sources = Sources("*.cs").Where(source => !source.Path.Contains("Lectern.Platform", StringComparison.Ordinal)).ToList();

        Assert.True(sources.Count > 50);
        Assert.Empty(sources.Where(source => source.Text.Contains("IDbContextFactory", StringComparison.Ordinal)).Select(source => source.Path));
    }

    [Fact]
    public void No_page_streams_or_renders_interactively()
    {
        var pages = Sources("*.razor").ToList();

        Assert.True(pages.Count > 20);
        Assert.Empty(pages.Where(page => Regex.IsMatch(page.Text, @"StreamRendering|@rendermode|<NavigationLock|<Virtualize|blazor\.web\.js", RegexOptions.None, TimeSpan.FromSeconds(1))).Select(page => page.Path));
    }

    [Fact]
    public void A_rooms_migrations_touch_only_its_own_tables()
    {
        var made = new Dictionary<string, string>();
        foreach (var (room, sql) in Migrations())
        {
            foreach (Match table in Regex.Matches(sql, @"create table (if not exists )?(?<table>[a-z_]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
                Assert.True(made.TryAdd(table.Groups["table"].Value, room), $"{table.Groups["table"].Value} is made twice");
            foreach (Match touched in Regex.Matches(sql, @"(alter table|drop table|insert into|update|delete from)\s+(only )?(?<table>[a-z_]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
                Assert.True(!made.TryGetValue(touched.Groups["table"].Value, out var owner) || owner == room, $"{room} touches {touched.Groups["table"].Value}");
        }
        Assert.True(made.Count > 20);
    }

    private static IEnumerable<(string Room, string Sql)> Migrations()
    {
        foreach (var room in Rooms.All)
        {
            var assembly = room.GetType().Assembly;
            foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!); // the name came from the assembly
                yield return (room.Name, reader.ReadToEnd());
            }
        }
    }

    private static IEnumerable<(string Path, string Text)> Sources(string pattern) => Directory.EnumerateFiles(Repository.Folder("src"), pattern, SearchOption.AllDirectories)
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)).Select(path => (path, File.ReadAllText(path)));

    private static string Name(string project) => Path.GetFileNameWithoutExtension(project)["Lectern.".Length..];
}
