package dev.tactus.reconcile.close;

/// Is told of the moments of a close between which a crash makes a difference.
@FunctionalInterface
interface CloseListener {
    /// In order.
    enum Step {
        RECONCILED,
        TAGGED,
        MANIFEST_WRITTEN,
        RECORDED
    }

    void reached(Step step);

    static CloseListener uneventful() {
        return step -> {};
    }
}
