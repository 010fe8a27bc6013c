package dev.planwright.backend.http;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What manifests may name and the account has: metrics, features, products.
 *
 * @param metrics of the account
 * @param features of the account
 * @param products of the account
 */
record References(Names metrics, Names features, Names products) {
  static final References NONE = new References(Names.NONE, Names.NONE, Names.NONE);

  /**
   * Things of one kind. The protocol lets a plan name each by its name or by its id, and answers
   * what was sent: so both spellings are brought to the name before anything is compared.
   *
   * @param idByName ids by name
   * @param nameById names by id
   */
  record Names(Map<String, String> idByName, Map<String, String> nameById) {
    static final Names NONE = new Names(Map.of(), Map.of());

    Names {
      idByName = java.util.Collections.unmodifiableMap(new TreeMap<>(idByName));
      nameById = java.util.Collections.unmodifiableMap(new TreeMap<>(nameById));
    }

    boolean has(String nameOrId) {
      return idByName.containsKey(nameOrId) || nameById.containsKey(nameOrId);
    }

    /** The name of what is meant; the word itself where nothing is known of it. */
    String nameOf(String nameOrId) {
      return idByName.containsKey(nameOrId)
          ? nameOrId
          : Optional.ofNullable(nameById.get(nameOrId)).orElse(nameOrId);
    }
  }
}
