package dev.tactus.ledger.items;

/// What became of a work item. Each but PLANNED is a term of the equation that a run has to fulfil.
public enum ItemState {
    /// Not yet fetched.
    PLANNED(0),
    /// Valid data came back, even for no territory.
    LANDED(1),
    /// The source was asked twice and doesn't have it.
    NOT_FOUND(2),
    /// What came back breaks the contract; good rows beside it have landed.
    DEAD_LETTERED(3),
    /// A sales report covers what the source could not give.
    FELL_BACK(4),
    /// Unavailable, in whole or in a territory; a sales report will have to cover it.
    AWAITING_REPORT(5),
    /// Put off until a time.
    PARKED(6),
    /// Not asked for in this run: an earlier one has the answer, which its reason names.
    NOT_DUE(7);

    private final int code;

    ItemState(int code) {
        this.code = code;
    }

    /// The number in the ledger; never changes its meaning.
    int code() {
        return code;
    }

    static ItemState of(int code) {
        for (ItemState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new IllegalArgumentException("no item state has the code " + code);
    }

    /// Whether there is still something to fetch.
    public boolean isOpen() {
        return this == PLANNED || this == PARKED;
    }
}
