using Lectern.Courses.Catalogue;
using Lectern.Courses.Contracts;
using Lectern.Courses.Demo;
using Lectern.Courses.Lessons;
using Lectern.Courses.Privacy;
using Lectern.Courses.Progress;
using Lectern.Courses.Search;
using Lectern.Platform.Data;
using Lectern.Platform.Demo;
using Lectern.Platform.Modules;
using Lectern.Platform.Privacy;
using Lectern.Platform.Schools;
using Lectern.Platform.Slots;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Courses;

/// <summary>Courses, their lessons, and how far people are in them.</summary>
public sealed class CoursesModule : IModule
{
    public string Name => "Courses";

    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<CatalogueQueries>();
        services.AddSingleton<CourseShelf>();
        services.AddScoped<ImportCourse>();
        services.AddScoped<ProgressBook>();
        services.AddScoped<PassageSearch>();
        services.AddSingleton<CourseIndexes>();
        services.AddSingleton<WordStems>();
        services.AddScoped(static provider => new QuestionSearch(provider.GetRequiredService<LecternDbFactory>(),
            provider.GetRequiredService<SchoolContext>(), provider.GetRequiredService<CourseIndexes>(), provider.GetRequiredService<WordStems>(), provider.GetRequiredService<DatabaseWatch>()));
        services.AddScoped<CourseReading>();
        services.AddScoped<CourseRoles>();
        services.AddScoped<Costs.Contracts.ICourseTitles, CourseTitles>();
        services.AddScoped<IDemoContent, DemoCourses>();
        services.AddScoped<IPersonalData, CoursesPersonalData>();
    }

    public void MapEndpoints(IEndpointRouteBuilder endpoints) => ParagraphFragment.Map(endpoints);

    public void MapModel(ModelBuilder model)
    {
        model.Entity<Course>().HasKey(course => course.Id);
        model.Entity<Lesson>().HasOne<Course>().WithMany().HasForeignKey(lesson => lesson.CourseId);
        model.Entity<LessonRevision>().HasOne<Lesson>().WithMany().HasForeignKey(revision => revision.LessonId);
        model.Entity<Paragraph>().HasOne<Lesson>().WithMany().HasForeignKey(paragraph => paragraph.LessonId);
        model.Entity<SectionQuestionRow>().ToTable("section_question").HasOne<Lesson>().WithMany().HasForeignKey(question => question.LessonId);
        model.Entity<CourseRole>().HasOne<Course>().WithMany().HasForeignKey(role => role.CourseId);
        model.Entity<LessonProgress>().HasOne<Lesson>().WithMany().HasForeignKey(progress => progress.LessonId);
    }

    // T["Courses"]
    public void FillSlots(SlotRegistry slots)
    {
        slots.AddMenu(MenuPlace.Main, 10, "Courses", "/courses", _ => true);
        slots.Fill<BegunCourses>(SlotNames.HomeCard, 10);
    }
}
