/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.nginx;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The configuration file. Everything is relative to the folder it is in, and there is no
 * second process that could outlive the first.
 */
final class NginxConfiguration {

	private static final int MOST_ADDRESSES = 250;

	private NginxConfiguration() {
	}

	static String text(int port, Duration keepAlive, int addresses) {
		if (addresses < 1 || addresses > MOST_ADDRESSES) {
			throw new IllegalArgumentException(addresses + " addresses: 1 to " + MOST_ADDRESSES + " are expected");
		}
		String listen = IntStream.range(0, addresses)
			.mapToObj((index) -> "\t\tlisten " + address(index) + ":" + port + ";\n")
			.collect(Collectors.joining());
		return """
				daemon off;
				master_process off;
				pid nginx.pid;
				error_log stderr warn;
				events {
					worker_connections 1000;
				}
				http {
					access_log off;
					client_body_temp_path body;
					proxy_temp_path proxy;
					fastcgi_temp_path fastcgi;
					uwsgi_temp_path uwsgi;
					scgi_temp_path scgi;
					keepalive_timeout %dms;
					keepalive_requests 1000000;
					server {
				%s		default_type text/plain;
						location / {
							return 200 "$connection_requests";
						}
					}
				}
				""".formatted(keepAlive.toMillis(), listen);
	}

	// all of 127.0.0.0/8 is the loopback interface
	static String address(int index) {
		return "127.0.0." + (index + 1);
	}

}
