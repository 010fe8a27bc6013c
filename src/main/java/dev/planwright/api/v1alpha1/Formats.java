package dev.planwright.api.v1alpha1;

/**
 * The formats and bounds of the fields, one place for the schema and for the compiler. Patterns are
 * written for whole values and in the syntax that Java and the API server share.
 */
public final class Formats {
  /** A decimal string in major units: no sign, no exponent, no leading zero. */
  public static final String AMOUNT = "^(0|[1-9][0-9]{0,17})(\\.[0-9]{1,20})?$";

  /** The longest amount: 18 digits, the point, 20 digits. */
  public static final int AMOUNT_LENGTH = 39;

  /** A percentage from 0 to 100, as a decimal string. */
  public static final String RATE = "^(100(\\.0{1,10})?|[1-9]?[0-9](\\.[0-9]{1,10})?)$";

  /** The longest rate. */
  public static final int RATE_LENGTH = 14;

  /** An ISO 4217 code by its form; the compiler checks that it exists. */
  public static final String CURRENCY = "^[A-Z]{3}$";

  /** An ISO 3166-1 code by its form; the compiler checks that it exists. */
  public static final String COUNTRY = "^[A-Z]{2}$";

  /** The key of a Plan on the account. */
  public static final String KEY = "^[A-Za-z0-9][A-Za-z0-9._|-]{0,254}$";

  /** The longest key. */
  public static final int KEY_LENGTH = 255;

  /** Who we are on an account. */
  public static final String OWNER_ID = "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$";

  /** The longest owner id. */
  public static final int OWNER_ID_LENGTH = 63;

  /** The name of an object of Kubernetes. */
  public static final String NAME = "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$";

  /** The longest name of an object of Kubernetes. */
  public static final int NAME_LENGTH = 253;

  /** The word for a metric, a feature, a credit or a product. */
  public static final String WORD = "^[A-Za-z0-9][A-Za-z0-9._:|-]{0,254}$";

  /** The longest such word. */
  public static final int WORD_LENGTH = 255;

  /** A duration such as {@code 30s}, {@code 10m} or {@code 1h30m}; see {@link Durations}. */
  public static final String DURATION = "^([0-9]{1,4}h)?([0-9]{1,5}m)?([0-9]{1,6}s)?$";

  /** The longest duration. */
  public static final int DURATION_LENGTH = 18;

  /** An absolute http or https URL, without spaces and control characters. */
  public static final String URL = "^https?://[!-~]+$";

  /** The longest URL. */
  public static final int URL_LENGTH = 2048;

  /** The key of an entry in the data of a Secret. */
  public static final String SECRET_KEY = "^[A-Za-z0-9._-]+$";

  /** A key of {@code spec.metadata}. */
  public static final String METADATA_KEY = "^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$";

  /** Keys of {@code spec.metadata} that begin so are ours. */
  public static final String RESERVED_METADATA_PREFIX = "planwright.dev/";

  /** The most entries of {@code spec.metadata}. */
  public static final int METADATA_ENTRIES = 50;

  /** The longest value in {@code spec.metadata}. */
  public static final int METADATA_VALUE_LENGTH = 500;

  /** The longest id that a billing system may give. */
  public static final int EXTERNAL_ID_LENGTH = 1024;

  /** The longest line meant for people, such as a name. */
  public static final int LINE_LENGTH = 255;

  /** The longest text meant for people, such as a description. */
  public static final int TEXT_LENGTH = 2000;

  /** The longest message of a condition. */
  public static final int MESSAGE_LENGTH = 4096;

  /** The most tiers of a price. */
  public static final int TIERS = 50;

  /** The most Prices of one Plan: its status has a row for each, and for each being removed. */
  public static final int PRICES = 200;

  /** The greatest quantity: the greatest whole number that every JSON reader keeps exact. */
  public static final long QUANTITY_MAX = 9_007_199_254_740_991L;

  private Formats() {}
}
