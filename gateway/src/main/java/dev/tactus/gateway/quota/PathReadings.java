package dev.tactus.gateway.quota;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The ways in which upstreams read one path, as segments: percent-decoded, without empty segments, `.` and `..`
/// resolved.
///
/// Nearly every path has one reading. Where it holds what servers disagree about, it has several: `;` begins parameters
/// or is a character like others, an encoded `?`, `#` or `/` parts or doesn't, blanks at a segment's ends are dropped
/// or
/// not, and some decode twice. Whoever counts takes the reading that counts most.
final class PathReadings {
    private PathReadings() {}

    /// @param target in origin form; its query is no part of the path
    static List<List<String>> of(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        String decoded = decoded(path);
        if (isPlain(path, decoded)) {
            return List.of(segments(decoded));
        }
        Set<List<String>> readings = new LinkedHashSet<>();
        readings.add(segments(decoded));
        for (int variant = 0; variant < 16; variant++) {
            boolean twice = (variant & 1) != 0;
            boolean partsFirst = (variant & 2) != 0;
            boolean parameters = (variant & 4) != 0;
            boolean lenient = (variant & 8) != 0;
            readings.add(segments(pieces(path, twice, partsFirst, parameters, lenient)));
        }
        return List.copyOf(readings);
    }

    /// Whether all servers read it alike.
    private static boolean isPlain(String path, String decoded) {
        return path.indexOf(';') < 0
                && (path.indexOf('%') < 0
                        || (decoded.chars().noneMatch(c -> c == ';' || c == '?' || c == '#' || c == '%')
                                && count(decoded, '/') == count(path, '/')
                                && !decoded.contains(" /")
                                && !decoded.contains("/ ")
                                && !decoded.endsWith(" ")));
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    private static List<String> pieces(
            String path, boolean twice, boolean partsFirst, boolean parameters, boolean lenient) {
        String read = partsFirst ? path : decoded(path, twice);
        if (lenient) {
            read = cut(read);
        }
        List<String> pieces = new ArrayList<>();
        for (String each : read.split("/", -1)) {
            String piece = partsFirst ? decoded(each, twice) : each;
            if (lenient) {
                piece = cut(piece);
            }
            int parameter = parameters ? piece.indexOf(';') : -1;
            piece = parameter < 0 ? piece : piece.substring(0, parameter);
            pieces.add(lenient ? piece.strip() : piece);
        }
        return pieces;
    }

    /// Without what stands behind a `?` or `#`.
    private static String cut(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '?' || text.charAt(i) == '#') {
                return text.substring(0, i);
            }
        }
        return text;
    }

    private static List<String> segments(String path) {
        return segments(List.of(path.split("/", -1)));
    }

    private static List<String> segments(List<String> pieces) {
        List<String> segments = new ArrayList<>();
        for (String piece : pieces) {
            if (piece.equals("..")) {
                if (!segments.isEmpty()) {
                    segments.removeLast();
                }
            } else if (!piece.isEmpty() && !piece.equals(".")) {
                segments.add(piece);
            }
        }
        return List.copyOf(segments);
    }

    private static String decoded(String path, boolean twice) {
        return twice ? decoded(decoded(path)) : decoded(path);
    }

    private static String decoded(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        byte[] raw = path.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[raw.length];
        int size = 0;
        for (int i = 0; i < raw.length; i++) {
            int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(raw[i + 2], 16) : -1;
            if (low >= 0) {
                bytes[size++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[size++] = raw[i];
            }
        }
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }
}
