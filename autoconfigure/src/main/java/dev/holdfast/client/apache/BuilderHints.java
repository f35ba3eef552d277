/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Lets {@link BuilderAccess} read its fields in a native image.
 */
final class BuilderHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		BuilderAccess.fields()
			.forEach((entry) -> hints.reflection().registerType(entry.type(), MemberCategory.ACCESS_DECLARED_FIELDS));
	}

}
