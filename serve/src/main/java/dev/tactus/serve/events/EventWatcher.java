package dev.tactus.serve.events;

import dev.tactus.serve.answers.CommandAnswer;
import dev.tactus.serve.state.SiteState;
import dev.tactus.webhook.RetrySchedule;
import dev.tactus.webhook.WebhookReceivers;
import dev.tactus.webhook.WebhookSender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every few seconds whether something has changed, notes what has happened, and delivers it.
///
/// Two threads of its own: one that looks, one that sends, so that a slow receiver hides nothing from readers.
public final class EventWatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventWatcher.class);
    private static final Duration PAUSE = Duration.ofSeconds(3);

    /// Two days, as is documented: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 16 h.
    private static final RetrySchedule TWO_DAYS = new RetrySchedule(List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(16)));

    private final EventLog events;
    private final EventFinder finder;
    private final List<EventReceiver> receivers;
    private final Supplier<String> mark;
    private final WebhookSender sender;
    private final Thread looker;
    private final Thread postman;

    /// One that is not looking yet.
    ///
    /// @param answers of commands that only read
    /// @param mark differs when something has changed
    public EventWatcher(
            SiteState state,
            EventLog events,
            Function<String, CommandAnswer> answers,
            Supplier<String> mark,
            List<EventReceiver> receivers) {
        this.events = events;
        this.finder = new EventFinder(answers);
        this.receivers = List.copyOf(receivers);
        this.mark = mark;
        Map<String, EventReceiver> byName =
                receivers.stream().collect(Collectors.toMap(EventReceiver::name, Function.identity(), (a, _) -> a));
        sender = new WebhookSender(
                new DeliveryOutbox(state.database(), byName),
                name -> {
                    EventReceiver receiver = byName.get(name);
                    return receiver == null
                            ? new WebhookReceivers.Gone("it is no longer configured")
                            : receiver.reached(state.clock());
                },
                TWO_DAYS,
                state.clock(),
                new Random());
        looker = Thread.ofVirtual().name("tactus-events").unstarted(this::look);
        postman = Thread.ofVirtual().name("tactus-event-sender").unstarted(this::send);
    }

    public void start() {
        looker.start();
        postman.start();
    }

    /// Looks once; returns how many events were new.
    int once() {
        int fresh = events.note(finder.find(), receivers);
        events.register(receivers);
        return fresh;
    }

    /// Makes one attempt for each delivery that is due.
    void deliver() throws InterruptedException {
        sender.sendDue();
    }

    private void look() {
        Optional<String> seen = Optional.empty();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                String now = mark.get();
                if (seen.filter(now::equals).isEmpty()) {
                    once();
                    seen = Optional.of(now);
                }
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.warn("events can't be noted now; they will be looked for again", e);
                if (!slept()) {
                    return;
                }
            }
        }
    }

    private void send() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                deliver();
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.warn("events can't be delivered now; they will be tried again", e);
                if (!slept()) {
                    return;
                }
            }
        }
    }

    private static boolean slept() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Override
    public void close() {
        looker.interrupt();
        postman.interrupt();
        try {
            looker.join();
            postman.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sender.close();
    }
}
