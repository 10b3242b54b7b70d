package dev.tactus.ledger.journal;

import dev.tactus.digest.Sha256;
import java.util.Locale;

/// A file of the journal and what goes into it.
///
/// @param kind of rows
/// @param of the run or the source they belong to; empty where they belong to the whole ledger
/// @param mark what changes when the rows do
public record JournalPart(Kind kind, String of, String mark) {
    /// The kinds of parts.
    public enum Kind {
        /// All that is small: runs, publications, reports, dead letters, what people decided, and the names of the
        /// other parts.
        BOOK,
        /// The recordings of all catalogs.
        CATALOG,
        /// The items of a run, and the bodies of its dead letters.
        ITEMS,
        /// What a source is known to call the recordings.
        IDS
    }

    /// The book's name is always the same; it is replaced last, and so all parts change in one moment. The names of the
    /// others change with what they hold.
    public String fileName() {
        if (kind == Kind.BOOK) {
            return "book.journal.gz";
        }
        return beginning() + Sha256.of(of + "\n" + mark).hex(12) + ".journal.gz";
    }

    private String beginning() {
        String readable = of.isEmpty() ? "" : "-" + of.replaceAll("[^A-Za-z0-9_-]", "-");
        return kind.name().toLowerCase(Locale.ROOT) + readable + "-";
    }

    /// Whether a file may be this part with another mark.
    boolean isNamedLike(String fileName) {
        return fileName.startsWith(beginning())
                && fileName.length() == fileName().length();
    }
}
