package dev.tactus.gateway.state;

import java.util.Locale;

/// How an application stands with the gateway. Each step follows from its record of refusals, or is taken by an admin.
public enum ComplianceStatus {
    /// Nothing is held against it.
    NORMAL,
    /// It has been told that it is refused too often; its limits are the usual ones.
    NOTICED,
    /// Its limits are cut to the share that `restrict_to` names.
    RESTRICTED,
    /// Everything it asks is answered with 403.
    REVOKED;

    /// The name in files and JSON: lower case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
