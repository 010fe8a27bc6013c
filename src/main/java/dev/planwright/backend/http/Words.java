package dev.planwright.backend.http;

import dev.planwright.backend.AccountConfig.Alias;
import dev.planwright.backend.AccountConfig.Aliases;

/** What the account calls the things that manifests name: the alias, else the word itself. */
record Words(Aliases aliases) {
  String metric(String word) {
    return aliases.metric(word).map(Alias::id).orElse(word);
  }

  String feature(String word) {
    return aliases.feature(word).map(Alias::id).orElse(word);
  }

  String product(String word) {
    return aliases.product(word).map(Alias::id).orElse(word);
  }
}
