package dev.tactus.servers;

/// A schema of its own on a server, gone when it is closed.
public final class TestSchema implements AutoCloseable {
    private final TestPostgres server;
    private final String name;

    TestSchema(TestPostgres server, String name) {
        this.server = server;
        this.name = name;
        server.execute("CREATE SCHEMA " + name);
    }

    /// What it is called.
    public String name() {
        return name;
    }

    /// Its address, as a configuration has it.
    public String url() {
        return server.url() + (server.url().contains("?") ? "&" : "?") + "currentSchema=" + name;
    }

    /// Works in it as another program would.
    public void execute(String... statements) {
        for (String sql : statements) {
            server.execute("SET search_path = " + name + "; " + sql);
        }
    }

    @Override
    public void close() {
        server.execute("DROP SCHEMA " + name + " CASCADE");
    }
}
