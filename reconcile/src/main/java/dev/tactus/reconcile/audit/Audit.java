package dev.tactus.reconcile.audit;

import dev.tactus.database.DatabaseFailure;
import dev.tactus.lake.Lake;
import dev.tactus.lake.failure.LakeException;
import dev.tactus.lake.failure.LakeUnavailable;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import dev.tactus.reconcile.IntegrityFailure;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.PeriodRefusal;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.manifest.AuditMismatch;
import dev.tactus.reconcile.manifest.ChainAudit;
import dev.tactus.reconcile.manifest.CloseManifest;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
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

    /// The digests of data files that closes have noted, by path.
    public static Map<String, String> digestsOfCloses(Ledger ledger, Lake lake) {
        Map<String, String> digests = new HashMap<>();
        for (PeriodRecord close : ledger.periods().list()) {
            CloseManifest.of(lake, close).ifPresent(manifest -> digests.putAll(manifest.digests()));
        }
        return digests;
    }

    /// One run: its account, its commits, its files and the payloads it was made from.
    public AuditVerdict run(Run run) {
        return judged(scope -> {
            new RunAudit(ledger, lake, megabytes, run, scope.proven()).prove();
            scope.looked("run", 1);
        });
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
            AuditVerdict chain = judged(scope -> new ChainAudit(ledger, lake, scope.proven()).prove());
            if (chain instanceof AuditVerdict.Differs) {
                return chain;
            }
            throw new PeriodRefusal(
                    source.map(name -> name + " ").orElse("") + period + " is not closed; there is nothing to audit");
        }
        return judged(scope -> {
            new ChainAudit(ledger, lake, scope.proven()).prove();
            new RetentionAudit(ledger, lake, megabytes, scope).chain();
            for (PeriodRecord close : closes) {
                new PeriodAudit(lake, services, megabytes, close, scope.proven()).prove();
                scope.looked("close", 1);
            }
            new CloseFolderAudit(ledger, lake, scope).prove();
        });
    }

    /// Everything there is, from both sides: whatever the ledger says of the lake, and whatever the lake has.
    ///
    /// @param payloads derives counts from answers
    public AuditVerdict all(PayloadReader payloads) {
        return judged(scope -> {
            sound(scope);
            new ChainAudit(ledger, lake, scope.proven()).prove();
            new FileAudit(lake, scope).prove();
            new RetentionAudit(ledger, lake, megabytes, scope).prove();
            new OwnerAudit(ledger, lake, megabytes, scope).prove();
            new DecisionAudit(ledger, lake, megabytes, scope).prove();
            runs(scope);
            new SalesAudit(ledger, lake, megabytes, scope).prove();
            long closes = 0;
            for (PeriodRecord record : ledger.periods().list()) {
                if (ledger.periods().inForce(record.source()).contains(record)) {
                    new PeriodAudit(lake, services, megabytes, record, scope.proven()).prove();
                    closes++;
                }
            }
            scope.looked("closes", closes);
            new CloseFolderAudit(ledger, lake, scope).prove();
            new PayloadAudit(lake, payloads, megabytes, scope).prove();
        });
    }

    private void sound(AuditScope scope) {
        ledger.faults().stream().findFirst().ifPresent(fault -> {
            throw new AuditMismatch("the ledger", ledger.product() + " finds it damaged: " + fault);
        });
        scope.looked("ledger", 1);
        scope.proven("the ledger: " + ledger.product() + " has read all of it and finds it sound");
    }

    private void runs(AuditScope scope) {
        for (Run run : ledger.runs().list()) {
            boolean over = !run.state().isUnfinished() || run.state() == RunState.INCOMPLETE;
            if (over) {
                new RunAudit(ledger, lake, megabytes, run, scope.proven()).prove();
            }
            if (run.state().isUnfinished()) {
                new StagedFileAudit(ledger, lake, run, scope).prove();
                scope.unfinished("run " + run.id() + " is " + run.state().name().toLowerCase(Locale.ROOT)
                        + (over ? ": what it has published is looked at" : ": its staged files are looked at"));
            }
            scope.looked("runs", 1);
        }
    }

    private interface Proof {
        void prove(AuditScope scope);
    }

    private static AuditVerdict judged(Proof proof) {
        AuditScope scope = new AuditScope();
        try {
            proof.prove(scope);
            return new AuditVerdict.AddsUp(scope.proven(), scope.unfinished(), scope.lookedAt());
        } catch (AuditMismatch e) {
            return new AuditVerdict.Differs(scope.proven(), e.where(), e.what());
        } catch (LakeUnavailable e) {
            // a full disk is no difference: the audit could not be made
            throw e;
        } catch (LakeException | IntegrityFailure e) {
            // a file that can't be read any more is what an audit is for
            return new AuditVerdict.Differs(scope.proven(), "the lake", String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException | DateTimeException | NoSuchElementException | ArithmeticException e) {
            // what this program would never have written
            return new AuditVerdict.Differs(
                    scope.proven(), "what follows", "a value there can't be: " + String.valueOf(e.getMessage()));
        } catch (DatabaseFailure e) {
            return new AuditVerdict.Differs(scope.proven(), "the ledger", String.valueOf(e.getMessage()));
        }
    }
}
