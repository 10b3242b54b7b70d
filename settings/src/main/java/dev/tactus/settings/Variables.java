package dev.tactus.settings;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts the values of variables, usually the environment's, in the place of `${NAME}`.
///
/// A value is taken as it is: it is not read as YAML, and `${…}` inside it stays. `$${` is a literal `${`.
final class Variables {
    private static final Pattern REFERENCE = Pattern.compile("\\$?\\$\\{([^}]*)}?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final UnaryOperator<@Nullable String> lookup;

    Variables(UnaryOperator<@Nullable String> lookup) {
        this.lookup = lookup;
    }

    String substitute(String text, SettingLocation place) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(out, Matcher.quoteReplacement(replacement(matcher, place)));
        }
        return matcher.appendTail(out).toString();
    }

    private String replacement(Matcher matcher, SettingLocation place) {
        String whole = matcher.group();
        String name = matcher.group(1);
        if (whole.startsWith("$$")) {
            return whole.substring(1);
        }
        if (!whole.endsWith("}") || !NAME.matcher(name).matches()) {
            throw place.bad("\"" + whole + "\" is not a variable; write ${NAME}, or $${ for a literal ${");
        }
        String value = lookup.apply(name);
        if (value == null || value.isEmpty()) {
            throw place.missing("the variable " + name + " is not set; set it in the environment, for example: export "
                    + name + "=…");
        }
        return value;
    }
}
