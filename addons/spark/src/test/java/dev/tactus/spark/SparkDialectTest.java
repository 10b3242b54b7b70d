package dev.tactus.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Holds what becomes of each of DuckDB's ways of saying something.
class SparkDialectTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            CAST(n AS VARCHAR)                      | CAST(n AS STRING)
            CAST(sum(n) AS HUGEINT)                 | CAST(sum(n) AS DECIMAL(38,0))
            CAST(a AS DECIMAL(38,18))               | CAST(a AS DECIMAL(38,18))
            CAST(NULL AS VARCHAR[])                 | CAST(NULL AS ARRAY<STRING>)
            CAST(NULL AS STRUCT(a VARCHAR, "b" DECIMAL(38,18))[]) | CAST(NULL AS ARRAY<STRUCT<"a": STRING, "b": DECIMAL(38,18)>>)
            CAST(at AS TIMESTAMP WITH TIME ZONE)    | CAST(at AS TIMESTAMP)
            day >= DATE '2026-10-01'                | day >= DATE '2026-10-01'
            'the API''s'                            | 'the API\\'s'
            'C:\\x'                                 | 'C:\\\\x'
            coalesce(names, [])                     | coalesce(names, array())
            [struct_pack(currency := c, amount := a)] | array(named_struct('currency', c, 'amount', a))
            list(m.name ORDER BY m.name)            | sort_array(collect_list(m.name ))
            string_agg(DISTINCT l, ', ' ORDER BY l) | array_join(sort_array(collect_set( l)), ', ' )
            SELECT unnest(revenues) AS r            | SELECT explode(revenues) AS r
            len(revenues) > 0                       | size(revenues) > 0
            date_diff('day', DATE '2026-10-01', d)  | datediff( d,  DATE '2026-10-01')
            SELECT p.* REPLACE (CASE WHEN x THEN y END AS z) FROM p | SELECT p.* EXCEPT (z), CASE WHEN x THEN y END AS z FROM p
            1 + (a + 1) // (2 * b)                  | 1 + CAST(((a + 1) - (a + 1) % (2 * b)) / (2 * b) AS DECIMAL(38,0))
            WITH a AS MATERIALIZED (SELECT 1)       | WITH a AS  (SELECT 1)
            -- list of [names] // told\tSELECT 1    | -- list of [names] // told\tSELECT 1
            """)
    void oneWayOfSayingItBecomesTheOther(String duckDb, String spark) {
        assertThat(SparkDialect.columns(duckDb)).isEqualTo(spark);
    }

    @Test
    void filesAreNamedOnceAndReadByTheirFieldsWhereTheyDiffer() {
        List<ParquetFiles> read = new ArrayList<>();

        String sql = SparkDialect.of(
                "SELECT * FROM (SELECT \"a\" FROM read_parquet(['/lake/it''s.parquet', '/lake/b.parquet'])) JOIN"
                        + " read_parquet(['/c'], schema = MAP {3: {name: 'n', type: 'VARCHAR[]', default_value: NULL}})",
                files -> {
                    read.add(files);
                    return "files_" + read.size();
                });

        assertThat(sql).isEqualTo("SELECT * FROM (SELECT \"a\" FROM files_1) JOIN files_2");
        assertThat(read)
                .containsExactly(
                        new ParquetFiles(List.of("/lake/it's.parquet", "/lake/b.parquet"), List.of()),
                        new ParquetFiles(List.of("/c"), List.of(new ParquetFiles.Field(3, "n", "ARRAY<STRING>"))));
    }

    @Test
    void whatHasNoEndIsRefused() {
        assertThatThrownBy(() -> SparkDialect.columns("list(a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no end of (a");
    }
}
