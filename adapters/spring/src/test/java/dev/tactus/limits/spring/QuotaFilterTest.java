package dev.tactus.limits.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Limit;
import dev.tactus.limits.metering.LimitKind;
import dev.tactus.limits.metering.NamedLimit;
import dev.tactus.limits.metering.QuotaPlan;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The filter in a real container, in a time that the test turns.
class QuotaFilterTest {
    private static final QuotaPlan PLAN = QuotaPlan.of(
            NamedLimit.of("quota", new LimitKind.SlidingLog(Limit.parse("3/60s"))),
            NamedLimit.of("a \"daily\" quota", new LimitKind.SlidingLog(Limit.parse("5/24h"))));

    private final AtomicLong now = new AtomicLong();
    private final Tomcat tomcat = new Tomcat();
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private static final class Fine extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("fine");
        }
    }

    @BeforeEach
    void start() throws LifecycleException {
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.setSilent(true);
        Context context = tomcat.addContext("", folder.toString());
        if (context instanceof StandardContext leaksUnsearched) { // it would need the JDK's own fields opened
            leaksUnsearched.setClearReferencesThreadLocals(false);
            leaksUnsearched.setClearReferencesRmiTargets(false);
        }
        Tomcat.addServlet(context, "fine", new Fine()).addMapping("/*");
        FilterDef filter = new FilterDef();
        filter.setFilterName("quota");
        filter.setFilter(
                new QuotaFilter(PLAN, request -> Optional.ofNullable(request.getHeader("X-Application")), now::get));
        context.addFilterDef(filter);
        FilterMap everywhere = new FilterMap();
        everywhere.setFilterName("quota");
        everywhere.addURLPattern("/*");
        context.addFilterMap(everywhere);
        tomcat.getConnector();
        tomcat.start();
    }

    @AfterEach
    void stop() throws LifecycleException {
        client.close();
        tomcat.stop();
        tomcat.destroy();
    }

    private HttpResponse<String> get(String application) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/x"))
                .header("X-Application", application)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Test
    void theQuotaIsExactAndEachCallerHasItsOwn() throws Exception {
        for (int left = 2; left >= 0; left--) {
            HttpResponse<String> answer = get("radio");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("fine");
            assertThat(header(answer, "RateLimit-Limit")).isEqualTo("3");
            assertThat(header(answer, "RateLimit-Remaining")).isEqualTo(Integer.toString(left));
            now.addAndGet(Duration.ofSeconds(10).toNanos());
        }
        HttpResponse<String> refused = get("radio");
        assertThat(refused.statusCode()).isEqualTo(429);
        // a log rounds its stamps up, so that nobody passes too early
        assertThat(header(refused, "Retry-After")).isIn("30", "31");
        assertThat(header(refused, "RateLimit-Remaining")).isEqualTo("0");
        assertThat(header(refused, "RateLimit-Reset")).isEqualTo(header(refused, "Retry-After"));
        assertThat(header(refused, "Content-Type")).startsWith("application/problem+json");
        assertThat(refused.body()).contains("limit 'quota' is used up; the next request passes in 3");
        assertThat(get("player").statusCode()).isEqualTo(200);

        now.addAndGet(Duration.ofSeconds(29).toNanos());
        assertThat(get("radio").statusCode()).as("a second before").isEqualTo(429);
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(get("radio").statusCode()).isEqualTo(200);
    }

    @Test
    void theLimitThatDecidesIsNamed() throws Exception {
        for (int call = 0; call < 5; call++) {
            assertThat(get("radio").statusCode()).isEqualTo(200);
            now.addAndGet(Duration.ofMinutes(1).toNanos());
        }
        HttpResponse<String> refused = get("radio");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(header(refused, "RateLimit-Limit")).isEqualTo("5");
        assertThat(refused.body()).contains("limit 'a \\\"daily\\\" quota' is used up");
    }

    @Test
    void whoHasNoKeyIsNotLimited() throws Exception {
        HttpRequest anonymous = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/x"))
                .build();
        for (int call = 0; call < 5; call++) {
            assertThat(client.send(anonymous, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
