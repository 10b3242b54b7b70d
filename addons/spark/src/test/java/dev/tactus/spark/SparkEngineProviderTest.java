package dev.tactus.spark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.lake.failure.LakeUnavailable;
import dev.tactus.lake.query.SqlEngineProvider;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkEngineProviderTest {
    @TempDir
    Path folder;

    @Test
    void aMasterThatIsNoneIsNamedWithWhatToDo() {
        assertThatThrownBy(() -> SqlEngineProvider.named("spark").open(Optional.of("nonsense"), folder))
                .isInstanceOf(LakeUnavailable.class)
                .hasMessageContaining("Spark does not start at nonsense")
                .hasMessageContaining("--engine");
    }

    @Test
    void anEngineWithoutItsAddOnIsNamed() {
        assertThatThrownBy(() -> SqlEngineProvider.named("flink"))
                .isInstanceOf(LakeUnavailable.class)
                .hasMessageContaining("the add-on for flink");
    }
}
