package dev.tactus.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.StoreTest;
import dev.tactus.ledger.royalty.ReportDecision;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A ledger and its journal are the same while it is sealed, on each database.
class JournalCheckTest extends StoreTest {
    private final Map<String, byte[]> files = new HashMap<>();

    private void copy() {
        ledger.transaction(() -> {
            List<JournalPart> parts = new ArrayList<>(ledger.journal().parts());
            JournalPart book = parts.removeLast();
            files.clear();
            for (JournalPart part : parts) {
                write(part, List.of());
            }
            write(book, parts);
            ledger.bonds().seal(book.mark());
        });
    }

    private void write(JournalPart part, List<JournalPart> beside) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ledger.journal().write(part, beside, out);
        files.put(part.fileName(), out.toByteArray());
    }

    private JournalVerdict compared() {
        return ledger.journal().compare(name -> new ByteArrayInputStream(files.getOrDefault(name, new byte[0])));
    }

    private void decide(String text) {
        ledger.reportDecisions()
                .put(new ReportDecision(
                        ReportDecision.Subject.TERRITORY,
                        "",
                        text,
                        "Germany\tÖ\\",
                        "Ada",
                        clock.instant(),
                        Optional.empty()));
    }

    @Test
    void aChangeTakesTheSealOffAndACopyPutsItBack() {
        decide("BRD");
        copy();
        assertThat(ledger.bonds().get().sealed()).isPresent();
        assertThat(ledger.journal().isAsSealed()).isTrue();
        assertThat(compared()).isEqualTo(new JournalVerdict(List.of(), List.of()));

        decide("DDR");

        assertThat(ledger.bonds().get().sealed()).isEmpty();
        assertThat(compared()).isEqualTo(new JournalVerdict(List.of(), List.of("report_decision (1)")));
        copy();
        assertThat(compared()).isEqualTo(new JournalVerdict(List.of(), List.of()));
    }

    @Test
    void aSealThatIsNotOfTheseRowsIsBroken() {
        decide("BRD");
        copy();
        String sealed = ledger.bonds().get().sealed().orElseThrow();
        decide("DDR");
        ledger.bonds().seal(sealed);

        assertThat(ledger.journal().isAsSealed()).isFalse();
        assertThat(compared().wrong())
                .singleElement()
                .asString()
                .contains("a decision on what a text means was put into the ledger", "DDR");
    }
}
