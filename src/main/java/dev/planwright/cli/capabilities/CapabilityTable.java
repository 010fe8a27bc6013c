package dev.planwright.cli.capabilities;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.Capability;
import dev.planwright.backend.ProviderFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What billing systems can express: a row for each question, a column for each of them. */
public final class CapabilityTable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<ProviderFactory> providers;

  /** A table of these, in their order. */
  public CapabilityTable(Collection<ProviderFactory> providers) {
    this.providers = List.copyOf(providers);
  }

  /** For a terminal: columns of one width. */
  public String text() {
    List<List<String>> rows = rows();
    int columns = rows.getFirst().size();
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        int column = i;
        int width = rows.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0);
        String cell = row.get(i);
        line.append(cell).append(" ".repeat(width - cell.length() + 2));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** For a document. */
  public String markdown() {
    List<List<String>> rows = rows();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      List<String> row = rows.get(i);
      text.append("| ").append(String.join(" | ", row)).append(" |\n");
      if (i == 0) {
        text.append("|---".repeat(row.size())).append("|\n");
      }
    }
    return text.toString();
  }

  /** For a program: by provider, then by capability. */
  public String json() {
    ObjectNode all = JSON.createObjectNode();
    for (ProviderFactory provider : providers) {
      ObjectNode words = all.putObject(provider.name());
      for (Capability capability : Capability.values()) {
        words.put(capability.toString(), provider.capabilities().word(capability));
      }
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree in memory can be written", e);
    }
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("capability", "what is asked"));
    providers.forEach(provider -> head.add(provider.name()));
    rows.add(head);
    for (Capability capability : Capability.values()) {
      List<String> row = new ArrayList<>(List.of(capability.toString(), question(capability)));
      providers.forEach(provider -> row.add(provider.capabilities().word(capability)));
      rows.add(row);
    }
    return rows;
  }

  /** What a row asks. */
  private static String question(Capability capability) {
    return switch (capability) {
      case FLAT -> "a flat price for each period";
      case SEVERAL_INTERVALS -> "one plan by the month and by the year";
      case SEVERAL_CURRENCIES -> "one plan in several currencies";
      case ONE_TIME -> "something that is paid once";
      case SETUP_FEE -> "a fee at the start, beside a recurring price";
      case PER_UNIT -> "an amount for each unit used";
      case LICENSED -> "an amount for each unit bought, such as seats";
      case FILTERS -> "other amounts for some of the usage";
      case PACKAGE -> "an amount for each started package";
      case GRADUATED -> "tiers, each unit at the price of its own";
      case VOLUME -> "tiers, all units at the price of the last";
      case OVERAGE -> "an amount for each unit beyond a soft limit";
      case PERCENTAGE -> "a share of the money that passes";
      case GRADUATED_PERCENTAGE -> "such a share, by tiers";
      case DYNAMIC -> "a price that comes with each event";
      case COUNTRIES -> "a price for some countries";
      case TRIAL -> "a time before the first payment";
      case ENTITLEMENTS -> "features that a subscriber gets";
      case CREDIT_GRANTS -> "credits that a subscriber is given";
      case MINIMUM_COMMITMENTS -> "what is paid at least";
      case USAGE_THRESHOLDS -> "amounts of usage at which something happens";
      case TAX -> "a tax on the plan";
      case FREE -> "a plan for nothing";
      case CUSTOM -> "a plan priced by agreement";
      case ADD_ON -> "an add-on to plans";
      case PARENT_PLAN -> "a plan that inherits from another";
      case METADATA -> "words of your own";
      case ADOPTION -> "taking over a plan that exists";
      case ARCHIVE -> "no longer selling a plan";
      case DELETE -> "deleting a plan";
      case EXISTING_SUBSCRIBERS -> "how a change reaches those who pay";
    };
  }
}
