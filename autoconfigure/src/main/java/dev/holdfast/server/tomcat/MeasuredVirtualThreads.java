/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.tomcat;

import dev.holdfast.server.SchedulingDelay;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.ProtocolHandler;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;

/**
 * Tomcat's virtual threads, with the wait of each task measured.
 */
final class MeasuredVirtualThreads extends VirtualThreadExecutor {

	/** The names that Boot gives them. */
	private static final String NAMES = "tomcat-handler-";

	private MeasuredVirtualThreads() {
		super(NAMES);
	}

	@Override
	public void execute(Runnable command) {
		super.execute(SchedulingDelay.measured(command));
	}

	/**
	 * Takes the place of Boot's, if it is that.
	 * @param protocol what has the executor
	 */
	static void install(ProtocolHandler protocol) {
		if (protocol instanceof AbstractProtocol<?> tomcat && tomcat.getExecutor() != null
				&& tomcat.getExecutor().getClass() == VirtualThreadExecutor.class) {
			tomcat.setExecutor(new MeasuredVirtualThreads());
		}
	}

}
