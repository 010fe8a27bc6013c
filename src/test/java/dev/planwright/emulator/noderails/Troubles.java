package dev.planwright.emulator.noderails;

import java.util.EnumMap;
import java.util.Map;

/** What goes wrong because a test said so. */
final class Troubles {
  private final Map<Listing, ListingFault> listings = new EnumMap<>(Listing.class);
  private int strangersToCome;
  private int answersTooMany;
  private long retryAfter;
  private boolean subscriptionsHidden;

  Troubles() {}

  Troubles(Troubles other) {
    listings.putAll(other.listings);
    strangersToCome = other.strangersToCome;
    answersTooMany = other.answersTooMany;
    retryAfter = other.retryAfter;
    subscriptionsHidden = other.subscriptionsHidden;
  }

  void set(Listing listing, ListingFault fault) {
    listings.put(listing, fault);
  }

  ListingFault of(Listing listing) {
    return listings.getOrDefault(listing, ListingFault.NONE);
  }

  void setStrangers(int count) {
    strangersToCome = count;
  }

  boolean takeStranger() {
    return strangersToCome > 0 && strangersToCome-- > 0;
  }

  void setTooMany(int answers, long seconds) {
    answersTooMany = answers;
    retryAfter = seconds;
  }

  void refuseTooMany(long nowSeconds) {
    if (answersTooMany > 0) {
      answersTooMany--;
      throw Refusal.tooMany(retryAfter, nowSeconds + retryAfter);
    }
  }

  void setSubscriptionsHidden(boolean hidden) {
    subscriptionsHidden = hidden;
  }

  void refuseHiddenSubscriptions() {
    if (subscriptionsHidden) {
      throw Refusal.forbidden("Access to subscriptions denied");
    }
  }
}
