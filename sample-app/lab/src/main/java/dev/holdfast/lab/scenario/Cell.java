/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.util.Locale;

/**
 * One run of the overload scenario.
 *
 * @param route what is asked for
 * @param variant what is asked
 * @param factor offered load as a multiple of capacity
 */
record Cell(Route route, Variant variant, double factor) {

	String factorText() {
		return (this.factor == Math.rint(this.factor)) ? String.format(Locale.ROOT, "%.0fx", this.factor)
				: this.factor + "x";
	}

	String group() {
		return this.route.id() + "/" + this.variant.threads() + "/" + factorText();
	}

	String id() {
		return this.route.id() + "/" + this.variant.threads() + "/" + this.variant.name().replace(' ', '-') + "/"
				+ factorText();
	}

}
