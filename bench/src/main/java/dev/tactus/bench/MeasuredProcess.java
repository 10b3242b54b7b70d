package dev.tactus.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A child process run to its end, with what it cost.
///
/// @param elapsed wall time from start to exit
/// @param cpu user and system time of the process itself
/// @param peakBytes the largest resident set (VmHWM), in bytes
public record MeasuredProcess(int exitCode, Duration elapsed, Duration cpu, long peakBytes) {
    private static final long SAMPLE_MILLIS = 20;

    /// Runs a command; what it prints goes to `output`.
    public static MeasuredProcess run(List<String> command, Path output) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        long peak = 0;
        Duration cpu = Duration.ZERO;
        do {
            peak = Math.max(peak, peakBytes(process.pid()));
            Optional<Duration> used = process.info().totalCpuDuration();
            cpu = used.orElse(cpu);
        } while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS));
        return new MeasuredProcess(process.exitValue(), Duration.ofNanos(System.nanoTime() - start), cpu, peak);
    }

    /// Zero once the process has ended: the peak is then the one read last.
    private static long peakBytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .map(kilobytes -> kilobytes * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException ended) {
            return 0;
        }
    }
}
