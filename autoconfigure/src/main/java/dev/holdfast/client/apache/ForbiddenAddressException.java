/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;

/**
 * A name resolves to addresses that must not be called. The message does not tell which:
 * it may reach whoever has chosen the name.
 */
final class ForbiddenAddressException extends IOException {

	private static final long serialVersionUID = 1L;

	ForbiddenAddressException(String host) {
		super("'" + host + "' resolves to an address that must not be called"
				+ " (holdfast.client.addresses.deny, holdfast.client.addresses.allow)");
	}

}
