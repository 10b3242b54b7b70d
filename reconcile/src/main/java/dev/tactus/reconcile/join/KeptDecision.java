package dev.tactus.reconcile.join;

import dev.tactus.reconcile.Money;
import java.util.List;

/// What reports have said since a period was closed, and what was decided then leaves out: of a group of territories
/// and
/// its members one side counts, and stays the one that the close has counted until a person has it decided anew.
///
/// @param corrects the closed period's name
/// @param closeId the close that has decided
/// @param rows that are left out beyond those of the close
/// @param quantity their units
/// @param revenues their money, by currency
/// @param overturned the recordings of which the rows would decide otherwise by now, in words
public record KeptDecision(
        String corrects, String closeId, long rows, long quantity, List<Money> revenues, List<String> overturned) {
    private static final int NAMED = 3;

    public KeptDecision {
        revenues = List.copyOf(revenues);
        overturned = List.copyOf(overturned);
    }

    /// Whether there is nothing to tell.
    boolean isEmpty() {
        return rows == 0 && quantity == 0 && revenues.isEmpty() && overturned.isEmpty();
    }

    /// The first few of what a person may have decided anew.
    public String named() {
        return String.join("; ", overturned.subList(0, Math.min(NAMED, overturned.size())))
                + (overturned.size() > NAMED ? "; …" : "");
    }
}
