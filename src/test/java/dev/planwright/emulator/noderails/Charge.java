package dev.planwright.emulator.noderails;

import java.math.BigDecimal;

/**
 * What one billing period costs.
 *
 * @param amount the price's amount, in major units
 * @param total amount with the tax that is added to it, exact and not rounded; equal to the amount
 *     when there is no tax or the amount includes it
 * @param tax the part of the total that is tax when it is added; 0 when it is included
 * @param interval MINUTE, DAY, WEEK, MONTH or YEAR; "" for a price that is paid once
 * @param intervalCount so many intervals are one period
 * @param trialDays so many days are free for who signs up now
 */
public record Charge(
    BigDecimal amount,
    BigDecimal total,
    BigDecimal tax,
    String currency,
    String interval,
    int intervalCount,
    int trialDays) {}
