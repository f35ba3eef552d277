/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

/**
 * How the work of one route has ended so far. {@code started} is always the sum of the
 * others.
 *
 * @param started requests whose work was begun
 * @param completed requests whose work reached its end
 * @param cancelled requests whose work was ended from outside
 * @param failed requests whose work ended by any other exception
 * @param running requests whose work goes on
 */
record Outcome(long started, long completed, long cancelled, long failed, long running) {

}
