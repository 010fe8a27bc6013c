package dev.planwright.emulator.noderails;

import dev.planwright.emulator.EmulatorRequest;

/** A request that a route has accepted, from somebody who is known. */
record Call(EmulatorRequest request, Caller caller) {
  /**
   * Whose key it is.
   *
   * @param merchant id of the merchant: all of its apps are within reach
   * @param environment TEST or PRODUCTION, from the key's prefix
   */
  record Caller(String merchant, String environment) {}

  /** The path's segment at that place, from 0. */
  String segment(int index) {
    return request.segments().get(index);
  }

  Body body() {
    return Body.of(request);
  }
}
