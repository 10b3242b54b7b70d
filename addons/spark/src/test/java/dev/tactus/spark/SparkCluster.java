package dev.tactus.spark;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real master and real workers of Spark, a process each, made of this test's class path.
final class SparkCluster implements AutoCloseable {
    private static final List<String> OPENED = Stream.of(
                    "java.lang",
                    "java.lang.invoke",
                    "java.lang.reflect",
                    "java.io",
                    "java.net",
                    "java.nio",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "sun.nio.ch",
                    "sun.nio.cs",
                    "sun.util.calendar")
            .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
            .toList();

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final String master;

    SparkCluster(Path folder, int workers) throws IOException {
        this.folder = folder;
        // a home without jars: what the processes need is on their class path
        Files.createDirectories(folder.resolve("home/jars"));
        // workers and drivers ask again until the master answers
        String port = Integer.toString(freePort());
        this.master = "spark://127.0.0.1:" + port;
        start("org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", port, "--webui-port", "0");
        for (int i = 0; i < workers; i++) {
            start(
                    "org.apache.spark.deploy.worker.Worker",
                    "--host",
                    "127.0.0.1",
                    "--cores",
                    "1",
                    "--memory",
                    "600m",
                    "--webui-port",
                    "0",
                    "--work-dir",
                    folder.resolve("work-" + i).toString(),
                    master);
        }
    }

    private void start(String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(java(), "-Xmx256m"));
        command.addAll(OPENED);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .putAll(Map.of(
                        "SPARK_HOME",
                        folder.resolve("home").toString(),
                        "SPARK_SCALA_VERSION",
                        "2.13",
                        "SPARK_LOCAL_IP",
                        "127.0.0.1",
                        "JAVA_HOME",
                        System.getProperty("java.home")));
        processes.add(builder.start());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    String master() {
        return master;
    }

    /// What a driver has to be started with, so that the executors of the workers can be started.
    List<String> driverOptions() {
        List<String> options = new ArrayList<>(OPENED);
        options.add("-Dspark.executor.extraClassPath=" + System.getProperty("java.class.path"));
        options.add("-Dspark.executor.extraJavaOptions=" + String.join(" ", OPENED));
        options.add("-Dspark.executor.memory=512m");
        options.add("-Dspark.driver.host=127.0.0.1");
        options.add("-Dspark.driver.bindAddress=127.0.0.1");
        return options;
    }

    /// Waits for an executor, kills it, and tells whether there was one before the driver ended.
    boolean killExecutor(Process driver) throws InterruptedException {
        while (!driver.waitFor(100, TimeUnit.MILLISECONDS)) {
            List<ProcessHandle> executors =
                    processes.stream().flatMap(one -> one.toHandle().children()).toList();
            if (!executors.isEmpty()) {
                return executors.getFirst().destroyForcibly();
            }
        }
        return false;
    }

    @Override
    public void close() {
        for (Process process : processes.reversed()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
