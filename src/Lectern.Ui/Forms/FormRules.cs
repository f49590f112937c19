using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Lectern.Ui.Forms;

/// <summary>The annotated properties of form models, read once per type.</summary>
internal static class FormRules
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyDictionary<string, FormProperty>> Known = [];

    public static IReadOnlyDictionary<string, FormProperty> Of(Type model) => Known.GetOrAdd(model, Read);

    public static IReadOnlyList<ValidationAttribute> Of(Type model, string field) => Of(model).TryGetValue(field, out var property) ? property.Rules : [];

    private static Dictionary<string, FormProperty> Read(Type model) => model.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.GetIndexParameters().Length == 0)
        .GroupBy(property => property.Name)
        .ToDictionary(group => group.Key, group => Describe(group.First()));

    // "Required" first: an empty field gets one message, not five.
    private static FormProperty Describe(PropertyInfo property) =>
        new(property, [.. property.GetCustomAttributes<ValidationAttribute>(inherit: true).OrderBy(rule => rule is RequiredAttribute ? 0 : 1)]);
}

internal sealed record FormProperty(PropertyInfo Property, IReadOnlyList<ValidationAttribute> Rules);
