package dev.tactus.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/// The jar as others get it: for Java 21, a module, and nothing needed beside it.
class LimitsJarIT {
    private static final Path JAR = Path.of(System.getProperty("limits.jar", "target/tactus-limits-0.1.0.jar"));
    private static final int JAVA_21 = 65;

    @Test
    void isAModuleThatOffersFivePackagesAndNeedsTheJdkOnly() {
        ModuleDescriptor module =
                ModuleFinder.of(JAR).find("dev.tactus.limits").orElseThrow().descriptor();
        assertThat(module.isAutomatic()).isFalse();
        assertThat(module.exports())
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactlyInAnyOrder(
                        "dev.tactus.limits",
                        "dev.tactus.limits.headers",
                        "dev.tactus.limits.metering",
                        "dev.tactus.limits.observation",
                        "dev.tactus.limits.pacing");
        assertThat(module.requires())
                .filteredOn(needed -> !needed.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .extracting(ModuleDescriptor.Requires::name)
                .containsExactly("java.base");
    }

    @Test
    void runsOnJava21() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<JarEntry> classes = jar.stream()
                    .filter(entry -> entry.getName().endsWith(".class"))
                    .toList();
            assertThat(classes).hasSizeGreaterThan(50);
            for (JarEntry entry : classes) {
                try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
                    in.readInt();
                    in.readUnsignedShort();
                    assertThat(in.readUnsignedShort()).as(entry.getName()).isLessThanOrEqualTo(JAVA_21);
                }
            }
        }
    }
}
