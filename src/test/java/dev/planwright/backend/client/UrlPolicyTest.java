package dev.planwright.backend.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlPolicyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example.com",
        "https://api.example.com:8443/v1/",
        "http://localhost:8000",
        "http://127.0.0.1:8000/api",
        "http://127.8.9.10",
        "http://[::1]:8000",
        "http://bxb.billing.svc:8000",
        "http://BXB.billing.SVC",
        "http://bxb.billing.svc.cluster.local",
        "http://bxb.billing.svc.cluster.local.:8000",
      })
  void aKeyMayGoThere(String url) {
    assertThat(UrlPolicy.problem(url, false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.example.com",
        "http://127.0.0.1.example.com",
        "http://127.evil.example",
        "http://localhost.example.com",
        "http://notlocalhost",
        "http://svc",
        "http://billing.svc.example.com",
        "http://evilsvc",
        "http://10.0.0.7",
        "http://[::2]",
      })
  void aKeyMayNotGoThereInTheClearUnlessTheOperatorWasTold(String url) {
    assertThat(UrlPolicy.problem(url, false))
        .hasValueSatisfying(p -> assertThat(p).contains("https"));
    assertThat(UrlPolicy.problem(url, true)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://localhost, https://",
    "api.example.com, https://",
    "https:///path, no host",
    "https://a b, not a valid URL",
    "https://api.example.com?key=1, no ?",
    "https://api.example.com#x, no ?",
  })
  void isNoAddressAtAllWhateverTheOperatorWasTold(String url, String words) {
    assertThat(UrlPolicy.problem(url, true))
        .hasValueSatisfying(problem -> assertThat(problem).contains(words));
  }

  @Test
  void aPasswordInTheUrlIsRefusedAndNotRepeated() {
    assertThat(UrlPolicy.problem("https://me:hunter2@api.example.com", true))
        .hasValueSatisfying(
            problem -> assertThat(problem).contains("Secret").doesNotContain("hunter2"));
  }
}
