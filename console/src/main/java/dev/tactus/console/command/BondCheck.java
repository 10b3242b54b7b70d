package dev.tactus.console.command;

import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.database.DatabaseAddress;
import dev.tactus.lake.Lake;
import dev.tactus.lake.LakeOwnership;
import dev.tactus.lake.place.CatalogDatabase;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.lake.table.EpochListener;
import dev.tactus.lake.table.LakeIdentity;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.publications.Bond;
import dev.tactus.reconcile.audit.Audit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether a ledger and a lake belong together, and neither is older than the other.
///
/// Each has an id, knows that of the other, and counts the lake's changes. A change that was made and not yet counted,
/// because a kill came between, is counted now; everything else that doesn't fit is refused before anything is touched.
final class BondCheck {
    private static final String REMEDY =
            "; nothing was touched. Restore both from one backup (tactus restore DIR --replace)";

    /// Runs and reports are called by the second they began in.
    private static final Pattern BEGUN = Pattern.compile("\\d{8}T\\d{6}Z-.+");

    private final Ledger ledger;
    private final LakePlace place;
    private final LakeJournal journal;

    BondCheck(Ledger ledger, LakePlace place, LakeJournal journal) {
        this.ledger = ledger;
        this.place = place;
        this.journal = journal;
    }

    /// Before a lake is made: a ledger that has one must not be given an empty one instead.
    void requireLake() {
        Bond bond = ledger.bonds().get();
        if (bond.lakeId().isPresent() && !place.exists()) {
            throw CommandFailure.usage(ledger() + " belongs to the lake that was at " + bond.lakePath() + ", and in "
                    + place + " there is none" + REMEDY + ", or name the folder where it is under `lake:`");
        }
        if (bond.lakeId().isPresent()) {
            // before it is opened: what is missing would be made
            sameOwners(bond, LakeOwnership.of(place));
        }
    }

    /// Before a ledger is made: a lake that has one must not be given an empty one instead.
    static void requireNobodys(LakePlace place, DatabaseAddress ledger) {
        if (place.exists()) {
            LakeOwnership.of(place).ifPresent(there -> {
                throw CommandFailure.usage(
                        "the lake " + place + " belongs to the ledger " + there.ledgerId() + ", last at "
                                + there.ledgerPath() + ", and there is no ledger " + ledger
                                + REMEDY + ", or rebuild the ledger from the lake (tactus ledger rebuild)");
            });
        }
    }

    /// For whoever reads the ledger alone; where there is no lake, nothing is newer.
    void requireTogether() {
        if (place.exists()) {
            requireTogether(() -> LakeOwnership.of(place));
        }
    }

    /// For a reader. A writer may be changing the lake at this moment, so the ledger is looked at before and after.
    void requireTogether(Supplier<Optional<LakeIdentity>> lake) {
        Bond before = ledger.bonds().get();
        Optional<LakeIdentity> identity = lake.get();
        Bond after = ledger.bonds().get();
        if ((identity.isEmpty() && before.lakeId().isEmpty()) || isBeingTied(after, identity)) {
            return;
        }
        LakeIdentity there = sameOwners(after, identity);
        boolean meanwhile = there.epoch() >= before.epoch() && there.epoch() <= after.epoch();
        if (!meanwhile && !isUncounted(before, there) && !isUncounted(after, there)) {
            throw apart(after, there);
        }
        requireSameChange(after, there);
    }

    /// The lake was given to this ledger and has made no change yet: the writer that did so notes it in the ledger
    /// next,
    /// and where a kill came between, the next one does.
    private static boolean isBeingTied(Bond bond, Optional<LakeIdentity> identity) {
        return bond.lakeId().isEmpty()
                && identity.filter(
                                there -> there.epoch() == 0 && there.ledgerId().equals(bond.ledgerId()))
                        .isPresent();
    }

    /// Both may have counted equally many changes since they went apart.
    private void requireSameChange(Bond bond, LakeIdentity there) {
        if (bond.epoch() == there.epoch()
                && bond.mark().filter(mark -> !mark.equals(there.mark())).isPresent()) {
            throw CommandFailure.usage(
                    ledger() + " and the lake " + place + " went on apart from one another: neither is older, each has "
                            + "counted " + there.epoch() + " changes, and the last of them is not the same. Nothing was"
                            + " touched. tactus ledger rebuild makes the ledger anew from the lake; tactus restore DIR"
                            + " --replace, where neither of the two is the one to keep");
        }
    }

    /// For a writer, which holds the ledger's lock: ties the two together where they are not yet, and counts the lake's
    /// changes from now on.
    void bind(Lake lake) {
        Bond bond = ledger.bonds().get();
        Optional<LakeIdentity> identity = lake.ownership().identity();
        boolean fresh = bond.lakeId().isEmpty()
                && identity.map(there -> there.ledgerId().equals(bond.ledgerId()))
                        .orElse(true);
        LakeIdentity there;
        if (fresh) {
            requireKnown(lake);
            there = lake.ownership().belongTo(bond.ledgerId(), ledger.address().toString());
            ledger.bonds().tie(there.lakeId(), place.toString(), there.epoch(), there.mark());
        } else {
            there = sameOwners(bond, identity);
            if (isUncounted(bond, there)) {
                ledger.bonds().reached(there.epoch());
            } else if (there.epoch() != bond.epoch()) {
                throw apart(bond, there);
            } else {
                requireSameChange(bond, there);
                if (bond.mark().isEmpty()) {
                    ledger.bonds().tie(there.lakeId(), place.toString(), there.epoch(), there.mark());
                }
            }
        }
        journal.requireUnchanged(ledger);
        takeOver(lake);
        lake.ownership()
                .bind(
                        new EpochListener() {
                            @Override
                            public void changes(String mark) {
                                journal.write(ledger);
                                ledger.bonds().intend(mark);
                            }

                            @Override
                            public void changed(long epoch) {
                                ledger.bonds().reached(epoch);
                            }

                            @Override
                            public void closed() {
                                journal.write(ledger);
                            }
                        },
                        there.epoch());
    }

    /// Files of versions that noted no digests get them; what the ledger or a close has noted of one is its digest.
    private void takeOver(Lake lake) {
        lake.ownership().takeOver(new Function<>() {
            private @Nullable Map<String, String> known;

            @Override
            public Optional<String> apply(String path) {
                if (known == null) {
                    known = ledger.publications().digests();
                    known.putAll(Audit.digestsOfCloses(ledger, lake));
                }
                return Optional.ofNullable(known.get(path));
            }
        });
    }

    /// A lake from before ids is taken over by the ledger that knows its runs, and by no other.
    private void requireKnown(Lake lake) {
        List<String> strange = lake.changes().stream()
                .filter(id -> BEGUN.matcher(id).matches())
                .filter(id -> ledger.runs().find(id).isEmpty()
                        && ledger.reports().find(id).isEmpty())
                .sorted()
                .toList();
        if (!strange.isEmpty()) {
            throw CommandFailure.usage("the lake " + place + " belongs to another ledger than " + ledger()
                    + ": it holds "
                    + HumanFormat.counted(strange.size(), "run or report", "runs and reports")
                    + " that this one does not know, such as " + strange.getFirst()
                    + "; nothing was touched. Name the ledger that made it under `ledger:`");
        }
    }

    private LakeIdentity sameOwners(Bond bond, Optional<LakeIdentity> identity) {
        if (identity.isEmpty() && place.catalog() instanceof CatalogDatabase database && database.isEmpty()) {
            throw CommandFailure.usage("the catalog " + database + " of the lake is empty: what it said was lost, so"
                    + " that nobody knows which of the lake's files count" + REMEDY);
        }
        if (identity.isEmpty()) {
            throw CommandFailure.usage(
                    ledger() + " belongs to the lake " + bond.lakeId().orElse("") + ", last at " + bond.lakePath()
                            + ", and the lake in " + place + " is another, without an id" + REMEDY);
        }
        LakeIdentity there = identity.get();
        if (!there.ledgerId().equals(bond.ledgerId())) {
            throw CommandFailure.usage(
                    "the lake " + place + " belongs to another ledger (" + there.ledgerId() + ", last at "
                            + there.ledgerPath() + ") than " + ledger() + " (" + bond.ledgerId()
                            + "); nothing was touched. Name that ledger under `ledger:`, or another lake under"
                            + " `lake:`");
        }
        if (!bond.lakeId().map(there.lakeId()::equals).orElse(false)) {
            throw CommandFailure.usage(ledger() + " belongs to the lake "
                    + bond.lakeId().orElse("that was not noted")
                    + ", last at " + bond.lakePath() + ", and the lake in " + place + " is another (" + there.lakeId()
                    + ")" + REMEDY + ", or name that lake under `lake:`");
        }
        return there;
    }

    /// Whether the lake has made the change that the ledger has announced.
    private static boolean isUncounted(Bond bond, LakeIdentity there) {
        return there.epoch() == bond.epoch() + 1
                && bond.intended().filter(there.mark()::equals).isPresent();
    }

    /// One of the two was brought back without the other. What the lake has, a ledger can be made of; not the other way
    /// round.
    private CommandFailure apart(Bond bond, LakeIdentity there) {
        boolean lakeIsNewer = there.epoch() > bond.epoch();
        String older = lakeIsNewer ? ledger() : "the lake " + place;
        String newer = lakeIsNewer ? "the lake " + place : ledger();
        return CommandFailure.usage(older + " is older than " + newer + ", as the changes tell that each has counted: "
                + HumanFormat.counted(bond.epoch(), "change", "changes") + " in the ledger, "
                + there.epoch() + " in the lake. Nothing was touched. "
                + (lakeIsNewer
                        ? "tactus ledger rebuild makes the ledger anew from the lake, which has all of them"
                        : "tactus restore DIR --replace brings both back as one pair, from the newest backup DIR"));
    }

    private String ledger() {
        return "the ledger " + ledger.address();
    }
}
