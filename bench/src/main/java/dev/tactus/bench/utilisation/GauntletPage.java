package dev.tactus.bench.utilisation;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The page of the gauntlet: what was aimed at, who reached it, and every figure.
final class GauntletPage {
    private static final double TOLD_SHARE = 0.97;
    private static final double TOLD_WAIT = 1.1;
    private static final double SHARE = 0.95;
    private static final double WAIT = 1.2;
    private static final double LATER_REFUSED = 0.001;
    private static final double REFUSED = 0.01;
    private static final double FAIR = 0.95;
    /// seconds that are none
    private static final double NO_TIME = 0.001;

    private static final Set<String> TELLS = Set.of(Gauntlet.TOLD, "bucket, told");

    private final StringBuilder page = new StringBuilder();

    private GauntletPage() {}

    static String of(List<Gauntlet.Cell> cells) {
        GauntletPage made = new GauntletPage();
        made.head(cells);
        for (GauntletRun.Demand demand : GauntletRun.Demand.values()) {
            for (int processes : Gauntlet.PROCESSES) {
                List<Gauntlet.Cell> table = table(cells, demand, processes);
                if (!table.isEmpty()) {
                    made.table(demand, processes, table);
                }
            }
        }
        return made.page.toString();
    }

    private static List<Gauntlet.Cell> table(List<Gauntlet.Cell> cells, GauntletRun.Demand demand, int processes) {
        return cells.stream()
                .filter(cell -> cell.demand() == demand && cell.processes() == processes)
                .toList();
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    private void head(List<Gauntlet.Cell> cells) {
        List<DocumentedApi> apis =
                cells.stream().map(Gauntlet.Cell::api).distinct().toList();
        line("# The gauntlet");
        line("");
        line("`bench/run gauntlet` writes this page and its picture; [benchmarks](benchmarks.md) says how it is made.");
        line("");
        line("## Rows that meet what was aimed at, of " + apis.size() + " APIs");
        line("");
        List<String> policies = List.copyOf(cells.getFirst().results().keySet());
        line("| demand, processes | " + String.join(" | ", policies) + " |");
        line("| --- |" + " --- |".repeat(policies.size()));
        for (GauntletRun.Demand demand : GauntletRun.Demand.values()) {
            for (int processes : Gauntlet.PROCESSES) {
                List<Gauntlet.Cell> table = table(cells, demand, processes);
                if (!table.isEmpty()) {
                    row(
                            title(demand, processes),
                            policies,
                            policy -> String.valueOf(table.stream()
                                    .filter(cell -> meets(cell, policy))
                                    .count()));
                }
            }
        }
        line("");
        line("## Saturated: the median share of the optimum, and the share of all calls that was refused");
        line("");
        line("| processes | " + String.join(" | ", policies) + " |");
        line("| --- |" + " --- |".repeat(policies.size()));
        for (int processes : Gauntlet.PROCESSES) {
            List<Gauntlet.Cell> table = table(cells, GauntletRun.Demand.SATURATED, processes);
            if (!table.isEmpty()) {
                row(String.valueOf(processes), policies, policy -> middle(table, policy));
            }
        }
        line("");
        line("## The APIs");
        line("");
        line("| API | rule |");
        line("| --- | --- |");
        apis.forEach(api -> line("| " + api.name() + " | " + api.rule() + " |"));
    }

    private static String middle(List<Gauntlet.Cell> table, String policy) {
        double[] shares =
                table.stream().mapToDouble(cell -> share(cell, policy)).sorted().toArray();
        long sent =
                table.stream().mapToLong(cell -> result(cell, policy).sent()).sum();
        long refused =
                table.stream().mapToLong(cell -> result(cell, policy).refused()).sum();
        return String.format(
                Locale.ROOT, "%.1f %% / %s", 100 * shares[shares.length / 2], percent(refused / (double) sent));
    }

    private interface Writer {
        String of(String policy);
    }

    private void row(String name, List<String> policies, Writer cell) {
        line("| " + name + " | "
                + String.join(" | ", policies.stream().map(cell::of).toList()) + " |");
    }

    private static String title(GauntletRun.Demand demand, int processes) {
        String what = switch (demand) {
            case SATURATED -> "saturated";
            case BATCHES -> "batches";
            case RANDOM -> "at random";
        };
        return what + ", " + processes;
    }

    private void table(GauntletRun.Demand demand, int processes, List<Gauntlet.Cell> table) {
        boolean saturated = demand == GauntletRun.Demand.SATURATED;
        List<String> policies = List.copyOf(table.getFirst().results().keySet());
        line("");
        line("## "
                + switch (demand) {
                    case SATURATED -> "Saturated, " + processes(processes);
                    case BATCHES -> "Batches at 50 %, " + processes(processes);
                    case RANDOM -> "At random at 30 %, " + processes(processes);
                });
        line("");
        line("| " + legend(saturated, processes) + " | optimum | " + String.join(" | ", policies) + " |");
        line("| --- | --- |" + " --- |".repeat(policies.size()));
        for (Gauntlet.Cell cell : table) {
            String best = saturated
                    ? String.format(Locale.ROOT, "%,d calls", cell.best().accepted())
                    : seconds(cell.best().waited());
            row(cell.api().name() + " | " + best, policies, policy -> cell(cell, policy));
        }
    }

    private static String processes(int number) {
        return number == 1 ? "one process" : number + " processes";
    }

    private static String legend(boolean saturated, int processes) {
        String refused = processes == 1 ? "refused" : "refused, %";
        return saturated
                ? "% of the optimum / " + refused + (processes == 1 ? "" : " / fairness")
                : "added wait / " + refused;
    }

    private static String cell(Gauntlet.Cell cell, String policy) {
        GauntletRun.Result result = result(cell, policy);
        boolean saturated = cell.demand() == GauntletRun.Demand.SATURATED;
        StringBuilder text = new StringBuilder(meets(cell, policy) ? "✓ " : "");
        text.append(
                saturated
                        ? String.format(Locale.ROOT, "%.1f", 100 * share(cell, policy))
                        : seconds(result.waited() - cell.best().waited()));
        text.append(" / ");
        text.append(
                cell.processes() == 1
                        ? String.format(Locale.ROOT, "%,d", result.refused())
                        : bare(result.refusedShare()));
        if (saturated && cell.processes() > 1) {
            text.append(String.format(Locale.ROOT, " / %.2f", result.fairness()));
        }
        return text.toString();
    }

    private static GauntletRun.Result result(Gauntlet.Cell cell, String policy) {
        GauntletRun.Result result = cell.results().get(policy);
        if (result == null) {
            throw new IllegalArgumentException(policy);
        }
        return result;
    }

    static double share(Gauntlet.Cell cell, String policy) {
        return result(cell, policy).accepted() / (double) cell.best().accepted();
    }

    /// Whether a policy reaches what is aimed at, by whether it is told the limit and by the number of processes.
    static boolean meets(Gauntlet.Cell cell, String policy) {
        GauntletRun.Result result = result(cell, policy);
        boolean saturated = cell.demand() == GauntletRun.Demand.SATURATED;
        if (cell.processes() > 1) {
            return share(cell, policy) >= SHARE
                    && result.refusedShare() < REFUSED
                    && (!saturated || result.fairness() >= FAIR);
        }
        boolean told = TELLS.contains(policy);
        double search = 5 + Math.log(cell.api().quota().permits()) / Math.log(2);
        boolean spared = result.refused() <= (told ? 0 : search + LATER_REFUSED * result.sent());
        boolean reached = saturated
                ? share(cell, policy) >= (told ? TOLD_SHARE : SHARE)
                : result.waited() <= (told ? TOLD_WAIT : WAIT) * cell.best().waited() + NO_TIME;
        return spared && reached;
    }

    private static String percent(double share) {
        return share == 0 ? "0" : bare(share) + " %";
    }

    private static String bare(double share) {
        double percent = 100 * share;
        return share == 0 ? "0" : String.format(Locale.ROOT, percent < 10 ? "%.2g" : "%.0f", percent);
    }

    private static String seconds(double waited) {
        return Math.abs(waited) < 0.0005 ? "0" : String.format(Locale.ROOT, waited < 10 ? "%.2f s" : "%,.0f s", waited);
    }
}
