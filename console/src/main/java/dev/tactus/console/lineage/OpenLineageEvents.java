package dev.tactus.console.lineage;

import dev.tactus.console.output.BuildVersion;
import dev.tactus.console.output.JsonObject;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.OutputDataset;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunFacet;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What happened, as OpenLineage's event: data with the Iceberg snapshot as its version and the rows that were written.
final class OpenLineageEvents {
    private static final URI PRODUCER =
            URI.create("https://tactus.dev/" + BuildVersion.code().replaceAll("[^\\w.+-]", "-"));

    private final OpenLineage lineage = new OpenLineage(PRODUCER);
    private final String namespace;

    OpenLineageEvents(String namespace) {
        this.namespace = namespace;
    }

    RunEvent event(
            RunEvent.EventType type,
            Instant at,
            UUID id,
            String job,
            List<Lineage.Data> inputs,
            List<Lineage.Data> outputs,
            JsonObject facts,
            @Nullable String message) {
        OpenLineage.RunFacetsBuilder run = lineage.newRunFacetsBuilder();
        if (!facts.fields().isEmpty()) {
            RunFacet facet = lineage.newRunFacet();
            facet.getAdditionalProperties().putAll(facts.fields());
            run.put("tactus", facet);
        }
        if (message != null) {
            run.errorMessage(lineage.newErrorMessageRunFacet(message, "java", null));
        }
        return lineage.newRunEventBuilder()
                .eventType(type)
                .eventTime(at.atZone(ZoneOffset.UTC))
                .run(lineage.newRunBuilder().runId(id).facets(run.build()).build())
                .job(lineage.newJobBuilder()
                        .namespace(namespace)
                        .name(job)
                        .facets(lineage.newJobFacetsBuilder()
                                .jobType(lineage.newJobTypeJobFacet("BATCH", "TACTUS", "JOB", null))
                                .build())
                        .build())
                .inputs(inputs.stream().map(this::input).toList())
                .outputs(outputs.stream().map(this::output).toList())
                .build();
    }

    private InputDataset input(Lineage.Data data) {
        return lineage.newInputDatasetBuilder()
                .namespace(data.namespace())
                .name(data.name())
                .facets(facets(data))
                .build();
    }

    private OutputDataset output(Lineage.Data data) {
        OpenLineage.OutputDatasetBuilder output = lineage.newOutputDatasetBuilder()
                .namespace(data.namespace())
                .name(data.name())
                .facets(facets(data));
        data.rows()
                .ifPresent(rows -> output.outputFacets(lineage.newOutputDatasetOutputFacetsBuilder()
                        .outputStatistics(lineage.newOutputStatisticsOutputDatasetFacet(rows, null, null))
                        .build()));
        return output.build();
    }

    private OpenLineage.DatasetFacets facets(Lineage.Data data) {
        OpenLineage.DatasetFacetsBuilder facets = lineage.newDatasetFacetsBuilder();
        data.snapshot()
                .ifPresent(snapshot -> facets.version(lineage.newDatasetVersionDatasetFacet(Long.toString(snapshot))));
        return facets.build();
    }
}
