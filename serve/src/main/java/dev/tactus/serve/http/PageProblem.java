package dev.tactus.serve.http;

/// A request that can't be answered as asked: a status, and one message for whoever asked.
public final class PageProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    public PageProblem(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
