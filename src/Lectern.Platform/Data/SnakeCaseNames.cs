using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Lectern.Platform.Data;

/// <summary>Gives tables and columns the snake_case names of the migrations: <c>LessonProgress.PersonId</c> → <c>lesson_progress.person_id</c>.</summary>
internal static class SnakeCaseNames
{
    public static void Apply(ModelBuilder model)
    {
        foreach (var type in model.Model.GetEntityTypes().Where(type => !type.IsMappedToJson()))
        {
            if (type.GetViewName() is null && !type.IsOwned())
                type.SetTableName(ExplicitTable(type) ?? Of(type.ClrType.Name));
            foreach (var property in type.GetProperties())
                property.SetColumnName(ExplicitColumn(property) ?? Of(property.Name));
        }
    }

    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }

    private static string? ExplicitTable(IMutableEntityType type) =>
        ((IConventionEntityType)type).GetTableNameConfigurationSource() == ConfigurationSource.Explicit ? type.GetTableName() : null;

    private static string? ExplicitColumn(IMutableProperty property) =>
        ((IConventionProperty)property).GetColumnNameConfigurationSource() == ConfigurationSource.Explicit ? property.GetColumnName() : null;
}
