package dev.tactus.serve.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a form with files (RFC 7578) from beginning to end; files go to disk as they come.
final class MultipartReader {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70}))");
    private static final Pattern NAME = Pattern.compile("[;\\s]name=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("[;\\s]filename=\"([^\"]*)\"");
    private static final int LONGEST_FIELD = 1 << 20;
    private static final int LONGEST_LINE = 8_192;
    private static final int MOST_PARTS = 200;

    private final InputStream in;
    private final byte[] delimiter;
    private final Path folder;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final List<FormData.SentFile> files = new ArrayList<>();

    private MultipartReader(InputStream in, String boundary, Path folder) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        this.folder = folder;
    }

    static FormData read(InputStream body, String type) throws IOException {
        Matcher boundary = BOUNDARY.matcher(type);
        if (!boundary.find()) {
            throw new PageProblem(400, "the form has no boundary");
        }
        Path folder = Files.createTempDirectory("tactus-sent-");
        MultipartReader reader =
                new MultipartReader(body, boundary.group(1) == null ? boundary.group(2) : boundary.group(1), folder);
        boolean read = false;
        try {
            reader.parts();
            read = true;
            return FormData.of(reader.fields, reader.files, folder);
        } finally {
            if (!read) {
                FormData.of(Map.of(), reader.files, folder).close();
            }
        }
    }

    private void parts() throws IOException {
        String first = line();
        if (!("\r\n" + first).equals(new String(delimiter, StandardCharsets.ISO_8859_1))) {
            throw broken();
        }
        for (int part = 0; part < MOST_PARTS; part++) {
            String disposition = "";
            for (String header = line(); !header.isEmpty(); header = line()) {
                if (header.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
                    disposition = header;
                }
            }
            part(disposition);
            int a = in.read();
            int b = in.read();
            if (a == '-' && b == '-') {
                return;
            }
            if (a != '\r' || b != '\n') {
                throw broken();
            }
        }
        throw new PageProblem(413, "the form has more than " + MOST_PARTS + " parts");
    }

    private void part(String disposition) throws IOException {
        Matcher name = NAME.matcher(disposition);
        Matcher file = FILE_NAME.matcher(disposition);
        if (!name.find()) {
            throw broken();
        }
        if (file.find()) {
            String called = last(file.group(1));
            Path path = folder.resolve(files.size() + "");
            FormData.SentFile sent = new FormData.SentFile(called, path);
            files.add(sent);
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
                content(out, Long.MAX_VALUE);
            }
            if (called.isEmpty()) {
                // a file field that nobody chose a file for
                Files.delete(path);
                files.remove(sent);
            }
        } else {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            content(out, LONGEST_FIELD);
            fields.put(name.group(1), out.toString(StandardCharsets.UTF_8));
        }
    }

    /// Copies to the next boundary. Only its first byte, a carriage return, occurs in it once: where a match breaks off
    /// the next can begin at that byte only.
    private void content(OutputStream out, long most) throws IOException {
        int matched = 0;
        long written = 0;
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw broken();
            }
            if (b == (delimiter[matched] & 0xff)) {
                matched++;
                if (matched == delimiter.length) {
                    return;
                }
                continue;
            }
            out.write(delimiter, 0, matched);
            written += matched + 1L;
            matched = 0;
            if (b == '\r') {
                matched = 1;
            } else {
                out.write(b);
            }
            if (written > most) {
                throw new PageProblem(413, "a field of the form is longer than " + most + " bytes");
            }
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || line.size() > LONGEST_LINE) {
                throw broken();
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    private static String last(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    private static PageProblem broken() {
        return new PageProblem(400, "the form with its files is broken off or not written as RFC 7578 says");
    }
}
