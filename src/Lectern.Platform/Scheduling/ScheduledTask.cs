using Lectern.Platform.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;

namespace Lectern.Platform.Scheduling;

/// <summary>Recurring work of a room. One node of the installation runs it at a time; a node that dies in it leaves it to another.</summary>
public interface IScheduledTask
{
    Task RunAsync(CancellationToken ct);
}


[DisallowConcurrentExecution]
internal sealed class TaskJob<TTask>(TTask task) : IJob
    where TTask : class, IScheduledTask
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await task.RunAsync(cancellationToken);
}

public static class Scheduling
{
    /// <summary>Runs <typeparamref name="TTask"/> by the cron expression, in a scope without a school.</summary>
    public static IServiceCollection AddScheduledTask<TTask>(this IServiceCollection services, string name, string cron)
        where TTask : class, IScheduledTask
    {
        services.TryAddScoped<TTask>();
        services.AddQuartz(quartz => quartz.ScheduleJob<TaskJob<TTask>>(
            trigger => trigger.WithIdentity(name).WithCronSchedule(cron),
            job => job.WithIdentity(name).RequestRecovery()));
        return services;
    }

    private const int Connections = 12;

    /// <summary>Quartz on Lectern's own database, clustered: several nodes share one schedule.</summary>
    internal static IServiceCollection AddScheduler(this IServiceCollection services, DatabaseConnections connections)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "lectern";
                scheduler.InstanceId = "AUTO";
            });
            quartz.UseDefaultThreadPool(4);
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(connections.AppServing(Connections));
                store.ConfigureStore(options => options.TablePrefix = "qrtz_");
                store.UseClustering(cluster =>
                {
                    cluster.CheckinInterval = TimeSpan.FromSeconds(10);
                    cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(20);
                });
            });
        });
        services.AddQuartzHostedService<ScheduleHost>(hosted =>
        {
            hosted.WaitForJobsToComplete = true;
            hosted.AwaitApplicationStarted = true;
        });
        return services;
    }
}
