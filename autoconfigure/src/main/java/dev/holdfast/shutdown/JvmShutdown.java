/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

/**
 * Whether the process is ending. A job that ends by itself, a test, and a restart of the
 * context alone close the context as well, but nobody routes traffic to them meanwhile.
 */
@FunctionalInterface
interface JvmShutdown {

	/**
	 * Whether the process is ending.
	 * @return {@code true} once the JVM runs its shutdown hooks
	 */
	boolean isInProgress();

	/**
	 * Asks the JVM, which has no method for it, but takes no hook any more.
	 * @return the source of the answer
	 */
	static JvmShutdown ofThisProcess() {
		return () -> {
			Thread probe = new Thread(() -> {
			});
			try {
				Runtime.getRuntime().addShutdownHook(probe);
				Runtime.getRuntime().removeShutdownHook(probe);
				return false;
			}
			catch (IllegalStateException ex) {
				return true;
			}
		};
	}

}
