package dev.tactus.serve.schedule;

import dev.tactus.serve.answers.CommandAnswer;
import dev.tactus.serve.answers.CommandRunner;
import dev.tactus.serve.schedule.ScheduledJob.JobKind;
import dev.tactus.serve.state.SiteState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts jobs when they are due, one after the other, since one command at a time changes a ledger.
///
/// What was missed while nothing ran is caught up once, however often it was missed. A job that is still running, or
/// waits for another, when it would be due again is started once afterwards. Each start is kept with its reason.
public final class JobScheduler implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JobScheduler.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /// Later than that a start is told as caught up.
    private static final Duration PUNCTUAL = Duration.ofMinutes(2);

    private final List<ScheduledJob> jobs;
    private final CommandRunner runner;
    private final JobRecords records;
    private final InstantSource clock;
    private final Inbox.Pause pause;
    private final BiConsumer<String, Integer> ended;
    private final Map<String, String> asked = new ConcurrentHashMap<>();
    private final Thread thread;

    /// One that is not running yet.
    ///
    /// @param ended is told of each job that has ended, and its exit code
    public JobScheduler(
            List<ScheduledJob> jobs, CommandRunner runner, SiteState state, BiConsumer<String, Integer> ended) {
        this(jobs, runner, state, ended, duration -> Thread.sleep(duration));
    }

    JobScheduler(
            List<ScheduledJob> jobs,
            CommandRunner runner,
            SiteState state,
            BiConsumer<String, Integer> ended,
            Inbox.Pause pause) {
        this.jobs = List.copyOf(jobs);
        this.runner = runner;
        this.records = new JobRecords(state);
        this.clock = state.clock();
        this.ended = ended;
        this.pause = pause;
        thread = Thread.ofVirtual().name("tactus-schedule").unstarted(this::work);
    }

    public void start() {
        if (!jobs.isEmpty()) {
            thread.start();
        }
    }

    /// Starts a job as soon as no other runs, since somebody asks for it.
    ///
    /// @return false if there is no such job
    public boolean ask(String job, String person) {
        boolean known = jobs.stream().anyMatch(one -> one.id().equals(job));
        if (known) {
            asked.put(job, person);
        }
        return known;
    }

    /// The jobs, with the next time of each and its last starts.
    public List<JobView> view() {
        return jobs.stream()
                .map(job -> new JobView(job, next(job), records.list(job.id(), 20)))
                .toList();
    }

    /// A job as it stands.
    public record JobView(ScheduledJob job, Instant next, List<JobStart> starts) {}

    /// Starts what is due now, each once.
    void once() throws InterruptedException {
        for (ScheduledJob job : jobs) {
            Instant now = clock.instant();
            Optional<String> person = Optional.ofNullable(asked.remove(job.id()));
            if (person.isPresent()) {
                run(job, now, "asked for by " + person.get());
                continue;
            }
            Instant due = next(job);
            if (!due.isAfter(now)) {
                Instant latest = job.timing().latest(now);
                boolean late = Duration.between(due, now).compareTo(PUNCTUAL) > 0;
                run(
                        job,
                        latest,
                        late
                                ? "missed at " + due + ", caught up"
                                : "due " + job.timing().words());
            }
        }
    }

    /// From the last time it was due; one that never was is due next after it was first seen, or at once where it is
    /// started again and again.
    private Instant next(ScheduledJob job) {
        Instant since = records.since(job.id(), clock.instant().truncatedTo(ChronoUnit.MICROS));
        Optional<Instant> last = records.last(job.id()).map(JobStart::due);
        return last.map(job.timing()::after)
                .orElseGet(() -> job.timing() instanceof JobRhythm.Every
                        ? since
                        : job.timing().after(since));
    }

    private void run(ScheduledJob job, Instant due, String reason) throws InterruptedException {
        long number = records.begin(job.id(), due, reason, clock.instant());
        log.info("{} is started: {}", job.id(), reason);
        int exit = CommandAnswer.FAILED;
        String message = "it ended without an answer";
        try {
            if (job.kind() == JobKind.IMPORT) {
                Inbox.Taken taken = new Inbox(
                                job.folder().orElseThrow(),
                                pause,
                                file -> runner.run(
                                        Optional.empty(),
                                        List.of("reports", "import", file.toString(), "--by=schedule")))
                        .take();
                exit = taken.exit();
                message = taken.message();
            } else {
                Instant now = clock.instant();
                YearMonth month = YearMonth.from(now.atZone(ZoneOffset.UTC)).minusMonths(1);
                String stamp = now.truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
                CommandAnswer answer = runner.run(Optional.empty(), job.command(month, stamp));
                exit = answer.exit();
                message = answer.isResult() ? "done" : answer.error();
            }
        } catch (IOException e) {
            message = "the folder can't be used: " + e.getMessage();
        } catch (RuntimeException e) {
            log.error("{} failed", job.id(), e);
            message = "a fault of the program; its log has more";
        } finally {
            records.end(number, exit, message, clock.instant());
            ended.accept(job.id(), exit);
            log.info("{} ended with {}: {}", job.id(), exit, message);
        }
    }

    private void work() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                once();
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.error("the schedule can't go on now; it tries again", e);
                if (!slept()) {
                    return;
                }
            }
        }
    }

    private static boolean slept() {
        try {
            Thread.sleep(LOOK);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /// Every job's name.
    public List<String> names() {
        List<String> names = new ArrayList<>();
        jobs.forEach(job -> names.add(job.id()));
        return names;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
