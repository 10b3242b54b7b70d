package dev.tactus.ingest.share;

import dev.tactus.ledger.work.PermitKey;
import dev.tactus.ledger.work.PermitRecord;
import dev.tactus.ledger.work.SharedQuota;
import dev.tactus.limits.ScopeReport;
import dev.tactus.limits.pacing.Admission;
import dev.tactus.limits.pacing.CallRequest;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.limits.pacing.PacerReply;
import dev.tactus.limits.pacing.Permit;
import dev.tactus.limits.pacing.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/// One time of being the owner of a quota, from taking it over to losing it.
///
/// The pacer decides, the ledger has it: a permit is granted by a transaction that holds only while this process is the
/// owner, and forgotten by one that notes what the pacer has made of it. So nothing that was granted is ever unknown to
/// the next. Used by one thread, but for the report.
final class QuotaTenure implements AutoCloseable {
    private static final long SAVE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MANY = 200;

    private record Reply(PermitKey key, PacerReply said) {}

    private final SharedQuota quota;
    private final long worker;
    private final long fence;
    private final String source;
    private final Pacer pacer;
    private final Map<PermitKey, Ticket> waiting = new HashMap<>();
    private final Map<PermitKey, Permit> held = new HashMap<>();
    private final Set<PermitKey> ended = new HashSet<>();
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final List<PermitKey> granted = new ArrayList<>();
    private final Map<PermitKey, String> refused = new HashMap<>();
    private long savedAt = System.nanoTime();

    private QuotaTenure(SharedQuota quota, long worker, long fence, String source, Pacer pacer) {
        this.quota = quota;
        this.worker = worker;
        this.fence = fence;
        this.source = source;
        this.pacer = pacer;
    }

    /// Takes up what the owner before has noted and granted.
    static QuotaTenure begin(SharedQuota quota, long worker, long fence, String source, Pacer pacer) {
        QuotaTenure tenure = new QuotaTenure(quota, worker, fence, source, pacer);
        pacer.restore(quota.states(source));
        for (PermitRecord permit : quota.permits()) {
            if (permit.granted()) {
                tenure.held.put(permit.key(), pacer.adopt(permit.path()));
            }
        }
        return tenure;
    }

    List<ScopeReport> report() {
        return pacer.report();
    }

    /// Does what was asked for since the last time; returns whether somebody calls or waits.
    ///
    /// @throws SharedQuota.QuotaLost if somebody else has become the owner
    boolean serve() {
        List<PermitRecord> permits = quota.permits();
        permits.forEach(this::look);
        for (Reply reply = replies.poll(); reply != null; reply = replies.poll()) {
            take(reply);
        }
        if (!granted.isEmpty() || !refused.isEmpty()) {
            grant();
        }
        if (!ended.isEmpty() && (ended.size() >= MANY || System.nanoTime() - savedAt > SAVE_NANOS)) {
            save();
        }
        return !waiting.isEmpty() || !held.isEmpty();
    }

    private void look(PermitRecord permit) {
        PermitKey key = permit.key();
        boolean over = permit.outcome().isPresent() || !permit.alive();
        Permit out = held.get(key);
        Ticket ticket = waiting.get(key);
        if (ended.contains(key)) {
            return;
        }
        if (out != null) {
            if (over) {
                held.remove(key);
                ended.add(key);
                Pacer.settle(out, permit.outcome().map(PermitOutcomeText::read).orElseGet(Permit.Outcome.Lost::new));
            }
        } else if (ticket != null) {
            if (over && ticket.leave()) {
                waiting.remove(key);
                ended.add(key);
            }
        } else if (over) {
            ended.add(key);
        } else if (permit.refused().isEmpty() && !refused.containsKey(key)) {
            CallRequest request = CallRequest.to(permit.path()).by(String.valueOf(permit.worker()));
            waiting.put(key, pacer.enter(request, said -> replies.add(new Reply(key, said))));
        }
    }

    private void take(Reply reply) {
        waiting.remove(reply.key());
        switch (reply.said()) {
            case Admission.Granted(Permit permit) -> {
                held.put(reply.key(), permit);
                granted.add(reply.key());
            }
            case Admission.Paused paused -> refused.put(reply.key(), PauseText.write(paused));
            case PacerReply.Late _, PacerReply.Closed _ -> {}
        }
    }

    private void grant() {
        Set<PermitKey> asked = new HashSet<>(quota.grant(worker, fence, List.copyOf(granted), Map.copyOf(refused)));
        for (PermitKey key : granted) {
            Permit permit = held.get(key);
            if (permit != null && !asked.contains(key)) {
                held.remove(key);
                permit.unused();
            }
        }
        granted.clear();
        refused.clear();
    }

    private void save() {
        quota.save(worker, fence, source, pacer.saveEnded(), Set.copyOf(ended));
        ended.clear();
        savedAt = System.nanoTime();
    }

    /// Notes all that is known, for the next.
    void giveUp() {
        save();
        quota.disown(worker, fence);
    }

    @Override
    public void close() {
        pacer.close();
    }
}
