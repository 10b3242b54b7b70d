package dev.tactus.reconcile;

/// Ends an audit at the first place where something is not what it was said to be.
final class Mismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String where;
    private final String what;

    Mismatch(String where, String what) {
        super(where + ": " + what);
        this.where = where;
        this.what = what;
    }

    String where() {
        return where;
    }

    String what() {
        return what;
    }

    /// Ends the audit unless both are the same.
    static void unlessSame(String where, String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new Mismatch(where, what + " should be " + expected + " and is " + found);
        }
    }
}
