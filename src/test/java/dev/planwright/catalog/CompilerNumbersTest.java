package dev.planwright.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody who mistyped a price is told what is wrong with it, and never a wrong guess. */
class CompilerNumbersTest {

  /** What may be meant: {@code -} where nothing is proposed. */
  @ParameterizedTest(name = "\"{0}\" {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''          | is empty                           | -
          ' '         | is empty                           | -
          -1          | is negative                        | -
          ' -1'       | is negative                        | -
          .5          | lacks a digit beside the point     | 0.5
          5.          | lacks a digit beside the point     | 5
          .           | lacks a digit beside the point     | -
          049         | has a leading zero                 | 49
          00          | has a leading zero                 | 0
          0.5.1       | is out of range                    | -
          1234567890  | is out of range                    | 1234567890
          12345678901 | has 11 digits                      | 12345678901
          123.456789  | is out of range                    | 123.456789
          101         | is out of range                    | 101
          1e3         | has an exponent                    | 1000
          1E-2        | has an exponent                    | 0.01
          e5          | has an exponent                    | -
          1e100       | is not a plain decimal number      | -
          49,00       | has a comma                        | -
          '1,000.00'  | has a comma                        | -
          2.5%        | has a percent sign                 | 2.5
          2.5 %       | has a percent sign                 | 2.5
          +49         | is not a plain decimal number      | 49
          $49         | is not a plain decimal number      | -
          NaN         | is not a plain decimal number      | -
          ' 49.00 '   | is not a plain decimal number      | 49
          ٤٩          | is not a plain decimal number      | -
          49/2        | is not a plain decimal number      | -
          49:2        | is not a plain decimal number      | -
          """)
  void aSlipIsNamedAndWhatIsMeantIsOnlyProposedWhereItIsClear(
      String written, String problem, String meant) {
    assertThat(CompilerNumbers.problem(written)).isEqualTo(problem);
    assertThat(CompilerNumbers.meant(written).orElse("-")).isEqualTo(meant);
  }

  @ParameterizedTest(name = "{0} digits")
  @CsvSource({"60, true", "61, false"})
  void aNumberTooLongToBeReadIsNotProposed(int digits, boolean proposed) {
    assertThat(CompilerNumbers.meant("1".repeat(digits)).isPresent()).isEqualTo(proposed);
  }
}
