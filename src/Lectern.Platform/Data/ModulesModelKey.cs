using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Lectern.Platform.Data;

/// <summary>A model is kept for each set of modules, since they make it: two hosts in one process may have different ones.</summary>
internal sealed class ModulesModelKey : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (context.GetType(), context is LecternDb db ? db.ModuleNames : "", designTime);
}
