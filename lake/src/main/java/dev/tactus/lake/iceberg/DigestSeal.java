package dev.tactus.lake.iceberg;

import dev.tactus.digest.Sha256;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// How many digests are noted, and a sum that tells them from any others, in the property by which a lake says that
/// they are: whoever takes one away, so that its file could be changed, is missed.
final class DigestSeal {
    private static final String PROPERTIES = "iceberg_namespace_properties";
    private static final String BEGINNING = "noted ";

    private DigestSeal() {}

    /// Whether these are the digests that were sealed last; so too where an earlier version has noted all of them.
    static boolean isOf(Connection session, Map<String, DigestRegister.Entry> digests) throws SQLException {
        return sealed(session).map(sum(digests)::equals).orElse(true);
    }

    private static Optional<String> sealed(Connection session) throws SQLException {
        try (ResultSet tables = session.getMetaData().getTables(null, null, PROPERTIES, null)) {
            if (!tables.next()) {
                return Optional.empty();
            }
        }
        try (PreparedStatement asked = session.prepareStatement(
                "SELECT property_value FROM " + PROPERTIES + " WHERE namespace = ? AND property_key = ?")) {
            asked.setString(1, LakeCatalog.CATALOG);
            asked.setString(2, EpochRegister.DIGESTS);
            ResultSet rows = asked.executeQuery();
            return rows.next()
                    ? Optional.of(rows.getString(1)).filter(value -> value.startsWith(BEGINNING))
                    : Optional.empty();
        }
    }

    /// In the transaction that has changed them; a lake that is not taken over has no seal yet.
    static void renew(Connection session, Map<String, DigestRegister.Entry> digests) throws SQLException {
        try (PreparedStatement update = session.prepareStatement(
                "UPDATE " + PROPERTIES + " SET property_value = ? WHERE namespace = ? AND property_key = ?")) {
            update.setString(1, sum(digests));
            update.setString(2, LakeCatalog.CATALOG);
            update.setString(3, EpochRegister.DIGESTS);
            update.executeUpdate();
        }
    }

    /// The same whatever their order.
    private static String sum(Map<String, DigestRegister.Entry> digests) {
        long first = 0;
        long second = 0;
        for (Map.Entry<String, DigestRegister.Entry> one : digests.entrySet()) {
            Sha256 digest = Sha256.of(one.getKey() + "\n" + one.getValue());
            first += digest.first();
            second += digest.second();
        }
        HexFormat digits = HexFormat.of();
        return BEGINNING + digests.size() + " " + digits.toHexDigits(first) + digits.toHexDigits(second);
    }
}
