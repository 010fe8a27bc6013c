package dev.planwright.backend.paygentic;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Whole lists in which a plan looks for what is its own. Most of them are asked for by thousands of
 * plans, one after the other, and then one reading serves for a minute: what this process itself
 * makes meanwhile is found by journal and ids, and not by a list. What a process before it may have
 * sent can land for a while, so the first minutes read anew each time.
 */
final class Listings {
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final Duration WARM_UP = Duration.ofMinutes(3);

  private final PaygenticReader reader;
  private final PaygenticSettings settings;
  private final InstantSource clock;
  private final Instant opened;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Cached> cache = new HashMap<>();

  private record Cached(List<?> items, Instant readAt) {}

  Listings(PaygenticReader reader, PaygenticSettings settings, InstantSource clock) {
    this.reader = reader;
    this.settings = settings;
    this.clock = clock;
    this.opened = clock.instant();
  }

  /** The plans of the merchant, whatever their product; deleted ones left out. */
  List<RemotePlan> plans(boolean anew) {
    String list = PaygenticCalls.plans(settings.merchantId());
    return cached(
        list,
        anew,
        () ->
            reader.all("plans.list", list, RemotePlan::parse).stream()
                .filter(it -> !it.deleted())
                .toList());
  }

  /** The fees of a product. */
  List<RemoteFee> fees(String product, boolean anew) {
    String list = PaygenticCalls.fees(settings.merchantId(), product);
    return cached(list, anew, () -> reader.all("fees.list", list, RemoteFee::parse));
  }

  /** Every price there is: there is no list of a fee's own. */
  List<RemotePrice> prices(boolean anew) {
    String list = PaygenticCalls.PRICES;
    return cached(list, anew, () -> reader.all("prices.list", list, RemotePrice::parse));
  }

  /** The prices of one metric. */
  List<RemotePrice> prices(String metric, boolean anew) {
    String list = PaygenticCalls.prices(metric);
    return cached(list, anew, () -> reader.all("prices.list", list, RemotePrice::parse));
  }

  @SuppressWarnings("unchecked")
  private <T> List<T> cached(String list, boolean anew, Supplier<List<T>> read) {
    lock.lock();
    try {
      Cached known = cache.get(list);
      Instant now = clock.instant();
      if (!anew
          && known != null
          && known.readAt().isAfter(opened.plus(WARM_UP))
          && now.isBefore(known.readAt().plus(FRESH))) {
        return (List<T>) known.items();
      }
      List<T> items = read.get();
      cache.put(list, new Cached(items, now));
      return items;
    } finally {
      lock.unlock();
    }
  }
}
