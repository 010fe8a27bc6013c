package dev.planwright.backend.stigg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The token that a draft of ours bears in its metadata, put there by the call that writes its
 * prices. It holds hashes of what that call wrote, of the prices before, and of each entitlement
 * that is still to be written, before and after. So a draft proves by itself, to whoever finds it
 * after a crash and with whatever status, that it is ours and that nobody else worked on it.
 *
 * <p>A published version keeps the token of the draft that it was, and a draft that somebody opens
 * later is a copy and bears it too: the number of the draft tells the two apart.
 *
 * @param number of the draft as the server showed it; {@code ""} in a plan just created, which
 *     bears a seal before it has prices
 * @param first whether the plan was never published before
 * @param terms whether anything changes that somebody pays or gets
 * @param target hash of everything that was wanted
 * @param texts hash of what the call wrote besides prices, and of the entitlements left alone
 * @param prices hash of the prices written
 * @param before hash of the prices before
 * @param hidden hash of trial and add-ons, which older servers do not show
 * @param spend hash of the minimum commitments, which may not show
 * @param grants entitlements still to be written: hash of the id to hashes before and after
 */
record Seal(
    String number,
    boolean first,
    boolean terms,
    String target,
    String texts,
    String prices,
    String before,
    String hidden,
    String spend,
    Map<String, Change> grants) {

  /** Hashes of an entitlement's content; {@link #NONE} where there is none. */
  record Change(String from, String to) {}

  static final String NONE = "------";

  private static final int PARTS = 10;

  Seal {
    grants = java.util.Collections.unmodifiableMap(new TreeMap<>(grants));
  }

  /** As it stands in the metadata. */
  String text() {
    StringBuilder changes = new StringBuilder();
    grants.forEach((id, it) -> changes.append(id).append(it.from()).append(it.to()));
    return String.join(
        ":",
        List.of(
            number,
            first ? "first" : "next",
            terms ? "terms" : "texts",
            target,
            texts,
            prices,
            before,
            hidden,
            spend,
            changes.toString()));
  }

  Seal numbered(String draft) {
    return new Seal(draft, first, terms, target, texts, prices, before, hidden, spend, grants);
  }

  /** The seal of a version, where it bears one that can be read. */
  static Optional<Seal> of(Pack pack) {
    List<String> parts =
        new ArrayList<>(List.of(pack.metadata().getOrDefault(Mark.SEAL, "").split(":", -1)));
    if (parts.size() != PARTS || parts.get(9).length() % 18 != 0) {
      return Optional.empty();
    }
    String changes = parts.get(9);
    Map<String, Change> grants = new TreeMap<>();
    for (int at = 0; at < changes.length(); at += 18) {
      grants.put(
          changes.substring(at, at + 6),
          new Change(changes.substring(at + 6, at + 12), changes.substring(at + 12, at + 18)));
    }
    return Optional.of(
        new Seal(
            parts.get(0),
            parts.get(1).equals("first"),
            parts.get(2).equals("terms"),
            parts.get(3),
            parts.get(4),
            parts.get(5),
            parts.get(6),
            parts.get(7),
            parts.get(8),
            grants));
  }

  // ---- what is hashed -----------------------------------------------------------------------

  static String prices(List<Row> rows) {
    return Hash.of(
        String.join(
            "\n", rows.stream().filter(it -> !it.isSpend()).map(Row::content).sorted().toList()),
        8);
  }

  static String spend(List<Row> rows) {
    return Hash.of(
        String.join("\n", rows.stream().filter(Row::isSpend).map(Row::content).sorted().toList()),
        8);
  }

  static String hidden(Pack.Terms terms) {
    return Hash.of(terms.content(), 8);
  }

  /** Texts, and the entitlements that this draft leaves alone. */
  static String texts(
      String displayName,
      String description,
      String pricing,
      String parent,
      Map<String, String> metadata,
      List<Grant> grants,
      Map<String, Change> changes) {
    StringBuilder all = new StringBuilder();
    for (String text : List.of(displayName, description, pricing, parent)) {
      all.append(text.length()).append(':').append(text).append('\n');
    }
    new TreeMap<>(metadata)
        .forEach(
            (name, value) -> {
              if (!name.equals(Mark.SEAL) && !value.isEmpty()) {
                all.append(name).append('=').append(value).append('\n');
              }
            });
    grants.stream()
        .filter(it -> !changes.containsKey(it.keyHash()))
        .map(Grant::content)
        .sorted()
        .forEach(it -> all.append(it).append('\n'));
    changes.forEach((id, it) -> all.append(id).append(it.from()).append(it.to()));
    return Hash.of(all.toString(), 12);
  }

  // ---- whether a draft is still what we left ------------------------------------------------

  /** Whether a draft holds just what was published under this seal. */
  boolean isCopiedBy(StiggWorld.Remote draft) {
    boolean granted =
        grants.entrySet().stream()
            .allMatch(
                it ->
                    draft.grants().stream()
                        .filter(grant -> grant.keyHash().equals(it.getKey()))
                        .map(Grant::contentHash)
                        .findFirst()
                        .orElse(NONE)
                        .equals(it.getValue().to()));
    return granted
        && prices(draft.rows()).equals(prices)
        && tamperedWith(draft.pack(), draft.rows(), draft.grants()).isEmpty();
  }

  /** What somebody else changed in a draft that bears this seal; empty when nothing. */
  Optional<String> tamperedWith(Pack draft, List<Row> rows, List<Grant> grantsNow) {
    String read = prices(rows);
    // Reading prices may show the published ones while a draft is open: those were noted too.
    if (!read.equals(prices) && !read.equals(before)) {
      return Optional.of("its prices");
    }
    boolean drafted = !read.equals(before);
    if (drafted && rows.stream().anyMatch(Row::isSpend) && !spend(rows).equals(spend)) {
      return Optional.of("its minimum commitments");
    }
    if (draft.terms().isPresent() && !hidden(draft.terms().get()).equals(hidden)) {
      return Optional.of("its trial or add-ons");
    }
    for (Map.Entry<String, Change> change : grants.entrySet()) {
      String now =
          grantsNow.stream()
              .filter(it -> it.keyHash().equals(change.getKey()))
              .map(Grant::contentHash)
              .findFirst()
              .orElse(NONE);
      // One that cannot be changed is taken away and made anew: in between there is none.
      if (!now.equals(NONE)
          && !now.equals(change.getValue().from())
          && !now.equals(change.getValue().to())) {
        return Optional.of("its entitlements");
      }
    }
    String textsNow =
        texts(
            draft.displayName(),
            draft.description(),
            draft.pricing(),
            draft.parent(),
            draft.metadata(),
            grantsNow,
            grants);
    return textsNow.equals(texts)
        ? Optional.empty()
        : Optional.of("its texts, metadata or entitlements");
  }
}
