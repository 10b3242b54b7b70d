package dev.tactus.console.periods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.reconcile.audit.AuditVerdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An audit beside whoever lets bytes go, or maintains the lake: a file that has just gone is no difference.
class SettledAuditTest {
    private static final AuditVerdict MISSING = new AuditVerdict.Differs(List.of(), "a.parquet", "the file is missing");
    private static final AuditVerdict SOUND = new AuditVerdict.AddsUp(List.of(), List.of(), "");

    private static AuditVerdict settled(List<Long> epochs, List<AuditVerdict> verdicts) {
        Deque<Long> changes = new ArrayDeque<>(epochs);
        Deque<AuditVerdict> found = new ArrayDeque<>(verdicts);
        AuditVerdict verdict = AuditCommand.settled(changes::remove, found::remove);
        assertThat(found).isEmpty();
        return verdict;
    }

    @Test
    void whatWasFoundWhileTheLakeChangedIsLookedForAgain() {
        assertThat(settled(List.of(7L, 8L, 8L), List.of(MISSING, SOUND))).isEqualTo(SOUND);
        assertThat(settled(List.of(7L, 8L, 8L, 8L), List.of(MISSING, MISSING))).isEqualTo(MISSING);
    }

    @Test
    void whatWasFoundWhileNothingChangedIsADifference() {
        assertThat(settled(List.of(7L, 7L), List.of(MISSING))).isEqualTo(MISSING);
    }

    @Test
    void aLakeThatChangesAllTheTimeIsNotWaitedFor() {
        assertThat(settled(List.of(1L, 2L, 3L, 4L, 5L, 6L), List.of(MISSING, MISSING, MISSING)))
                .isEqualTo(MISSING);
    }
}
