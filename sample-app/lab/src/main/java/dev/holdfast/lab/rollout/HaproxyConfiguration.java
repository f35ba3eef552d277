/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The configuration of haproxy. A request that cannot be sent is a failure that the
 * client sees: it is neither tried again nor given to another instance.
 *
 * @param port where clients speak HTTP/1.1
 * @param http2Port where clients speak HTTP/2
 * @param admin the socket of the runtime API
 * @param checks whether the readiness of each instance is asked for every second
 * @param http2 whether HTTP/2 is spoken to the instances
 */
record HaproxyConfiguration(int port, int http2Port, Path admin, boolean checks, boolean http2) {

	/** Places for instances: those there are, and those that come before others go. */
	static final int SLOTS = 4;

	static final String BACKEND = "instances";

	private static final String CHECK = """
			\toption httpchk
			\thttp-check send meth GET uri /actuator/health/readiness ver HTTP/1.1 hdr Host localhost
			\thttp-check expect status 200
			""";

	static String slot(int index) {
		return BACKEND + "/s" + index;
	}

	String text() {
		// the port of the check is set with that of the instance
		String options = (this.http2 ? " proto h2" : "")
				+ (this.checks ? " check port 1 inter 1s fall 1 rise 1 check-proto h1" : "") + " disabled";
		String servers = IntStream.range(0, SLOTS)
			.mapToObj((index) -> "\tserver s" + index + " 127.0.0.1:1" + options + "\n")
			.collect(Collectors.joining());
		return """
				global
					maxconn 4000
					nbthread 1
					log stdout format raw daemon
					stats socket unix@%s mode 600 level admin
				defaults
					mode http
					log global
					option httplog
					option dontlog-normal
					timeout connect 5s
					timeout client 60s
					timeout server 60s
					retries 0
					no option redispatch
				frontend clients
					bind 127.0.0.1:%d
					bind 127.0.0.1:%d proto h2
					default_backend %s
				backend %4$s
					balance roundrobin
					http-reuse safe
				%s%s""".formatted(this.admin, this.port, this.http2Port, BACKEND, this.checks ? CHECK : "", servers);
	}

}
