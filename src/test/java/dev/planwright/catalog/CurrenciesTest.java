package dev.planwright.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurrenciesTest {
  @ParameterizedTest
  @ValueSource(strings = {"USD", "EUR", "GBP", "JPY", "KWD", "XOF", "VED", "CHF"})
  void whatSomebodyCanPayInIsKnown(String code) {
    assertThat(Currencies.isKnown(code)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "XXX", "XTS", "XAU", "XDR", "CHE", "CLF", "DEM", "ITL", "HRK", "ANG", "VEF", "XAD"
      })
  void metalsFundsTestsAndWithdrawnMoneyAreNot(String code) {
    assertThat(Currencies.isKnown(code)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "usd", "US", "USDT", "ZZZ", "U$D", " USD"})
  void neitherIsWhatIsNoCode(String code) {
    assertThat(Currencies.isKnown(code)).isFalse();
    assertThatThrownBy(() -> Currencies.minorDigits(code))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"USD, 2", "EUR, 2", "JPY, 0", "KRW, 0", "KWD, 3", "BHD, 3", "CLP, 0", "HUF, 2"})
  void theMinorUnitIsTheCurrencysOwn(String code, int digits) {
    assertThat(Currencies.minorDigits(code)).isEqualTo(digits);
  }

  @ParameterizedTest
  @CsvSource({
    "usd, USD",
    "' eur ', EUR",
    "UDS, USD",
    "ERU, EUR",
    "EURO, EUR",
    "$, USD",
    "€, EUR",
    "RMB, CNY"
  })
  void aSlipOfThePenIsUnderstood(String written, String meant) {
    assertThat(Currencies.suggest(written)).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ZZZ", "DEM", "dollars and cents", "1"})
  void aGuessIsNotMadeUp(String written) {
    assertThat(Currencies.suggest(written)).isEmpty();
  }
}
