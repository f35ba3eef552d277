/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import dev.holdfast.report.Mode;

/**
 * Everything that is in force for one client.
 *
 * @param mode whether limits are enforced or only counted
 * @param limits longest times
 * @param pool how connections are kept
 * @param retry whether a call is tried again
 * @param body what is read at most
 * @param addressMode whether forbidden addresses are refused or only counted
 * @param addresses which addresses may be called
 * @param priorityHeader whether the priority of the request is passed on
 * @param budgetHeader header that tells what is left of the request's time, empty for
 * none
 */
public record ClientSettings(Mode mode, CallLimits limits, PoolSettings pool, RetrySettings retry, BodyLimits body,
		Mode addressMode, AddressRules addresses, boolean priorityHeader, String budgetHeader) {
}
