package dev.planwright.emulator.schematic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judge of answers can say no, and knows what null is in OpenAPI 3.0. */
class SchematicDocumentTest {
  private static final String DOCUMENT =
      """
      {"openapi":"3.0.0","paths":{"/plans/{id}":{"delete":{"responses":{
        "200":{"content":{"application/json":{"schema":{"type":"object",
          "required":["data","params"],"properties":{
            "data":{"type":"object","properties":{
              "deleted":{"type":"boolean"},
              "note":{"type":"string","nullable":true},
              "why":{"allOf":[{"$ref":"#/components/schemas/Why"}],"nullable":true}}},
            "params":{"type":"object"}}}}}},
        "401":{"content":{"application/json":{"schema":{"type":"object","required":["error"],
          "properties":{"error":{"type":"string"}}}}}}}}}},
       "components":{"schemas":{"Why":{"type":"string","enum":["asked"]}}}}
      """;

  private final SchematicDocument document =
      new SchematicDocument(
          EmulatorRequest.of("GET", "/", Map.of(), DOCUMENT).json().orElseThrow());

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {'data':{'deleted':true},'params':{}} | true",
        "200 | {'data':{'note':null,'why':null},'params':{}} | true",
        "200 | {'data':{'why':'asked'},'params':{}} | true",
        "200 | {'data':{'why':'guessed'},'params':{}} | false",
        "200 | {'data':{'deleted':null},'params':{}} | false",
        "200 | {'data':{'deleted':true}} | false",
        "200 | {'data':{'deleted':true,'more':1},'params':{}} | false",
        "400 | {'error':'no'} | true",
        "400 | {'error':'no','code':7} | false",
        "404 | {'data':{},'params':{}} | false"
      })
  void anAnswerIsJudgedByItsStatus(int status, String body, boolean good) {
    List<String> faults =
        document.faults(
            EmulatorRequest.of("DELETE", "/plans/plan_1", Map.of()),
            EmulatorResponse.text(status, body.replace('\'', '"')));
    assertThat(faults.isEmpty()).as(faults.toString()).isEqualTo(good);
  }
}
