package dev.tactus.reconcile.manifest;

/// Ends an audit at the first place where something is not what it was said to be.
public final class AuditMismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String where;
    private final String what;

    public AuditMismatch(String where, String what) {
        super(where + ": " + what);
        this.where = where;
        this.what = what;
    }

    public String where() {
        return where;
    }

    public String what() {
        return what;
    }

    /// Ends the audit unless both are the same.
    public static void unlessSame(String where, String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new AuditMismatch(where, what + " should be " + expected + " but is " + found);
        }
    }
}
