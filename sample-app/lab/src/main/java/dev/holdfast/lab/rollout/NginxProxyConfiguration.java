/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The configuration of an nginx that keeps connections to its instances, counts nobody
 * out by itself and gives no request to a second instance. Everything is relative to the
 * folder it is in.
 *
 * @param port where it listens
 * @param instances ports of the instances
 */
record NginxProxyConfiguration(int port, List<Integer> instances) {

	NginxProxyConfiguration {
		instances = List.copyOf(instances);
	}

	String text() {
		String servers = this.instances.stream()
			.map((instance) -> "\t\tserver 127.0.0.1:" + instance + " max_fails=0;\n")
			.collect(Collectors.joining());
		return """
				daemon off;
				worker_processes 1;
				pid nginx.pid;
				error_log stderr warn;
				events {
					worker_connections 4096;
				}
				http {
					access_log off;
					client_body_temp_path body;
					proxy_temp_path proxy;
					fastcgi_temp_path fastcgi;
					uwsgi_temp_path uwsgi;
					scgi_temp_path scgi;
					keepalive_timeout 60s;
					keepalive_requests 1000000;
					upstream instances {
				%s		server 127.0.0.1:1 down;
						keepalive 64;
						keepalive_requests 1000000;
					}
					server {
						listen 127.0.0.1:%d;
						location / {
							proxy_pass http://instances;
							proxy_http_version 1.1;
							proxy_set_header Connection "";
							proxy_next_upstream off;
						}
					}
				}
				""".formatted(servers, this.port);
	}

}
