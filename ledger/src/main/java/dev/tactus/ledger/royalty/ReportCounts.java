package dev.tactus.ledger.royalty;

/// The account of a report's rows: `read = landed + deductions + rejected + skipped`, or it can't be made.
///
/// @param read rows of the file, blank lines left out
/// @param landed rows in the lake's table `sales`
/// @param deductions rows that are no usage: withholding, fees, advances; in the lake's table `deductions`
/// @param rejected rows set aside with a reason
/// @param skipped rows that are no sales: headers, totals, comments, context records
public record ReportCounts(long read, long landed, long deductions, long rejected, long skipped) {
    public ReportCounts {
        if (landed < 0
                || deductions < 0
                || rejected < 0
                || skipped < 0
                || read != landed + deductions + rejected + skipped) {
            throw new IllegalArgumentException("the rows do not add up: " + read + " read, " + landed + " landed, "
                    + deductions + " deductions, " + rejected + " rejected, " + skipped + " skipped");
        }
    }

    /// One without deductions.
    public ReportCounts(long read, long landed, long rejected, long skipped) {
        this(read, landed, 0, rejected, skipped);
    }
}
