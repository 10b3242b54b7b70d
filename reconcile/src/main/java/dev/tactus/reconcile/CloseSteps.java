package dev.tactus.reconcile;

/// Is told of the moments of a close between which a crash makes a difference.
@FunctionalInterface
interface CloseSteps {
    /// In order.
    enum Step {
        RECONCILED,
        TAGGED,
        MANIFEST_WRITTEN,
        RECORDED
    }

    void reached(Step step);

    static CloseSteps uneventful() {
        return step -> {};
    }
}
