package dev.tactus.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A piece of an SQL text that means something by itself: a word, a text in quotes, a sign.
///
/// @param kind what it is
/// @param text as it stands, quotes included
record SqlToken(Kind kind, String text) {
    private static final Pattern TOKEN = Pattern.compile(
            "(?<space>\\s+|--[^\\n]*)|(?<text>'(?:[^']|'')*')"
                    + "|(?<quoted>\"(?:[^\"]|\"\")*\")|(?<word>[A-Za-z_][A-Za-z0-9_]*)|(?<number>[0-9][0-9.]*)"
                    + "|(?<sign>:=|//|<>|<=|>=|<<|\\|\\||.)",
            Pattern.DOTALL);

    enum Kind {
        SPACE,
        TEXT,
        QUOTED,
        WORD,
        NUMBER,
        SIGN
    }

    /// Cuts a text into tokens; put together again they are the text.
    static List<SqlToken> cut(String sql) {
        List<SqlToken> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(sql);
        while (matcher.find()) {
            for (Kind kind : Kind.values()) {
                String text = matcher.group(kind.name().toLowerCase(Locale.ROOT));
                if (text != null) {
                    tokens.add(new SqlToken(kind, text));
                }
            }
        }
        return tokens;
    }

    boolean is(String sign) {
        return kind != Kind.TEXT && kind != Kind.QUOTED && text.equalsIgnoreCase(sign);
    }

    boolean isSpace() {
        return kind == Kind.SPACE;
    }

    /// What a text in quotes says.
    String unquoted() {
        String quote = text.substring(0, 1);
        return text.substring(1, text.length() - 1).replace(quote + quote, quote);
    }
}
