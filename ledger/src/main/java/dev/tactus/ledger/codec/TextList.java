package dev.tactus.ledger.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists of texts as one text: a line for each, ended by a line feed. A backslash stands before `n` for a line feed
/// inside, before `0` for a text that is absent, and before itself. Nothing is lost, and people can read it.
public final class TextList {
    private TextList() {}

    public static String encode(List<? extends @Nullable String> texts) {
        StringBuilder encoded = new StringBuilder();
        for (String text : texts) {
            encoded.append(text == null ? "\\0" : text.replace("\\", "\\\\").replace("\n", "\\n"))
                    .append('\n');
        }
        return encoded.toString();
    }

    public static List<@Nullable String> decode(String encoded) {
        List<@Nullable String> texts = new ArrayList<>();
        int start = 0;
        for (int end = encoded.indexOf('\n'); end >= 0; end = encoded.indexOf('\n', start)) {
            texts.add(decodeOne(encoded.substring(start, end)));
            start = end + 1;
        }
        if (start != encoded.length()) {
            throw new IllegalStateException("a list in the ledger is cut short: " + encoded);
        }
        return Collections.unmodifiableList(texts);
    }

    /// The same where no text is absent.
    public static List<String> decodePresent(String encoded) {
        List<String> texts = new ArrayList<>();
        for (String text : decode(encoded)) {
            if (text == null) {
                throw new IllegalStateException("a text is absent in a list of the ledger: " + encoded);
            }
            texts.add(text);
        }
        return Collections.unmodifiableList(texts);
    }

    private static @Nullable String decodeOne(String line) {
        if (line.equals("\\0")) {
            return null;
        }
        if (line.indexOf('\\') < 0) {
            return line;
        }
        StringBuilder text = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                i++;
                text.append(line.charAt(i) == 'n' ? '\n' : line.charAt(i));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
