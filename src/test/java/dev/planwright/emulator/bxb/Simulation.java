package dev.planwright.emulator.bxb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** The simulate call: reads amounts as major units and cuts the fractions of a cent off. */
final class Simulation {
  private Simulation() {}

  static ObjectNode of(Row plan, List<Row> charges, BigDecimal units) {
    BigDecimal base = plan.body().path("amount_cents").decimalValue();
    ObjectNode answer =
        BxbState.object()
            .put("plan_id", plan.id())
            .put("base_amount_cents", base.toBigIntegerExact())
            .put("currency", plan.text("currency"));
    ArrayNode results = answer.putArray("charges");
    BigDecimal total = base;
    for (Row charge : charges) {
      BigDecimal amount =
          ChargeModels.simulated(charge.text("charge_model"), Invoices.properties(charge), units);
      BigDecimal cents = amount.movePointRight(2).setScale(0, RoundingMode.DOWN);
      total = total.add(cents);
      results
          .addObject()
          .put("charge_id", charge.id())
          .put("billable_metric_id", charge.text("billable_metric_id"))
          .put("charge_model", charge.text("charge_model"))
          .put("units", asFloat(units))
          .put("amount_cents", cents.toBigIntegerExact())
          .set("properties", Invoices.properties(charge));
    }
    return answer.put("total_amount_cents", total.toBigIntegerExact());
  }

  /** The server holds units as a float and shows 10 as 10.0. */
  private static BigDecimal asFloat(BigDecimal units) {
    BigDecimal plain = units.stripTrailingZeros();
    return plain.scale() < 1 ? plain.setScale(1, RoundingMode.UNNECESSARY) : plain;
  }
}
