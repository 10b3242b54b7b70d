/// A quota engine: keeps "at most N in any window" on both sides of an API, with the JDK and nothing else.
module dev.tactus.limits {
    requires static org.jspecify;

    exports dev.tactus.limits;
    exports dev.tactus.limits.headers;
    exports dev.tactus.limits.metering;
    exports dev.tactus.limits.pacing;
}
