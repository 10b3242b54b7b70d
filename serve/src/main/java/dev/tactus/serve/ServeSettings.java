package dev.tactus.serve;

import dev.tactus.serve.answers.WorkerCount;
import dev.tactus.serve.events.EventReceiver;
import dev.tactus.serve.schedule.ScheduledJob;
import dev.tactus.serve.signin.Person;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// How a site is served.
///
/// @param listen where it listens; port 0 for any free one
/// @param hosts names, beside those of this machine to itself, that it may be asked by
/// @param watched files that change when what commands read changes
/// @param change differs when something has changed that is in no file
/// @param workers the processes that work on runs now
/// @param version of the program
/// @param people who may sign in; none where whoever is on this machine may look
/// @param receivers who is told of events
/// @param jobs what the clock starts
/// @param folder where the site keeps what is its own: `serve.db`, `serve-token`, `serve-waiting`
public record ServeSettings(
        InetSocketAddress listen,
        List<String> hosts,
        List<Path> watched,
        Supplier<String> change,
        Supplier<List<WorkerCount>> workers,
        String version,
        List<Person> people,
        List<EventReceiver> receivers,
        List<ScheduledJob> jobs,
        Path folder) {
    /// One where all that is read is in files.
    public ServeSettings(
            InetSocketAddress listen,
            List<String> hosts,
            List<Path> watched,
            String version,
            List<Person> people,
            List<EventReceiver> receivers,
            List<ScheduledJob> jobs,
            Path folder) {
        this(listen, hosts, watched, () -> "", List::of, version, people, receivers, jobs, folder);
    }

    public ServeSettings {
        receivers = List.copyOf(receivers);
        jobs = List.copyOf(jobs);
        people = List.copyOf(people);
        hosts = List.copyOf(hosts);
        watched = List.copyOf(watched);
    }
}
