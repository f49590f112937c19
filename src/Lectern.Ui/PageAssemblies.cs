using System.Reflection;
using Lectern.Platform.Modules;

namespace Lectern.Ui;

internal static class PageAssemblies
{
    /// <summary>The assemblies that carry pages, other than this one.</summary>
    public static Assembly[] Of(IEnumerable<IModule> modules) =>
        [.. modules.Select(module => module.GetType().Assembly).Distinct().Where(assembly => assembly != typeof(PageAssemblies).Assembly)];
}
