/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.time.Duration;

/**
 * What is read of a response at most.
 *
 * @param drainBytes bytes read on close so that the connection can be used again
 * @param drainTime time that this may take
 * @param response bytes of a body, after decompression; {@code Long.MAX_VALUE} for no
 * limit
 * @param error bytes of the body of an error (status 400 and above)
 * @param inflation bytes that one compressed byte may become, once a body is larger than
 * {@link #INFLATION_FLOOR}
 */
public record BodyLimits(long drainBytes, Duration drainTime, long response, long error, int inflation) {

	/** A body of up to this many bytes may be compressed as well as it likes. */
	public static final long INFLATION_FLOOR = 10L << 20;

}
