package dev.tactus.gateway.state;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/// What became of one application's requests on one day (UTC).
///
/// @param forgiven an admin has taken it out of what violations are judged by
public record RefusalRecord(LocalDate day, long admitted, long refused, boolean forgiven) {
    public long requests() {
        return admitted + refused;
    }

    /// Refused requests as a share of all, to four digits.
    public BigDecimal share() {
        return requests() == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(refused).divide(BigDecimal.valueOf(requests()), 4, RoundingMode.HALF_UP);
    }

    /// Whether at least this share was refused.
    public boolean reaches(BigDecimal share) {
        return refused > 0
                && BigDecimal.valueOf(refused).compareTo(share.multiply(BigDecimal.valueOf(requests()))) >= 0;
    }
}
