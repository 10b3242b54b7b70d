package dev.tactus.source.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaFieldsTest {

    @Test
    void findsFieldsThroughReferencesAndCombinations() {
        String schema = """
                {"properties":{"a":{"$ref":"#/$defs/tree"},"b":{"anyOf":[{"properties":{"x":{}}},{"properties":{"y":{}}}]}},
                "allOf":[{"properties":{"c":true}}],"if":{"properties":{"d":true}},"then":{"properties":{"e":true}},
                "$defs":{"tree":{"properties":{"name":{},"children":{"type":"array","items":{"$ref":"#/$defs/tree"}}}}}}""";

        assertThat(
                        unknown(
                                schema,
                                "{\"a\":{\"name\":1,\"children\":[{\"children\":[{\"name\":1}]}]},\"b\":{\"x\":1,\"y\":1},\"c\":1,\"d\":1,\"e\":1}"))
                .isEmpty();
        assertThat(unknown(schema, "{\"a\":{\"children\":[{},{\"z\":1}]},\"b\":{\"w\":{\"v\":1}},\"f\":[]}"))
                .containsExactly("/a/children/*/z", "/b/w", "/f");
    }

    @Test
    void takesAnyFieldWhereTheSchemaDoes() {
        assertThat(unknown("{\"type\":\"object\"}", "{\"a\":{\"b\":1}}")).isEmpty();
        assertThat(unknown("{\"properties\":{\"a\":{}},\"patternProperties\":{\"^x\":{}}}", "{\"xa\":1}"))
                .isEmpty();
        assertThat(unknown("{\"properties\":{\"a\":{}},\"additionalProperties\":{}}", "{\"b\":1}"))
                .isEmpty();
    }

    private static List<String> unknown(String schema, String value) {
        List<String> found = new ArrayList<>();
        SchemaFields.of(StrictJson.parse(schema)).findUnknown(StrictJson.parse(value), "", found::add);
        return found;
    }
}
