package dev.planwright.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.catalog.Identity;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkLineTest {
  private static final MarkLine MARK =
      new MarkLine(new Identity("shop-prod", "team"), "shop", "team");

  @Test
  void isOneReadableLine() {
    assertThat(MARK.line()).isEqualTo("planwright: shop-prod/team shop/team");
    assertThat(MARK.with("price", List.of("a b")).with("kept", List.of("y", "x", "y")).line())
        .isEqualTo("planwright: shop-prod/team shop/team kept=x,y price=a%20b");
    assertThat(MARK.with("kept", List.of())).isEqualTo(MARK);
    assertThat(MARK.appendTo("For teams"))
        .isEqualTo("For teams\nplanwright: shop-prod/team shop/team");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "managed with planwright: shop-prod/team shop/team",
        "planwright: shop-prod/team shop/team, see wiki",
        "planwright: shop-prod/team",
        "Planwright: shop-prod/team shop/team",
        "planwright: shop-prod/team shop/team\nbut edited by Ann",
        "planwright:  shop-prod/team shop/team",
        "planwright: shop%2dprod/team shop/team",
        "planwright: shop-prod/t%65am shop/team",
        "planwright: shop-prod/team shop/team kept=",
        "planwright: shop-prod/team shop/team kept=a,",
        "planwright: shop-prod/team shop/team kept=b,a",
        "planwright: shop-prod/team shop/team kept=a kept=b",
        "planwright: shop-prod/team shop/team price=a kept=b",
        "planwright: shop-prod/team shop/team kept=%61",
        "planwright: shop-prod/team shop/team Kept=a",
        ""
      })
  void textOfPeopleIsNoMark(String description) {
    MarkLine.Split split = MarkLine.split(description);
    assertThat(split.mark()).isEmpty();
    assertThat(split.text()).isEqualTo(description);
  }

  @Test
  void survivesWhatABrowserFormDoesToLineEnds() {
    MarkLine.Split split = MarkLine.split("one\r\ntwo\r\n" + MARK.line() + "\r\n");
    assertThat(split.mark()).contains(MARK);
    assertThat(split.text()).isEqualTo("one\r\ntwo");
  }

  @Property
  void whatIsWrittenIsReadBack(
      @ForAll("parts") String owner,
      @ForAll("parts") String key,
      @ForAll("parts") String namespace,
      @ForAll String text,
      @ForAll("kept") List<String> kept) {
    MarkLine mark = new MarkLine(new Identity(owner, key), namespace, "n").with("kept", kept);
    assertThat(MarkLine.split(mark.appendTo(text)).mark()).contains(mark);
    if (!text.endsWith("\r")) {
      assertThat(MarkLine.split(mark.appendTo(text)).text()).isEqualTo(text);
    }
  }

  @Property
  void twoIdentitiesNeverShareAMark(
      @ForAll("parts") String owner,
      @ForAll("parts") String key,
      @ForAll("parts") String otherOwner,
      @ForAll("parts") String otherKey) {
    MarkLine one = new MarkLine(new Identity(owner, key), "a", "b");
    MarkLine other = new MarkLine(new Identity(otherOwner, otherKey), "a", "b");
    assertThat(one.line().equals(other.line())).isEqualTo(one.identity().equals(other.identity()));
  }

  @Property
  void anyTextIsTakenApartWithoutLoss(@ForAll @StringLength(max = 80) String text) {
    MarkLine.Split split = MarkLine.split(text);
    assertThat(split.mark()).isEqualTo(Optional.empty());
    assertThat(split.text()).isEqualTo(text);
  }

  @Provide
  Arbitrary<String> parts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("ab/% .|~-+é\n").ofMinLength(1).ofMaxLength(6),
        Arbitraries.of("a/b", "a", "b/c", "a%2Fb", "a b"));
  }

  @Provide
  Arbitrary<List<String>> kept() {
    return parts().list().ofMaxSize(3);
  }
}
