/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The routes whose outcomes are counted.
 */
enum DemoRoute {

	SLEEP, QUERY, ASYNC, UPSTREAM, DOWNLOAD, EXPORT, MAIL, LOGIN, TOKEN;

	/** What ends with its request, and is always told; the others take their time. */
	static final Set<DemoRoute> ENDING = Collections.unmodifiableSet(EnumSet.range(SLEEP, UPSTREAM));

	String id() {
		return name().toLowerCase(Locale.ROOT);
	}

}
