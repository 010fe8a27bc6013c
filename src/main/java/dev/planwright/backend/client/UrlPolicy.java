package dev.planwright.backend.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which addresses a key may be sent to. */
public final class UrlPolicy {
  // Digits only: "127.0.0.1.example.com" is a public name, and so is "127.evil.example".
  private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");

  private UrlPolicy() {}

  /**
   * What is wrong with a base URL.
   *
   * @param allowHttp whether the operator was told to send keys in the clear ({@code --allow-http})
   * @return a sentence that never repeats user information from the URL; empty when it may be used
   */
  public static Optional<String> problem(String url, boolean allowHttp) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      return Optional.of("the url is not a valid URL: " + e.getReason());
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return Optional.of("the url must start with https://");
    }
    if (uri.getRawUserInfo() != null) {
      return Optional.of("the url must not hold a user name or password; keys go into the Secret");
    }
    String host = uri.getHost();
    if (host == null) {
      return Optional.of("the url names no host");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      return Optional.of("the url must end with its path: no ? and no #");
    }
    if (scheme.equals("http") && !allowHttp && !staysInside(host)) {
      return Optional.of(
          "the url http://"
              + host
              + " would send the key in the clear; use https (http is for loopback, *.svc and"
              + " *.svc.cluster.local, or for an operator started with --allow-http)");
    }
    return Optional.empty();
  }

  /** Whether a host is this machine or a Service of this cluster. */
  private static boolean staysInside(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    return name.equals("localhost")
        || name.equals("[::1]")
        || LOOPBACK_V4.matcher(name).matches()
        || name.endsWith(".svc")
        || name.endsWith(".svc.cluster.local");
  }
}
