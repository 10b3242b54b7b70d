package dev.tactus.lake.place;

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
public final class DigestSeal {
    /// The property of a lake that notes digests.
    public static final String PROPERTY = "tactus.digests";

    private static final String NAMESPACE = "tactus";
    private static final String PROPERTIES = "iceberg_namespace_properties";
    private static final String BEGINNING = "noted ";

    private DigestSeal() {}

    /// Whether these are the digests that were sealed last; so too where an earlier version has noted all of them.
    public static boolean isOf(Connection session, Map<String, ?> digests) throws SQLException {
        return sealed(session).map(sum(digests)::equals).orElse(true);
    }

    /// Whether a value of the property is a seal.
    public static boolean isSeal(String value) {
        return value.startsWith(BEGINNING);
    }

    private static Optional<String> sealed(Connection session) throws SQLException {
        try (ResultSet tables = session.getMetaData().getTables(null, null, PROPERTIES, null)) {
            if (!tables.next()) {
                return Optional.empty();
            }
        }
        try (PreparedStatement asked = session.prepareStatement(
                "SELECT property_value FROM " + PROPERTIES + " WHERE namespace = ? AND property_key = ?")) {
            asked.setString(1, NAMESPACE);
            asked.setString(2, PROPERTY);
            ResultSet rows = asked.executeQuery();
            return rows.next() ? Optional.of(rows.getString(1)).filter(DigestSeal::isSeal) : Optional.empty();
        }
    }

    /// In the transaction that has changed them; a lake that is not taken over has no seal yet.
    public static void renew(Connection session, Map<String, ?> digests) throws SQLException {
        try (PreparedStatement update = session.prepareStatement(
                "UPDATE " + PROPERTIES + " SET property_value = ? WHERE namespace = ? AND property_key = ?")) {
            update.setString(1, sum(digests));
            update.setString(2, NAMESPACE);
            update.setString(3, PROPERTY);
            update.executeUpdate();
        }
    }

    /// The same whatever their order.
    private static String sum(Map<String, ?> digests) {
        long first = 0;
        long second = 0;
        for (Map.Entry<String, ?> one : digests.entrySet()) {
            Sha256 digest = Sha256.of(one.getKey() + "\n" + one.getValue());
            first += digest.first();
            second += digest.second();
        }
        HexFormat digits = HexFormat.of();
        return BEGINNING + digests.size() + " " + digits.toHexDigits(first) + digits.toHexDigits(second);
    }
}
