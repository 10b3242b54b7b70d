package dev.tactus.serve.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.serve.lists.ServedList;
import dev.tactus.serve.lists.ServedLists;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTextsTest {
    private final PageTexts texts = PageTexts.english();

    @Test
    void everyListIsCalledSomethingAndSaysWhatItIs() {
        List<String> names = ServedLists.all().stream().map(ServedList::name).toList();

        assertThat(names).allMatch(name -> texts.has("list." + name)).allMatch(name -> texts.has("about." + name));
    }

    @Test
    void aColumnWithoutATextIsCalledByItsName() {
        assertThat(texts.text("column.net_revenue")).isEqualTo("Net revenue");
    }
}
