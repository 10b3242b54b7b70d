/// A quota engine: keeps "at most N in any window" on both sides of an API, with the JDK and nothing else.
module dev.tactus.limits {
    requires static org.jspecify;
    // for FlightRecorderListener only; programs without the recorder do without it
    requires static jdk.jfr;

    exports dev.tactus.limits;
    exports dev.tactus.limits.headers;
    exports dev.tactus.limits.metering;
    exports dev.tactus.limits.observation;
    exports dev.tactus.limits.pacing;
}
