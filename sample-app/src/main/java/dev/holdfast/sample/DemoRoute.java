/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.util.Locale;

/**
 * The routes whose outcomes are counted.
 */
enum DemoRoute {

	SLEEP, QUERY, ASYNC, UPSTREAM, DOWNLOAD, EXPORT, MAIL, LOGIN, TOKEN;

	String id() {
		return name().toLowerCase(Locale.ROOT);
	}

}
