/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.lang.management.ManagementFactory;

import com.sun.management.UnixOperatingSystemMXBean;
import org.jspecify.annotations.Nullable;

/**
 * File descriptors of this process. Each open socket takes one.
 *
 * @param open how many are open
 * @param max how many there may be
 * @since 0.1.0
 */
public record Descriptors(long open, long max) {

	/**
	 * Descriptors in use of the limit.
	 * @return 0 to 1
	 */
	public double ratio() {
		return (this.max > 0) ? (double) this.open / this.max : 0;
	}

	/**
	 * Asks the JVM, which counts them: it takes longer the more there are.
	 * @return the descriptors, {@code null} if this JVM or platform does not tell
	 */
	static @Nullable Descriptors read() {
		try {
			if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
				return read(unix);
			}
			return null;
		}
		catch (RuntimeException | LinkageError ex) {
			// a JVM that was cut down to some modules
			return null;
		}
	}

	private static @Nullable Descriptors read(UnixOperatingSystemMXBean unix) {
		long max = unix.getMaxFileDescriptorCount();
		try {
			long open = unix.getOpenFileDescriptorCount();
			return (open >= 0 && max > 0) ? new Descriptors(open, max) : null;
		}
		catch (InternalError ex) {
			// counting takes a descriptor: there is none
			return new Descriptors(max, max);
		}
	}

}
