package dev.planwright.emulator.bxb;

import static dev.planwright.emulator.bxb.BxbState.Kind.APPLIED_TAXES;
import static dev.planwright.emulator.bxb.BxbState.Kind.TAXES;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.bxb.Fields.Need;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Taxes; they can be applied in the default organization only. */
final class Taxes {
  private static final String MISSING = "Tax not found";

  private final BxbState state;

  Taxes(BxbState state) {
    this.state = state;
  }

  void addTo(Router router) {
    router.add("POST", "/v1/taxes/", this::create);
    router.add("GET", "/v1/taxes/", this::list);
    router.add("GET", "/v1/taxes/applied", this::applied);
    router.add("POST", "/v1/taxes/apply", this::apply);
    router.add("DELETE", "/v1/taxes/applied/{applied_tax_id}", this::removeApplied);
    router.add("GET", "/v1/taxes/{code}", call -> EmulatorResponse.json(200, find(call).body()));
    router.add("PUT", "/v1/taxes/{code}", this::update);
    router.add("DELETE", "/v1/taxes/{code}", this::delete);
  }

  private Row find(Call call) {
    return state.byCode(TAXES, call.path("code"), call.organization(), MISSING);
  }

  private EmulatorResponse create(Call call) {
    Fields body = call.body();
    ObjectNode columns = BxbState.object();
    columns.put("code", body.text("code", Need.REQUIRED, 0, 255));
    columns.put("name", body.text("name", Need.REQUIRED, 0, 255));
    BigDecimal rate = body.decimal("rate", Need.REQUIRED);
    String description = body.text("description", Need.NULLABLE, 0, Integer.MAX_VALUE);
    String category = body.text("category", Need.NULLABLE, 0, 100);
    Boolean everywhere = body.bool("applied_to_organization", Need.OPTIONAL);
    body.check();
    state.claimCode(
        TAXES,
        columns.path("code").asText(),
        call.organization(),
        "Tax with this code already exists");
    columns
        .put("rate", column(rate))
        .put("description", description)
        .put("category", category)
        .put("applied_to_organization", everywhere != null && everywhere);
    return EmulatorResponse.json(201, state.insert(TAXES, call.organization(), columns).body());
  }

  private EmulatorResponse list(Call call) {
    return Lists.page(call, state, state.owned(TAXES, call.organization()), Row::body);
  }

  private EmulatorResponse update(Call call) {
    Fields body = call.body();
    String name = body.text("name", Need.NULLABLE, 0, 255);
    BigDecimal rate = body.decimal("rate", Need.NULLABLE);
    String description = body.text("description", Need.NULLABLE, 0, Integer.MAX_VALUE);
    String category = body.text("category", Need.NULLABLE, 0, 100);
    body.check();
    Row tax = find(call);
    if (body.isNull("name") || body.isNull("rate")) {
      throw Refusal.crash();
    }
    ObjectNode changes = BxbState.object();
    if (name != null) {
      changes.put("name", name);
    }
    if (rate != null) {
      changes.put("rate", column(rate));
    }
    if (body.has("description")) {
      changes.put("description", description);
    }
    if (body.has("category")) {
      changes.put("category", category);
    }
    return EmulatorResponse.json(200, state.update(TAXES, tax, changes).body());
  }

  private EmulatorResponse delete(Call call) {
    Row tax = find(call);
    if (state.of(APPLIED_TAXES).any(applied -> applied.is("tax_id", tax.id()))) {
      throw Refusal.crash();
    }
    state.of(TAXES).remove(tax.id());
    return Routes.noContent();
  }

  /** The tax is always looked up in the default organization, and what it hangs on never. */
  private EmulatorResponse apply(Call call) {
    Fields body = call.body();
    String code = String.valueOf(body.text("tax_code", Need.REQUIRED, 0, Integer.MAX_VALUE));
    String type = String.valueOf(body.text("taxable_type", Need.REQUIRED, 0, 50));
    String id = String.valueOf(body.uuid("taxable_id", Need.REQUIRED));
    body.check();
    String missing = "Tax '" + code + "' not found";
    if (!call.organization().equals(BxbState.DEFAULT_ORGANIZATION)) {
      throw Refusal.of(404, missing);
    }
    Row tax = state.byCode(TAXES, code, BxbState.DEFAULT_ORGANIZATION, missing);
    boolean repeated =
        state
            .of(APPLIED_TAXES)
            .any(
                a ->
                    a.is("tax_id", tax.id())
                        && a.is("taxable_type", type)
                        && a.is("taxable_id", id));
    if (repeated) {
      throw Refusal.crash();
    }
    ObjectNode columns =
        BxbState.object()
            .put("tax_id", tax.id())
            .put("taxable_type", type)
            .put("taxable_id", id)
            .put("tax_rate", tax.text("rate"))
            .put("tax_amount_cents", "0.0000")
            .put("tax_name", tax.text("name"))
            .put("tax_code", code);
    Row applied = state.insert(APPLIED_TAXES, BxbState.DEFAULT_ORGANIZATION, columns);
    return EmulatorResponse.json(201, shown(applied));
  }

  private EmulatorResponse applied(Call call) {
    Fields query = call.query();
    String type = String.valueOf(query.text("taxable_type", Need.REQUIRED, 0, 50));
    String id = String.valueOf(query.uuid("taxable_id", Need.REQUIRED));
    query.check();
    List<Row> rows =
        state.owned(APPLIED_TAXES, call.organization()).stream()
            .filter(a -> a.is("taxable_type", type) && a.is("taxable_id", id))
            .toList();
    return Lists.all(rows, Taxes::shown);
  }

  private EmulatorResponse removeApplied(Call call) {
    String id = call.uuid("applied_tax_id");
    state.mine(APPLIED_TAXES, id, call.organization(), "Applied tax not found");
    state.of(APPLIED_TAXES).remove(id);
    return Routes.noContent();
  }

  private static ObjectNode shown(Row applied) {
    ObjectNode shown = applied.body().deepCopy();
    shown.remove("updated_at");
    return shown;
  }

  /** A numeric(5,4) column: a fraction below 10. */
  private static String column(@Nullable BigDecimal rate) {
    BigDecimal stored = (rate == null ? BigDecimal.ZERO : rate).setScale(4, RoundingMode.HALF_UP);
    if (stored.compareTo(BigDecimal.TEN) >= 0) {
      throw Refusal.crash();
    }
    return stored.toPlainString();
  }
}
