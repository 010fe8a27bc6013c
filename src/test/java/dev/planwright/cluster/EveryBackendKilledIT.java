package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.testing.kube.KubeCluster;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * One operator for accounts on all backends, in a process of its own, killed while each of them has
 * done a write of a create and not answered it: the first write of one plan, the second of another,
 * as many as its create has. The next operator ends with each plan once.
 */
class EveryBackendKilledIT {
  private static final int MOST_WRITES = 12;

  @Test
  void killedAfterAnyWriteOfACreateTheNextOneFindsWhatWasMadeAndCompletesIt() throws Exception {
    List<Shop> shops = shops();
    try {
      Scene home = shops.getLast().scene;
      Map<Shop, Integer> held = new LinkedHashMap<>();
      Process first = KilledOperatorIT.start(home, "first.log");
      try {
        for (Shop shop : shops) {
          shop.open();
        }
        for (Shop shop : shops) {
          shop.scene.awaitAllReady();
        }
        for (Shop shop : shops) {
          held.put(shop, holdEveryWrite(shop));
        }
      } finally {
        first.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
      }
      shops.forEach(Shop::letGo);
      held.forEach(
          (shop, plans) ->
              assertThat(shop.ids("bplan").values().stream().filter(String::isEmpty))
                  .as("plans of which the operator was never told")
                  .hasSizeGreaterThanOrEqualTo(plans > 0 ? 1 : 0));

      Process second = KilledOperatorIT.start(home, "second.log");
      try {
        for (Shop shop : shops) {
          awaitAllReady(shop);
          Map<String, String> ids = shop.ids("bplan");
          assertThat(ids.values())
              .as(shop.vendor.name())
              .doesNotHaveDuplicates()
              .allSatisfy(id -> assertThat(shop.vendor.fate(id)).isEqualTo(Vendor.Fate.ON_SALE));
          assertThat(shop.vendor.plans()).as(shop.vendor.name()).isEqualTo(ids.size());
        }
      } finally {
        second.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
      }
      assertThat(held.values()).as("writes held on each backend: " + held).allMatch(n -> n > 0);
    } finally {
      shops.forEach(shop -> shop.scene.close());
      shops.forEach(Shop::close);
    }
  }

  /** A namespace for each, and the rights of the operator in all of them with the last one. */
  private static List<Shop> shops() {
    List<Shop> shops = new ArrayList<>();
    List<Vendor> vendors = Vendor.all(Clock.systemUTC());
    List<String> namespaces = new ArrayList<>();
    for (Vendor vendor : vendors) {
      Scene scene =
          new Scene(
              KubeCluster.shared(),
              "killed-" + vendor.name(),
              own -> {
                namespaces.add(own);
                return "namespaces: [" + String.join(", ", namespaces) + "]";
              });
      shops.add(new Shop(vendor, scene));
    }
    return shops;
  }

  /**
   * A plan whose create is held at its first write, one held at its second, until one is made
   * before so many writes.
   *
   * @return how many are held
   */
  private static int holdEveryWrite(Shop shop) {
    int first = shop.vendor.firstWriteHeld();
    for (int write = first; write <= MOST_WRITES; write++) {
      String name = "held" + write;
      Shop.Gate gate = shop.holdWrite(write);
      shop.scene.apply(shop.flat(name));
      shop.scene.eventually(
          "write " + write + " of a create on " + shop.vendor.name(),
          () -> assertThat(gate.isReached() || isReady(shop, name)).isTrue());
      if (!gate.isReached()) {
        return write - first;
      }
    }
    throw new AssertionError("a create of more than " + MOST_WRITES + " writes");
  }

  private static boolean isReady(Shop shop, String plan) {
    return shop.scene.condition("bplan/" + plan, "Ready", "status").equals("True");
  }

  /** The Lease of whoever was killed has to run out first. */
  private static void awaitAllReady(Shop shop) {
    shop.scene.run("wait", "--for=condition=Ready", "bplan,bprice", "--all", "--timeout=110s");
  }
}
