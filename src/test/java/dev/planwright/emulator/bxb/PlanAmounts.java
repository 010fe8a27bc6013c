package dev.planwright.emulator.bxb;

import static dev.planwright.emulator.bxb.BxbState.Kind.COMMITMENTS;
import static dev.planwright.emulator.bxb.BxbState.Kind.PLANS;
import static dev.planwright.emulator.bxb.BxbState.Kind.THRESHOLDS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.bxb.BxbState.Kind;
import dev.planwright.emulator.bxb.Fields.Need;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Commitments and usage thresholds: reached by the plan's code, and never unique. */
final class PlanAmounts {
  private static final String NO_COMMITMENT = "Commitment not found";
  private static final BigDecimal COLUMN_LIMIT = new BigDecimal("99999999.9999");

  private final BxbState state;

  PlanAmounts(BxbState state) {
    this.state = state;
  }

  void addTo(Router router) {
    router.add("GET", "/v1/plans/{plan_code}/commitments", call -> list(call, COMMITMENTS));
    router.add("POST", "/v1/plans/{plan_code}/commitments", this::commit);
    router.add("PUT", "/v1/commitments/{commitment_id}", this::updateCommitment);
    router.add("DELETE", "/v1/commitments/{commitment_id}", this::deleteCommitment);
    router.add("GET", "/v1/plans/{plan_code}/usage_thresholds", call -> list(call, THRESHOLDS));
    router.add("POST", "/v1/plans/{plan_code}/usage_thresholds", this::addThreshold);
    router.add("DELETE", "/v1/usage_thresholds/{threshold_id}", this::deleteThreshold);
  }

  private Row plan(Call call) {
    return state.byCode(PLANS, call.path("plan_code"), call.organization(), Plans.MISSING);
  }

  private EmulatorResponse list(Call call, Kind kind) {
    Row plan = plan(call);
    return Lists.all(state.of(kind).where(row -> row.is("plan_id", plan.id())), Row::body);
  }

  private EmulatorResponse commit(Call call) {
    Fields body = call.body();
    String type = body.text("commitment_type", Need.OPTIONAL, 0, 50);
    BigDecimal amount = body.decimal("amount_cents", Need.REQUIRED);
    String label = body.text("invoice_display_name", Need.NULLABLE, 0, 255);
    body.check();
    Row plan = plan(call);
    ObjectNode columns =
        BxbState.object()
            .put("plan_id", plan.id())
            .put("commitment_type", type == null ? "minimum_commitment" : type)
            .put("amount_cents", column(amount == null ? BigDecimal.ZERO : amount))
            .put("invoice_display_name", label);
    Row commitment = state.insert(COMMITMENTS, call.organization(), columns);
    return EmulatorResponse.json(201, commitment.body());
  }

  private EmulatorResponse updateCommitment(Call call) {
    String id = call.uuid("commitment_id");
    Fields body = call.body();
    String type = body.text("commitment_type", Need.NULLABLE, 0, 50);
    BigDecimal amount = body.decimal("amount_cents", Need.NULLABLE);
    String label = body.text("invoice_display_name", Need.NULLABLE, 0, 255);
    body.check();
    Row commitment = state.mine(COMMITMENTS, id, call.organization(), NO_COMMITMENT);
    if (body.isNull("commitment_type") || body.isNull("amount_cents")) {
      throw Refusal.crash();
    }
    ObjectNode changes = BxbState.object();
    if (type != null) {
      changes.put("commitment_type", type);
    }
    if (amount != null) {
      changes.put("amount_cents", column(amount));
    }
    if (body.has("invoice_display_name")) {
      changes.put("invoice_display_name", label);
    }
    return EmulatorResponse.json(200, state.update(COMMITMENTS, commitment, changes).body());
  }

  private EmulatorResponse deleteCommitment(Call call) {
    String id = call.uuid("commitment_id");
    state.mine(COMMITMENTS, id, call.organization(), NO_COMMITMENT);
    state.of(COMMITMENTS).remove(id);
    return Routes.noContent();
  }

  private EmulatorResponse addThreshold(Call call) {
    Fields body = call.body();
    BigDecimal amount = body.decimal("amount_cents", Need.REQUIRED);
    String currency = body.text("currency", Need.OPTIONAL, 3, 3);
    Boolean recurring = body.bool("recurring", Need.OPTIONAL);
    String label = body.text("threshold_display_name", Need.NULLABLE, 0, 255);
    body.check();
    Row plan = plan(call);
    ObjectNode columns =
        BxbState.object()
            .put("plan_id", plan.id())
            .putNull("subscription_id")
            .put("amount_cents", column(amount == null ? BigDecimal.ZERO : amount))
            .put("currency", currency == null ? "USD" : currency)
            .put("recurring", recurring != null && recurring)
            .put("threshold_display_name", label);
    Row threshold = state.insert(THRESHOLDS, call.organization(), columns);
    return EmulatorResponse.json(201, threshold.body());
  }

  private EmulatorResponse deleteThreshold(Call call) {
    String id = call.uuid("threshold_id");
    state.mine(THRESHOLDS, id, call.organization(), "Usage threshold not found");
    state.of(THRESHOLDS).remove(id);
    return Routes.noContent();
  }

  /** A numeric(12,4) column: rounded on the way in, always shown with four decimals. */
  private static String column(BigDecimal amount) {
    BigDecimal stored = amount.setScale(4, RoundingMode.HALF_UP);
    if (stored.compareTo(COLUMN_LIMIT) > 0) {
      throw Refusal.crash();
    }
    return stored.toPlainString();
  }
}
