package dev.planwright.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form is frozen: a change of it sends every plan of every user to its backend once. */
class CanonicalJsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a b~       | a b~
          'a\tb'      | a\\u0009b
          'a\u007fb'  | a\\u007fb
          'a\u001fb'  | a\\u001fb
          ü          | \\u00fc
          a"b        | a\\"b
          a\\b       | a\\\\b
          """)
  void aTextIsWrittenInAsciiOnly(String text, String written) {
    assertThat(CanonicalJson.object(json -> json.text("t", text)))
        .isEqualTo("{\"t\":\"" + written + "\"}");
  }

  @Test
  void whatIsAbsentIsLeftOutAndWhatIsNoughtIsNot() {
    assertThat(
            CanonicalJson.object(
                json ->
                    json.text("text", "")
                        .texts("texts", List.of())
                        .map("map", Map.of())
                        .flag("flag", false)
                        .bool("bool", false)
                        .number("number", new BigDecimal("0.00"))
                        .number("days", 0)))
        .isEqualTo("{\"bool\":\"false\",\"number\":\"0\",\"days\":\"0\"}");
  }

  @Test
  void aMapIsSortedAndItsEmptyValuesAreValues() {
    Map<String, String> map = new TreeMap<>(Map.of("b", "", "a", "1")).descendingMap();

    assertThat(CanonicalJson.object(json -> json.map("m", map).flag("f", true)))
        .isEqualTo("{\"m\":{\"a\":\"1\",\"b\":\"\"},\"f\":\"true\"}");
  }

  @Test
  void listsKeepTheirOrder() {
    assertThat(
            CanonicalJson.object(
                json ->
                    json.texts("t", List.of("b", "a"))
                        .objects("o", List.of(1L, 2L), (inner, n) -> inner.number("n", n))))
        .isEqualTo("{\"t\":[\"b\",\"a\"],\"o\":[{\"n\":\"1\"},{\"n\":\"2\"}]}");
  }
}
