package dev.tactus.lake.iceberg;

import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.files.LakeFiles;
import dev.tactus.lake.table.HintState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lets readers that know a table's folder, but not the catalog, find the current metadata.
///
/// They read a number N from `version-hint.text`, then `v<N>.metadata.json` beside it (Iceberg's file-system tables, so
/// Spark by path; DuckDB's `iceberg_scan`). The catalog's file has another name, so a copy goes by theirs; the copy
/// is there before the hint names it. Such readers must not write.
public final class VersionHint {
    private static final String HINT = "version-hint.text";
    private static final Pattern CATALOGS = Pattern.compile("(\\d+)-.*\\.metadata\\.json");
    private static final Pattern COPIES = Pattern.compile("v(\\d+)\\.metadata\\.json");
    /// Readers may have read an older hint a moment ago.
    private static final int COPIES_KEPT = 5;

    private VersionHint() {}

    /// Where the copy of a metadata file of the catalog's is, or would be.
    static Path copyOf(Path metadata) {
        try {
            return metadata.resolveSibling("v" + version(metadata) + ".metadata.json");
        } catch (IOException e) {
            throw LakeFailures.of("no copy of it can be found", e);
        }
    }

    private interface Step {
        void towards(Path metadata, LakeFiles files) throws IOException;
    }

    private static void each(List<String> metadata, LakeFiles files, Step step) {
        for (String location : metadata) {
            try {
                step.towards(DurableFileIO.path(location), files);
            } catch (IOException e) {
                throw LakeFailures.of("the version hint beside " + location + " can't be written", e);
            }
        }
    }

    /// First everything that the hints will name, then the hints, one right after the other: a file system has nothing
    /// that would move them in one moment.
    static void move(List<String> metadata, LakeFiles files) {
        each(metadata, files, VersionHint::copy);
        each(metadata, files, VersionHint::point);
    }

    /// After a crash between the catalog's change and the hints': makes up for what is missing. A copy that is there
    /// and differs was damaged; it is left for an audit to find.
    static void catchUp(List<String> metadata, LakeFiles files) {
        each(metadata, files, VersionHint::copyOnce);
        each(metadata, files, VersionHint::point);
    }

    private static void copyOnce(Path metadata, LakeFiles files) throws IOException {
        if (files.find(copyOf(metadata)).isEmpty()) {
            copy(metadata, files);
        }
    }

    /// Where readers by path are led.
    static HintState leads(Path metadata, List<Path> before, LakeFiles files) {
        Path hint = metadata.resolveSibling(HINT);
        try {
            if (files.find(hint).isEmpty()) {
                return HintState.BEFORE;
            }
            String says = new String(content(hint, files), StandardCharsets.UTF_8);
            if (says.equals(Long.toString(version(metadata)))) {
                return files.find(copyOf(metadata)).isPresent() ? HintState.HERE : HintState.BEFORE;
            }
            for (Path earlier : before) {
                if (says.equals(Long.toString(version(earlier)))) {
                    return HintState.BEFORE;
                }
            }
            return HintState.ASTRAY;
        } catch (IOException e) {
            throw LakeFailures.of("the version hint " + hint + " can't be read", e);
        }
    }

    /// Takes copies and hint away, which name another place.
    public static void forget(Path folder, LakeFiles files) throws IOException {
        files.delete(folder.resolve(HINT));
        forgetBefore(folder.resolve(HINT), Long.MAX_VALUE, files);
    }

    /// Puts the metadata file that the catalog names where the hint will look for it.
    private static void copy(Path metadata, LakeFiles files) throws IOException {
        Path copy = copyOf(metadata);
        byte[] content = content(metadata, files);
        if (files.find(copy).isEmpty() || !Arrays.equals(content(copy, files), content)) {
            files.replace(copy, content);
        }
    }

    /// Brings the hint up to the metadata file that the catalog names, of which there has to be a copy; does nothing
    /// where it is already.
    private static void point(Path metadata, LakeFiles files) throws IOException {
        long version = version(metadata);
        Path hint = metadata.resolveSibling(HINT);
        String number = Long.toString(version);
        if (files.find(hint).isPresent()
                && new String(content(hint, files), StandardCharsets.UTF_8)
                        .strip()
                        .equals(number)) {
            return;
        }
        files.replace(hint, number.getBytes(StandardCharsets.UTF_8));
        forgetBefore(metadata, version - COPIES_KEPT, files);
    }

    private static long version(Path metadata) throws IOException {
        Matcher name = CATALOGS.matcher(metadata.getFileName().toString());
        if (!name.matches()) {
            throw new IOException("the metadata file " + metadata + " has a name without a version");
        }
        return Long.parseLong(name.group(1));
    }

    public static boolean isHintOrCopy(Path file) {
        String name = file.getFileName().toString();
        return name.equals(HINT) || COPIES.matcher(name).matches();
    }

    private static byte[] content(Path file, LakeFiles files) throws IOException {
        try (InputStream in = files.read(file)) {
            return in.readAllBytes();
        }
    }

    private static void forgetBefore(Path metadata, long oldest, LakeFiles files) throws IOException {
        for (Path copy : files.under(metadata.resolveSibling(""))) {
            Matcher name = COPIES.matcher(copy.getFileName().toString());
            if (name.matches() && Long.parseLong(name.group(1)) < oldest) {
                files.delete(copy);
            }
        }
    }
}
