package dev.tactus.reconcile.audit;

import dev.tactus.lake.Lake;
import dev.tactus.lake.failure.LakeException;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.ledger.runs.Run;
import dev.tactus.reconcile.IntegrityFailure;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.PeriodRefusal;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.manifest.AuditMismatch;
import dev.tactus.reconcile.manifest.ChainAudit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Proves that what ledger, lake and manifests say of one another is true, or shows the first place where it is not.
///
/// It reads and changes nothing.
public final class Audit {
    private final Ledger ledger;
    private final Lake lake;
    private final ServiceSources services;
    private final int megabytes;

    public Audit(Ledger ledger, Lake lake, ServiceSources services, int megabytes) {
        this.ledger = ledger;
        this.lake = lake;
        this.services = services;
        this.megabytes = megabytes;
    }

    /// One run: its account, its commits, its files and the payloads it was made from.
    public AuditVerdict run(Run run) {
        return judged(proven -> new RunAudit(ledger, lake, megabytes, run, proven).prove());
    }

    /// The chain of all closes, and a period of every source that has closed it, or of one.
    ///
    /// @throws PeriodRefusal if it is not closed
    public AuditVerdict period(Period period, Optional<String> source) {
        List<PeriodRecord> closes = ledger.periods().list().stream()
                .filter(PeriodRecord::closes)
                .filter(record -> new Period(record.from(), record.to()).equals(period))
                .filter(record -> source.isEmpty() || source.get().equals(record.source()))
                .filter(record -> ledger.periods().inForce(record.source()).contains(record))
                .toList();
        if (closes.isEmpty()) {
            // a record that was tampered with may be why: the chain says so
            AuditVerdict chain = judged(proven -> new ChainAudit(ledger, lake, proven).prove());
            if (chain instanceof AuditVerdict.Differs) {
                return chain;
            }
            throw new PeriodRefusal(
                    source.map(name -> name + " ").orElse("") + period + " is not closed; there is nothing to audit");
        }
        return judged(proven -> {
            new ChainAudit(ledger, lake, proven).prove();
            for (PeriodRecord close : closes) {
                new PeriodAudit(lake, services, megabytes, close, proven).prove();
            }
        });
    }

    /// Everything: the chain, every close in force, every run that is over.
    public AuditVerdict all() {
        return judged(proven -> {
            new ChainAudit(ledger, lake, proven).prove();
            for (PeriodRecord record : ledger.periods().list()) {
                if (ledger.periods().inForce(record.source()).contains(record)) {
                    new PeriodAudit(lake, services, megabytes, record, proven).prove();
                }
            }
            for (Run run : ledger.runs().list()) {
                if (!run.state().isUnfinished()) {
                    new RunAudit(ledger, lake, megabytes, run, proven).prove();
                }
            }
        });
    }

    private interface Proof {
        void prove(List<String> proven);
    }

    private static AuditVerdict judged(Proof proof) {
        List<String> proven = new ArrayList<>();
        try {
            proof.prove(proven);
            return new AuditVerdict.AddsUp(proven);
        } catch (AuditMismatch e) {
            return new AuditVerdict.Differs(proven, e.where(), e.what());
        } catch (LakeException | IntegrityFailure e) {
            // a file that can't be read any more is what an audit is for
            return new AuditVerdict.Differs(proven, "the lake", String.valueOf(e.getMessage()));
        }
    }
}
