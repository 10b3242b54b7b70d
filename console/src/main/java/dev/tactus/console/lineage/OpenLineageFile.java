package dev.tactus.console.lineage;

import dev.tactus.console.output.IoErrorText;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineageClientUtils;
import io.openlineage.client.transports.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file with one event a line; the client's own drops what it can't write without a word.
final class OpenLineageFile extends Transport {
    private final Path path;

    OpenLineageFile(Path path) {
        this.path = path;
    }

    @Override
    public void emit(OpenLineage.RunEvent event) {
        append(event);
    }

    @Override
    public void emit(OpenLineage.DatasetEvent event) {
        append(event);
    }

    @Override
    public void emit(OpenLineage.JobEvent event) {
        append(event);
    }

    @Override
    public void close() {}

    private void append(Object event) {
        try {
            Files.writeString(
                    path,
                    OpenLineageClientUtils.toJson(event) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(IoErrorText.of(e), e);
        }
    }
}
