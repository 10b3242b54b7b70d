package dev.tactus.ledger.publications;

import java.util.Optional;

/// Which lake a ledger belongs to, and how far the two have come together.
///
/// @param ledgerId random, for ever; copies of the file share it
/// @param lakeId absent while there is no lake
/// @param lakePath where the lake was last
/// @param epoch how many changes of the lake the ledger knows
/// @param mark of the last of these changes, as the lake carries it; absent where nobody has noted it
/// @param intended the mark of the next change, while it is not known whether it happened
/// @param sealed the digest of the ledger's rows as they were last copied to the lake; absent while they have changed
///     since
public record Bond(
        String ledgerId,
        Optional<String> lakeId,
        String lakePath,
        long epoch,
        Optional<String> mark,
        Optional<String> intended,
        Optional<String> sealed) {}
