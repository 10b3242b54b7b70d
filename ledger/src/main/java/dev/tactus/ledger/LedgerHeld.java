package dev.tactus.ledger;

import java.nio.file.Path;
import java.util.Optional;

/// Another process, or another part of this one, is working on the ledger. Safe to try again once that has ended.
public final class LedgerHeld extends LedgerFailure {
    private static final long serialVersionUID = 1L;

    private final transient Optional<LedgerHolder> holder;

    LedgerHeld(FileKind kind, Path ledger, Optional<LedgerHolder> holder) {
        super(kind.name() + " " + ledger + " is held by "
                + holder.map(LedgerHeld::described).orElse("another process")
                + ". Wait until that has ended, or stop it, then try again. Nothing was touched.");
        this.holder = holder;
    }

    /// Who holds it; empty in the instant in which the holder has not yet said so.
    public Optional<LedgerHolder> holder() {
        return holder;
    }

    private static String described(LedgerHolder holder) {
        return "process " + holder.pid() + " on " + holder.host() + " (" + holder.command() + ", since "
                + holder.since() + ")";
    }
}
