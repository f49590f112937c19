using System.Linq.Expressions;
using Lectern.Platform.Events;
using Lectern.Platform.Modules;
using Lectern.Platform.Schools;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Platform.Data;

/// <summary>
/// The one database of the installation. It has no DbSets: <c>db.Set&lt;T&gt;()</c> compiles only in the room that owns the
/// internal entity <c>T</c>. Two walls keep schools apart: the named filter <c>school</c> here and row-level security in the database.
/// </summary>
public sealed class LecternDb : DbContext
{
    // A pooled context may take nothing but its options, so what it needs comes from the provider that they carry.
    private readonly IServiceProvider _services;

    public LecternDb(DbContextOptions<LecternDb> options)
        : base(options) =>
        _services = options.GetExtension<CoreOptionsExtension>().ApplicationServiceProvider
            ?? throw new InvalidOperationException("LecternDb is made by AddLecternDb.");

    /// <summary>Name of the query filter by school, for the rare query that must ignore it.</summary>
    public const string SchoolFilter = "school";

    private SchoolContext? _school;

    /// <summary>The school of this unit of work; <see cref="Guid.Empty"/>, which owns nothing, when there is none.</summary>
    public Guid SchoolId => _school?.Current?.Id ?? Guid.Empty;

    /// <summary>The modules whose tables are in the model.</summary>
    internal string ModuleNames => string.Join(' ', _services.GetServices<IModule>().Select(module => module.GetType().FullName));

    /// <summary>Adds a fact to the outbox; it is stored by the same SaveChanges that stores the change it tells of.</summary>
    public void Publish<TEvent>(TEvent fact)
        where TEvent : IFact => Set<OutboxEvent>().Add(OutboxEvent.Of(fact, _school?.Current?.Id));

    internal void Lease(SchoolContext? school)
    {
        _school = school;
        // A single-row SaveChanges would run without a transaction, and the wall is told at the start of one.
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // Changes are looked for once: each look at the entries, and the saving, would otherwise do it again.
        var detects = ChangeTracker.AutoDetectChangesEnabled;
        if (detects)
            ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            return await SaveDetectedAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = detects;
        }
    }

    private async Task<int> SaveDetectedAsync(bool acceptAllChangesOnSuccess, CancellationToken ct)
    {
        StampSchool();
        var hasFacts = ChangeTracker.Entries<OutboxEvent>().Any(entry => entry.State == EntityState.Added);
        var rows = await base.SaveChangesAsync(acceptAllChangesOnSuccess, ct);
        if (hasFacts)
            _services.GetRequiredService<OutboxSignal>().Raise();
        return rows;
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Use SaveChangesAsync: a thread is never held for the database.");

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var module in _services.GetServices<IModule>())
            module.MapModel(modelBuilder);
        SnakeCaseNames.Apply(modelBuilder);
        foreach (var type in modelBuilder.Model.GetEntityTypes().Where(type => typeof(ISchoolOwned).IsAssignableFrom(type.ClrType) && !type.IsOwned()))
            modelBuilder.Entity(type.ClrType).HasQueryFilter(SchoolFilter, OwnedBySchool(type.ClrType));
    }

    private LambdaExpression OwnedBySchool(Type entity)
    {
        var row = Expression.Parameter(entity, "row");
        var owner = Expression.Property(row, nameof(ISchoolOwned.SchoolId));
        return Expression.Lambda(Expression.Equal(owner, Expression.Property(Expression.Constant(this), nameof(SchoolId))), row);
    }

    private void StampSchool()
    {
        foreach (var entry in ChangeTracker.Entries<ISchoolOwned>().Where(entry => entry.State == EntityState.Added && entry.Entity.SchoolId == Guid.Empty))
        {
            if (SchoolId == Guid.Empty)
                throw new InvalidOperationException($"A {entry.Metadata.ShortName()} was added outside of any school.");
            entry.Property(nameof(ISchoolOwned.SchoolId)).CurrentValue = SchoolId;
        }
    }
}
