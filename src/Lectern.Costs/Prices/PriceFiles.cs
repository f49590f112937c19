using System.Collections.Immutable;
using System.Reflection;
using Lectern.Costs.Yaml;

namespace Lectern.Costs.Prices;

/// <summary>A file of prices by its name and text.</summary>
internal sealed record PriceText(string File, string Text);

/// <summary>Makes a catalogue of the files that ship with Lectern and of an installation's own.</summary>
internal static class PriceFiles
{
    private const string Resources = "Lectern.Costs.Prices.";

    private static readonly Lazy<YamlSchema> Schema = new(() => YamlSchema.Load(SchemaText));

    /// <summary>The JSON Schema of price files, for editors and for the documentation.</summary>
    public static string SchemaText => Resource("prices.schema.json");

    /// <summary>The files that ship with Lectern, by name.</summary>
    public static IEnumerable<PriceText> Shipped =>
        typeof(PriceFiles).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Resources, StringComparison.Ordinal) && name.EndsWith(".yaml", StringComparison.Ordinal))
            .Select(name => name[Resources.Length..]).Order(StringComparer.Ordinal).Select(name => new PriceText(name, Resource(name)));

    /// <summary>The installation's own files, <c>*.yaml</c> of the folder, by name; none when there is no such folder.</summary>
    public static IEnumerable<PriceText> Own(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal).Select(path => new PriceText(path, File.ReadAllText(path))) : [];

    /// <summary>
    /// The catalogue: an installation's item takes the place of all of ours with the same id, its overrides come last.
    /// </summary>
    /// <exception cref="YamlProblemsException">Something is wrong in the files; each problem with file and line.</exception>
    public static PriceCatalogue Load(IEnumerable<PriceText> shipped, IEnumerable<PriceText> own)
    {
        var problems = new List<YamlProblem>();
        var catalogue = Load(shipped, own, problems);
        return catalogue is not null && problems.Count == 0 ? catalogue : throw new YamlProblemsException(problems);
    }

    /// <returns>Null when there are problems.</returns>
    public static PriceCatalogue? Load(IEnumerable<PriceText> shipped, IEnumerable<PriceText> own, List<YamlProblem> problems)
    {
        var ours = Read(shipped, problems);
        var theirs = Read(own, problems);
        if (problems.Count > 0)
            return null;
        var replaced = theirs.SelectMany(file => file.Items).Select(item => item.Item.Id).ToHashSet();
        List<FileItem> items = [.. ours.SelectMany(file => file.Items).Where(item => !replaced.Contains(item.Item.Id)), .. theirs.SelectMany(file => file.Items)];
        List<PriceRegion> regions = [.. theirs.Concat(ours).SelectMany(file => file.Regions).DistinctBy(region => (region.Provider, region.Id))];
        List<FileOverride> overrides = [.. ours.Concat(theirs).SelectMany(file => file.Overrides)];
        var checks = new PriceChecks(problems);
        checks.Check(items, regions);
        checks.CheckOverrides(overrides, items.DistinctBy(item => item.Item.Id).ToDictionary(item => item.Item.Id, item => item.Item));
        if (problems.Count > 0)
            return null;
        var rates = theirs.Concat(ours).SelectMany(file => file.Rates).DistinctBy(rate => (rate.Currency, rate.Day));
        return new PriceCatalogue(items.Select(item => item.Item), regions, new ExchangeRates(rates)).With(overrides.Select(change => change.Change));
    }

    private static ImmutableArray<PriceFile> Read(IEnumerable<PriceText> texts, List<YamlProblem> problems) =>
        [.. texts.Select(text => PriceFile.Read(text.Text, text.File, Schema.Value, problems)).OfType<PriceFile>()];

    private static string Resource(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(Resources + name)!); // shipped with this assembly
        return reader.ReadToEnd();
    }
}
